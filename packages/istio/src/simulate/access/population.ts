import type { AccessPeer } from '@orbweaver/contracts/explain-access'
import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refKey } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { ownerOf } from '../../injection/owners.ts'
import { isLive } from '../../injection/pod-state.ts'
import { kinds } from '../../world/kinds.ts'
import { type Caller, callerFrom, principalIn } from './caller.ts'
import type { Destination } from './destination.ts'
import { doorsOf } from './inbound.ts'
import { type Workload, workloadAt } from '../workloads/workload.ts'

/** Workloads that policies cannot tell apart, and one of them that stands for all. */
export type Group = { readonly peer: AccessPeer; readonly caller: Caller }

const makers = [kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.workloadEntry]

/** All workloads of a mesh: what makes Pods, with or without any, and Pods that nothing has made. */
export const workloads = fact<readonly Workload[]>('access: workloads', (world) =>
  world.clusters.flatMap((view) => {
    const found = new Map<string, Workload>()
    const add = (object: KubernetesObject) => {
      const workload = workloadAt(world, view, object)
      found.set(refKey(workload.ref), workload)
    }
    for (const kind of makers) for (const object of view.list(kind)) add(object)
    for (const pod of view.list(kinds.pod)) {
      if (!isLive(pod)) continue
      const { ref } = ownerOf(view, pod)
      if (ref.kind === 'Pod') add(pod)
      else if (!found.has(refKey(ref))) found.set(refKey(ref), { ...workloadAt(world, view, pod), ref })
    }
    return [...found.values()]
  }),
)

/** Every port of every workload. */
export const allEnds = fact<readonly Destination[]>('access: ends', (world) =>
  world.known(workloads).flatMap((each) => destinations(world, each)),
)

/** Callers by what policies see of them: identity, namespace, and what carries their traffic. */
export const groups = fact<ReadonlyMap<string, Group>>('access: groups of callers', (world) => {
  const found = new Map<string, Group>()
  for (const workload of world.known(workloads)) {
    const group = groupOf(world, workload)
    const key = [group.peer.cluster, group.peer.namespace, group.caller.carrier, group.peer.principal].join(' ')
    const known = found.get(key)
    if (known === undefined) found.set(key, group)
    else known.peer.workloads.push(workload.ref)
  }
  return found
})

export function groupOf(world: MeshWorld, workload: Workload): Group {
  // Where a Pod will be is nobody's to say: rules about addresses leave a cell open.
  const caller = { ...callerFrom(world, workload), ip: undefined }
  const principal = principalIn(caller.identity)
  const { cluster } = workload.ref
  return { caller, peer: { principal, cluster, namespace: workload.namespace, workloads: [workload.ref] } }
}

/** Ports of a workload by the hosts that stand for it, and those that its containers declare. */
export function destinations(world: MeshWorld, workload: Workload): Destination[] {
  const doors = doorsOf(world, workload)
  const declared = listAt(workload.spec, 'containers')
    .filter((each) => textAt(each, 'name') !== 'istio-proxy')
    .flatMap((each) => listAt(each, 'ports'))
    .filter((each) => (textAt(each, 'protocol') ?? 'TCP') === 'TCP')
    .flatMap((each) => numberAt(each, 'containerPort') ?? [])
  const ports = new Set([...doors.map(({ targetPort }) => targetPort), ...declared])
  return [...ports]
    .toSorted((a, b) => a - b)
    .map((port) => ({ workload, port, door: doors.find((each) => each.targetPort === port) }))
}

/** What an end is called in any world. */
export function endKey({ workload, port }: Destination): string {
  return `${refKey(workload.ref)} ${port}`
}
