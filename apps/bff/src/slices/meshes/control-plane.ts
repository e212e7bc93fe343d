import type { ControlPlaneNumbers, IstiodReplica, Use } from '@orbweaver/contracts/control-plane-numbers'
import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { coresOf, numbersOf } from '@orbweaver/istio/meshes/istiod-numbers'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { quantity } from '@orbweaver/istio/quantity'
import { names } from '@orbweaver/istio/world/names'
import { pods } from '@orbweaver/kube/resources'
import { readerMs } from '../../fleet/ask-soon.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { server } from '../../http/server.ts'
import { type ReplicaTold, readingsOf } from '../../istiod/readings.ts'
import type { Asking } from './asking.ts'
import { revisionsOf, whyNotAsked } from '../../istiod/replicas.ts'

const { meshes } = server

export const controlPlaneHandlers = {
  controlPlane: meshes.controlPlane.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.name)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const told = await controlPlaneNumbers(context, mesh, readerMs)
    return { ...told, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
}

/** What the istiods of a mesh say of themselves, for who may list the Pods they run in. Waits `patienceMs` at most. */
export async function controlPlaneNumbers(
  { fleet, viewer }: Asking,
  mesh: Mesh,
  patienceMs: number,
): Promise<ControlPlaneNumbers> {
  const { cluster, namespace } = mesh.controlPlane
  const nothing = (why: Message): ControlPlaneNumbers => ({ why, replicas: [] })
  const door = fleet.get(cluster)
  if (door === undefined) return nothing({ code: 'meshes.istiod_away', params: { cluster } })
  const why = whyNotAsked(door)
  if (why !== undefined) return nothing(why)
  if (!(await viewer.lists(cluster, pods, namespace))) {
    return nothing({ code: 'meshes.istiod_not_permitted', params: { cluster, namespace } })
  }
  const told = await readingsOf(door, { namespace, revisions: revisionsOf(door, mesh) }, patienceMs)
  if ('why' in told) return nothing(told.why)
  const all = numbersOf(told.replicas.flatMap((each) => ('span' in each ? [each.span] : [])))
  return {
    asOf: new Date(told.asOf).toISOString(),
    ...(all !== undefined && { all }),
    replicas: told.replicas.map((each) => replicaView(cluster, each)),
  }
}

function replicaView(cluster: string, told: ReplicaTold): IstiodReplica {
  const { istiod } = told
  const own = { ref: refOf(cluster, istiod), revision: labelsOf(istiod)[names.revision] ?? '' }
  if ('why' in told) return { ...own, why: told.why, cpu: room(istiod, 'cpu'), memory: room(istiod, 'memory') }
  const { span } = told
  const { memoryBytes, goroutines } = span.now
  const [numbers, cores] = [numbersOf([span]), coresOf(span)]
  return {
    ...own,
    ...(numbers !== undefined && { numbers }),
    cpu: { ...(cores !== undefined && { used: cores }), ...room(istiod, 'cpu') },
    memory: { ...(memoryBytes !== undefined && { used: memoryBytes }), ...room(istiod, 'memory') },
    ...(goroutines !== undefined && { goroutines }),
  }
}

/** What its container asked for, and may have at most. */
function room(istiod: KubernetesObject, what: 'cpu' | 'memory'): Omit<Use, 'used'> {
  const container = listAt(istiod, 'spec', 'containers').find((each) => textAt(each, 'name') === 'discovery')
  const request = quantity(at(container, 'resources', 'requests', what))
  const limit = quantity(at(container, 'resources', 'limits', what))
  return { ...(request !== undefined && { request }), ...(limit !== undefined && { limit }) }
}
