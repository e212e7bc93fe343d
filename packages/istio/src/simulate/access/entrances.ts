import { stringsAt } from '@orbweaver/contracts/json'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { isLive } from '../../injection/pod-state.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { type NetworkGateway, networkGateways } from '../route/network-gateways.ts'
import { networkOf } from '../route/places.ts'
import { podAddresses } from '../route/proxy.ts'
import { entrancesFor } from '../route/reached.ts'
import type { Workload } from '../workloads/workload.ts'

/** By what a call gets into another network, and the address that it then comes from; undefined where it may be several. */
export type Entrance = { readonly ref: ObjectRef; readonly network: string; readonly ip: string | undefined }

/** Undefined where the client dials the workload itself. */
export function entranceTo(world: MeshWorld, client: Workload, to: Workload): Entrance | undefined {
  const gateways = world.known(networkGateways)
  if (gateways.length === 0) return undefined
  const network = networkAt(world, to)
  const found = entrancesFor(gateways, networkAt(world, client), { cluster: to.view.cluster, network })
  const [first] = found ?? []
  if (found === undefined || first === undefined) return undefined
  const ips = new Set(found.flatMap(({ ref }) => world.known(proxyAddresses).get(refKey(ref)) ?? []))
  const [ip] = ips
  return { ref: first.ref, network, ip: ips.size === 1 ? ip : undefined }
}

/** What entrances there are, and what they are seen as: in a form that can be compared. */
export function entranceGround(world: MeshWorld): string[] {
  const addresses = world.known(proxyAddresses)
  return world
    .known(networkGateways)
    .map((each) => [refKey(each.ref), each.network, ...(addresses.get(refKey(each.ref)) ?? [])].join(' '))
}

export function networkAt(world: MeshWorld, { view, labels }: Workload): string {
  return networkOf(world, view, labels)
}

/** Addresses of the Pods behind each entrance. */
const proxyAddresses = fact<ReadonlyMap<string, readonly string[]>>(
  'access: addresses of entrances',
  (world) => new Map(world.known(networkGateways).map((each) => [refKey(each.ref), podsBehind(world, each)])),
)

function podsBehind(world: MeshWorld, { ref }: NetworkGateway): string[] {
  const view = world.clusters.find((each) => each.cluster === ref.cluster)
  const object = view?.get(kindKey(ref), ref.name, ref.namespace)
  const isApi = kindKey(ref) === kinds.kubernetesGateway
  const selector = isApi ? { [names.gatewayName]: ref.name } : stringsAt(object, 'spec', 'selector')
  if (view === undefined || Object.keys(selector).length === 0) return []
  const pods = view.list(kinds.pod, ref.namespace).filter((pod) => isLive(pod) && hasLabels(pod, selector))
  return pods.flatMap((pod) => podAddresses(pod).slice(0, 1))
}
