import { at, isRecord, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'

/**
 * What becomes of a client's TLS: none is spoken here, it passes on as it came, or it ends here, where the client's
 * certificate is not asked for, asked for, or demanded.
 */
type ServerTls = 'none' | 'passes' | 'ends' | 'asks' | 'demands'

/** A server of an Istio Gateway, or a listener of a Kubernetes Gateway, as calls meet it. */
export type GatewayServer = {
  readonly layer: 'http' | 'tcp'
  readonly tls: ServerTls
  /** Names of which a client's certificate must have one; any will do where there are none. */
  readonly names: readonly string[]
}

/** The server of a port, of several the one whose hosts are nearest to a name; undefined where there is none. */
export function serverAt(gateway: KubernetesObject, port: number, name: string | undefined): GatewayServer | undefined {
  const servers = listAt(gateway, 'spec', 'servers').filter((each) => numberAt(each, 'port', 'number') === port)
  const server = nearest(servers, name, hostsOf)
  if (server !== undefined) return ofServer(server)
  const listeners = listAt(gateway, 'spec', 'listeners').filter((each) => numberAt(each, 'port') === port)
  const listener = nearest(listeners, name, (each) => [textAt(each, 'hostname') ?? '*'])
  return listener === undefined ? undefined : ofListener(gateway, listener)
}

const hostsOf = (server: Json): string[] => textsAt(server, 'hosts').map((host) => host.slice(host.indexOf('/') + 1))

function nearest(all: readonly Json[], name: string | undefined, hosts: (of: Json) => string[]): Json | undefined {
  const [first] = all
  if (name === undefined || first === undefined) return first
  const rank = (each: Json) =>
    Math.max(
      -1,
      ...hosts(each).map((host) => (host === name ? name.length + 1 : matches(host, name) ? host.length : -1)),
    )
  return all.toSorted((a, b) => rank(b) - rank(a))[0]
}

const httpProtocols = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'])

const byMode: Readonly<Record<string, ServerTls>> = {
  SIMPLE: 'ends',
  OPTIONAL_MUTUAL: 'asks',
  MUTUAL: 'demands',
  ISTIO_MUTUAL: 'demands',
  PASSTHROUGH: 'passes',
  AUTO_PASSTHROUGH: 'passes',
}

/** istio pilot/pkg/networking/core/listener.go, BuildListenerTLSContext; TLS that says no mode passes. */
function ofServer(server: Json): GatewayServer {
  const protocol = (textAt(server, 'port', 'protocol') ?? '').toUpperCase()
  const names = textsAt(server, 'tls', 'subjectAltNames')
  if (httpProtocols.has(protocol)) return { layer: 'http', tls: 'none', names: [] }
  if (!isRecord(at(server, 'tls'))) return { layer: 'tcp', tls: 'none', names: [] }
  const tls = byMode[textAt(server, 'tls', 'mode') ?? 'PASSTHROUGH'] ?? 'passes'
  return { layer: protocol === 'HTTPS' && tls !== 'passes' ? 'http' : 'tcp', tls, names }
}

const terminateMode = 'gateway.istio.io/tls-terminate-mode'

/** istio pilot/pkg/config/kube/gateway/conversion.go, buildTLS. */
function ofListener(gateway: KubernetesObject, listener: Json): GatewayServer {
  const protocol = textAt(listener, 'protocol') ?? ''
  const layer = protocol === 'HTTP' || protocol === 'HTTPS' ? 'http' : 'tcp'
  if (!isRecord(at(listener, 'tls')) || protocol === 'HTTP') return { layer, tls: 'none', names: [] }
  if (textAt(listener, 'tls', 'mode') === 'Passthrough') return { layer, tls: 'passes', names: [] }
  const option = textAt(listener, 'tls', 'options', terminateMode) ?? ''
  const said = ['MUTUAL', 'OPTIONAL_MUTUAL', 'ISTIO_MUTUAL'].includes(option) ? byMode[option] : undefined
  return { layer, tls: said ?? validated(gateway, listener) ?? 'ends', names: [] }
}

/** What the Gateway says of its clients' certificates, for the port or for all. */
function validated(gateway: KubernetesObject, listener: Json): ServerTls | undefined {
  const port = numberAt(listener, 'port')
  const own = listAt(gateway, 'spec', 'tls', 'frontend', 'perPort').find((each) => numberAt(each, 'port') === port)
  const said = own === undefined ? at(gateway, 'spec', 'tls', 'frontend', 'default') : at(own, 'tls')
  if (listAt(said, 'validation', 'caCertificateRefs').length === 0) return undefined
  return textAt(said, 'validation', 'mode') === 'AllowInsecureFallback' ? 'asks' : 'demands'
}
