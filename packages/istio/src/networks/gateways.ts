import { flagAt, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { NetworkGateway } from '@orbweaver/contracts/networks'
import { eastWestPort, type GatewaySettings } from '../meshes/networks.ts'
import { names } from '../world/names.ts'

/** Label of a Service whose port other networks dial instead of 15443 (istio.io/api label NetworkingGatewayPort). */
const portLabel = 'networking.istio.io/gatewayPort'

/**
 * A Service that istiod takes for an entrance of a network: one with its label, at the addresses of its load balancer
 * (pilot/pkg/serviceregistry/kube/controller/network.go, 1.30). Without `slices` nobody may know who answers there.
 */
export function networkGateway(
  cluster: string,
  service: KubernetesObject,
  { slices, settings }: { slices: readonly KubernetesObject[] | undefined; settings: GatewaySettings | undefined },
): NetworkGateway | undefined {
  const network = labelsOf(service)[names.network]
  if (network === undefined) return undefined
  const given = settings !== undefined && settings.addresses.length > 0 && labelsOf(service)[names.mesh] !== undefined
  const ready = slices === undefined ? undefined : readyEndpoints(service, slices)
  return {
    ref: refOf(cluster, service),
    network,
    type: textAt(service, 'spec', 'type') ?? 'ClusterIP',
    addresses: given ? settings.addresses.map((each) => place(each, settings.port)) : ownAddresses(service),
    given,
    ...(ready !== undefined && { ready }),
    annotations: annotationsOf(service),
  }
}

function ownAddresses(service: KubernetesObject): string[] {
  const port = Number(labelsOf(service)[portLabel] ?? eastWestPort)
  return listAt(service, 'status', 'loadBalancer', 'ingress').flatMap((each) => {
    const address = textAt(each, 'ip') ?? textAt(each, 'hostname')
    return address === undefined ? [] : [place(address, port)]
  })
}

function place(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function readyEndpoints(service: KubernetesObject, slices: readonly KubernetesObject[]): number {
  return slices
    .filter((each) => each.metadata.namespace === service.metadata.namespace)
    .filter((each) => labelsOf(each)['kubernetes.io/service-name'] === service.metadata.name)
    .flatMap((each) => listAt(each, 'endpoints'))
    .filter((each) => flagAt(each, 'conditions', 'ready') !== false).length
}

/** Whether a Gateway lets other networks in: it passes mutual TLS on by its name (AUTO_PASSTHROUGH) at the port they dial. */
export function opensNetwork(gateway: KubernetesObject): boolean {
  return listAt(gateway, 'spec', 'servers').some(
    (each) => textAt(each, 'tls', 'mode') === 'AUTO_PASSTHROUGH' && numberAt(each, 'port', 'number') === eastWestPort,
  )
}
