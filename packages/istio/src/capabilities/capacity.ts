import type { Capacity } from '@orbweaver/contracts/capacity'
import { at, flagAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { sizePresets } from '../meshes/sizes.ts'
import { quantity } from '../quantity.ts'
import { type KindKey, kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'

/** Kinds that are counted. */
export const countedKinds = [kinds.service, kinds.pod, kinds.node] as const

/** What a cluster holds and has, by those of its kinds that were read and may be told of. */
export function capacity(view: ClusterView, may: ReadonlySet<KindKey>): Capacity {
  const told = (kind: KindKey) => may.has(kind) && view.has(kind)
  return {
    ...(told(kinds.service) && { services: view.list(kinds.service).length }),
    ...(told(kinds.pod) && { pods: view.list(kinds.pod).filter(isLive).length }),
    ...(told(kinds.node) && nodesOf(view.list(kinds.node).filter(takesPods))),
  }
}

/** Nodes that say nothing of what Pods may take are as unknown as those that were not read. */
function nodesOf(nodes: readonly KubernetesObject[]): Pick<Capacity, 'nodes'> {
  const each = nodes.map((node) => ({ cpu: amount(node, 'cpu'), memory: amount(node, 'memory') }))
  const known = each.flatMap(({ cpu, memory }) => (cpu === undefined || memory === undefined ? [] : [{ cpu, memory }]))
  if (known.length === 0 || known.length < each.length) return {}
  const holds = sizePresets.filter(({ requests }) => {
    const [cpu, memory] = [quantity(requests.cpu) ?? 0, quantity(requests.memory) ?? 0]
    return known.some((node) => node.cpu >= cpu && node.memory >= memory)
  })
  return {
    nodes: {
      count: known.length,
      cpu: known.reduce((sum, { cpu }) => sum + cpu, 0),
      memory: known.reduce((sum, { memory }) => sum + memory, 0),
      holds: holds.map(({ name }) => name),
    },
  }
}

function amount(node: KubernetesObject, key: 'cpu' | 'memory'): number | undefined {
  return quantity(at(node, 'status', 'allocatable', key))
}

/** Whether a new Pod may come to a node: it is not cordoned, and does not say that it is not ready. */
export function takesPods(node: KubernetesObject): boolean {
  return flagAt(node, 'spec', 'unschedulable') !== true && conditionOf(node, 'Ready')?.status !== 'False'
}
