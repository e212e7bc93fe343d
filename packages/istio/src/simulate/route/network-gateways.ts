import { listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { fact } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import type { ClusterView } from '../../world/view.ts'

/** An entrance of a network: what proxies of other networks dial in place of what is inside. */
export type NetworkGateway = { ref: ObjectRef; network: string; address: string }

const portLabel = 'networking.istio.io/gatewayPort'
const usualPort = 15_443

/**
 * Entrances that istiod finds by the label of a Service or of a Gateway (istio
 * pilot/pkg/serviceregistry/kube/controller/network.go; 1.31). Those written in meshNetworks are not looked at.
 */
export const networkGateways = fact<readonly NetworkGateway[]>('route: entrances of networks', ({ clusters }) =>
  clusters.flatMap((view) => [
    ...view.list(kinds.service).flatMap((each) => ofService(view, each)),
    ...view.list(kinds.kubernetesGateway).flatMap((each) => ofGateway(view, each)),
  ]),
)

function portIn(object: KubernetesObject): number {
  const said = Number(labelsOf(object)[portLabel] ?? usualPort)
  return Number.isInteger(said) ? said : usualPort
}

function at(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** One that has neither the port for mutual TLS nor the one for HBONE is none; by HBONE alone no sidecar gets in. */
function ofService({ cluster }: ClusterView, service: KubernetesObject): NetworkGateway[] {
  const network = labelsOf(service)[names.network] ?? ''
  const port = portIn(service)
  const has = listAt(service, 'spec', 'ports').some((each) => numberAt(each, 'port') === port)
  if (network === '' || !has) return []
  const balanced = listAt(service, 'status', 'loadBalancer', 'ingress').flatMap(
    (each) => textAt(each, 'ip') ?? textAt(each, 'hostname') ?? [],
  )
  const ref = refOf(cluster, service)
  return [...textsAt(service, 'spec', 'externalIPs'), ...balanced].map((address) => ({
    ref,
    network,
    address: at(address, port),
  }))
}

/** Listeners that pass mutual TLS on, at the addresses that the Gateway asks for. */
function ofGateway({ cluster }: ClusterView, gateway: KubernetesObject): NetworkGateway[] {
  const network = labelsOf(gateway)[names.network] ?? ''
  if (network === '') return []
  const ports = listAt(gateway, 'spec', 'listeners').flatMap((each) => {
    const port = numberAt(each, 'port')
    const mode = textAt(each, 'tls', 'options', 'gateway.istio.io/listener-mode')
    const passes = textAt(each, 'tls', 'mode') !== undefined || mode !== undefined
    return port !== undefined && passes && (mode === 'auto-passthrough' || port === portIn(gateway)) ? [port] : []
  })
  return listAt(gateway, 'spec', 'addresses').flatMap((each) => {
    const address = textAt(each, 'value')
    const type = textAt(each, 'type')
    if (address === undefined || (type !== 'IPAddress' && type !== 'Hostname')) return []
    return ports.map((port) => ({ ref: refOf(cluster, gateway), network, address: at(address, port) }))
  })
}
