import { createServer, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { workloadTtlMs } from '@orbweaver/istio/certificates/workload-ttl'
import { isInjected } from '@orbweaver/istio/injection/pod-state'
import { readProxy } from '@orbweaver/istio/injection/proxy'
import { pods } from '@orbweaver/kube/resources'
import type { Held, ProxyIdentity } from '../actors/istiod/signer.ts'
import { istiodBehind, type RoutedFleet } from './service-routes.ts'

/** Envoy's administration, which listens on the Pod's loopback (mesh.proto ProxyConfig.proxyAdminPort). */
const adminPort = 15_000

type At = { namespace: string; name: string }

/** Takes a connection to the proxy of a Pod; undefined where none listens. */
export function proxyPort(
  fleet: RoutedFleet,
  { cluster, port, ...pod }: At & { cluster: string; port: number },
): ((connection: Duplex) => void) | undefined {
  const found = port === adminPort ? fleet.get(cluster)?.caches.of(pods).get(pod.namespace, pod.name) : undefined
  if (found === undefined || textAt(found, 'status', 'phase') !== 'Running' || !isInjected(readProxy(found))) {
    return undefined
  }
  const held = () => heldBy(fleet, cluster, found)
  const server = createServer((request, response) => void answer(request.url ?? '/', response, held))
  return (connection) => void server.emit('connection', connection)
}

/** What its istiod gave it: that of the address its agent asks at, whichever cluster it is in. */
async function heldBy(fleet: RoutedFleet, cluster: string, pod: KubernetesObject): Promise<Held | undefined> {
  const [name = '', namespace = ''] = (variable(pod, 'CA_ADDR') ?? '').split('.')
  return istiodBehind(evenSilent(fleet), cluster, { namespace, name, port: 443 })?.heldBy(identityOf(pod))
}

/** A proxy keeps what it has while its istiod is down. */
function evenSilent(fleet: RoutedFleet): RoutedFleet {
  return new Map(
    [...fleet].map(([name, { caches, istiods }]) => [name, { caches, istiods: { ...istiods, find: istiods.known } }]),
  )
}

function identityOf(pod: KubernetesObject): ProxyIdentity {
  const { uid = '', namespace = '' } = pod.metadata
  const started = textAt(pod, 'status', 'startTime') ?? pod.metadata.creationTimestamp ?? ''
  return {
    uid,
    namespace,
    trustDomain: variable(pod, 'TRUST_DOMAIN') ?? 'cluster.local',
    serviceAccount: textAt(pod, 'spec', 'serviceAccountName') ?? 'default',
    started: new Date(started),
    ttlMs: workloadTtlMs(pod, []),
  }
}

function variable(pod: KubernetesObject, name: string): string | undefined {
  const named = (text: string) => (each: Json) => textAt(each, 'name') === text
  const all = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  return textAt(listAt(all.find(named('istio-proxy')), 'env').find(named(name)), 'value')
}

/** Of the administration what tells of certificates (source/server/admin/config_dump_handler.cc, Envoy 1.36). */
async function answer(url: string, response: ServerResponse, held: () => Promise<Held | undefined>): Promise<void> {
  const { pathname, searchParams } = new URL(url, 'http://envoy')
  if (pathname !== '/config_dump' || searchParams.get('resource') !== 'dynamic_active_secrets') {
    response.writeHead(404, { 'content-type': 'text/plain; charset=UTF-8' }).end('invalid path. admin commands are:\n')
    return
  }
  const given = await held()
  if (given === undefined) {
    const none = 'dynamic_active_secrets not found in config dump'
    response.writeHead(404, { 'content-type': 'text/plain; charset=UTF-8' }).end(none)
    return
  }
  const body = JSON.stringify({ configs: envoySecrets(given) }, null, 1)
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

const kind = 'type.googleapis.com/envoy'
/** What Envoy puts in the place of keys: `[redacted]`. */
const redacted = 'W3JlZGFjdGVkXQ=='

/** As `resource=dynamic_active_secrets` lists them. */
export function envoySecrets({ chain, roots, since }: Held): object[] {
  const inline = (pem: string) => ({ inline_bytes: Buffer.from(pem).toString('base64') })
  const secret = (name: string, content: object) => ({
    '@type': `${kind}.admin.v3.SecretsConfigDump.DynamicSecret`,
    name,
    last_updated: since.toISOString(),
    secret: { '@type': `${kind}.extensions.transport_sockets.tls.v3.Secret`, name, ...content },
  })
  const pair = { certificate_chain: inline(chain), private_key: { inline_bytes: redacted } }
  return [
    secret('default', { tls_certificate: pair }),
    secret('ROOTCA', { validation_context: { trusted_ca: inline(roots) } }),
  ]
}
