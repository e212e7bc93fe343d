import type { AccessCall, AccessCell, AccessPeer } from '@orbweaver/contracts/explain-access'
import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { ownerOf } from '../../injection/owners.ts'
import { isLive } from '../../injection/pod-state.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import { type Caller, callerFrom, principalIn } from './caller.ts'
import { type Destination, destinationsOf } from './destination.ts'
import { decidedBy, deciding, judgeStops } from './explain.ts'
import { doorsOf, layerOf } from './inbound.ts'
import { endOf, type Session, sessionOf } from './stop.ts'
import { goingOf, wayOf } from './way.ts'
import { type Workload, workloadAt, workloadOf } from './workload.ts'

/** Workloads that policies cannot tell apart, and one of them that stands for all. */
type Group = { readonly peer: AccessPeer; readonly caller: Caller }

const makers = [kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.workloadEntry]

/** All workloads of a mesh: what makes Pods, with or without any, and Pods that nothing has made. */
const workloads = fact<readonly Workload[]>('access: workloads', (world) =>
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

const allEnds = fact<readonly Destination[]>('access: ends', (world) =>
  world.known(workloads).flatMap((each) => destinations(world, each)),
)

/** Callers by what policies see of them: identity, namespace, and what carries their traffic. */
const groups = fact<readonly Group[]>('access: groups of callers', (world) => {
  const found = new Map<string, Group>()
  for (const workload of world.known(workloads)) {
    const group = groupOf(world, workload)
    const key = [group.peer.cluster, group.peer.namespace, group.caller.carrier, group.peer.principal].join(' ')
    const known = found.get(key)
    if (known === undefined) found.set(key, group)
    else known.peer.workloads.push(workload.ref)
  }
  return [...found.values()]
})

function groupOf(world: MeshWorld, workload: Workload): Group {
  // Where a Pod will be is nobody's to say: rules about addresses leave a cell open.
  const caller = { ...callerFrom(world, workload), ip: undefined }
  const principal = principalIn(caller.identity)
  const { cluster } = workload.ref
  return { caller, peer: { principal, cluster, namespace: workload.namespace, workloads: [workload.ref] } }
}

/** Who may call a workload, by each of its ports or by one. */
export function callersOf(world: MeshWorld, to: { ref: ObjectRef; port?: number }): AccessCell[] {
  const session = sessionOf(world)
  const ends = endsOf(world, to.ref).filter(({ port }) => to.port === undefined || port === to.port)
  return ends.flatMap((end) => world.known(groups).map((group) => cellOf(session, group, end)))
}

/** Ports of a workload; of what only leads to workloads (a Service, a gateway) where each of its own ports ends. */
function endsOf(world: MeshWorld, ref: ObjectRef): Destination[] {
  const leads = ports[kindKey(ref)]
  if (leads === undefined) {
    const workload = named(world, ref)
    return workload === undefined ? [] : destinations(world, workload)
  }
  const object = world.clusters.find((each) => each.cluster === ref.cluster)?.get(kindKey(ref), ref.name, ref.namespace)
  const found = leads(object).flatMap((port) => {
    const ends = destinationsOf(world, { ref, port })
    return Array.isArray(ends) ? ends : []
  })
  return [...new Map(found.map((each) => [`${refKey(each.workload.ref)} ${each.port}`, each])).values()]
}

/** Port numbers that kinds are called by which are no workloads. */
const ports: Readonly<Record<string, (object: KubernetesObject | undefined) => number[]>> = {
  [kinds.service]: (object) => listAt(object, 'spec', 'ports').flatMap((each) => numberAt(each, 'port') ?? []),
  [kinds.gateway]: (object) =>
    listAt(object, 'spec', 'servers').flatMap((each) => numberAt(each, 'port', 'number') ?? []),
  [kinds.kubernetesGateway]: (object) =>
    listAt(object, 'spec', 'listeners').flatMap((each) => numberAt(each, 'port') ?? []),
}

/** What a workload may call. */
export function calleesOf(world: MeshWorld, from: ObjectRef): AccessCell[] {
  const workload = named(world, from)
  if (workload === undefined) return []
  const ends = world.known(allEnds)
  return cellsOf(world, [groupOf(world, workload)], ends)
}

/** A workload, or one Pod of it. */
function named(world: MeshWorld, ref: ObjectRef): Workload | undefined {
  return world.known(workloads).find((each) => refKey(each.ref) === refKey(ref)) ?? workloadOf(world, ref)
}

/** Everybody to everybody, or to those ends only that are looked for. */
export function accessMatrix(world: MeshWorld, isMeant: (to: Destination) => boolean = () => true): AccessCell[] {
  const ends = world.known(allEnds)
  return cellsOf(world, world.known(groups), ends.filter(isMeant))
}

/** Of which namespaces callers and called are asked about. */
export type Within = { to: (namespace: string) => boolean; from: (namespace: string) => boolean }

/**
 * Cells that have a caller or a called workload in these namespaces; undefined where that are more pairs of callers (of one
 * identity) and workloads than `most`.
 */
export function cellsWithin(world: MeshWorld, { to, from }: Within, most = Infinity): AccessCell[] | undefined {
  const [callers, all] = [world.known(groups), world.known(workloads)]
  const called = all.filter(({ namespace }) => to(namespace))
  const others = all.filter(({ namespace }) => !to(namespace))
  const calling = callers.filter(({ peer }) => from(peer.namespace))
  if (callers.length * called.length + calling.length * others.length > most) return undefined
  const ends = (of: readonly Workload[]) => of.flatMap((each) => destinations(world, each))
  return [...cellsOf(world, callers, ends(called)), ...cellsOf(world, calling, ends(others))]
}

function cellsOf(world: MeshWorld, from: readonly Group[], ends: readonly Destination[]): AccessCell[] {
  const session = sessionOf(world)
  return ends.flatMap((end) => from.map((group) => cellOf(session, group, end)))
}

/** Ports of a workload by the hosts that stand for it, and those that its containers declare. */
function destinations(world: MeshWorld, workload: Workload): Destination[] {
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

function cellOf(session: Session, { peer, caller }: Group, end: Destination): AccessCell {
  const { workload, port } = end
  const call = openCall(session, peer, end)
  const going = goingOf(session, call, caller)
  const judged = judgeStops(going, wayOf(going, end).stops)
  const decides = deciding(judged)
  const verdict = decides?.verdict ?? 'unknown'
  const depends = verdict === 'depends' ? [...new Set(judged.flatMap(({ settled }) => settled?.on ?? []))] : []
  return { from: peer, to: { ref: workload.ref, port }, verdict, decidedBy: decidedBy(decides), depends }
}

/** A call of which nothing is said but who calls whom; HTTP where the port may speak it. */
function openCall(session: Session, { workloads: [ref], cluster }: AccessPeer, to: Destination): AccessCall {
  const { workload, port } = to
  const { inbound } = endOf(session, to)
  const protocol = inbound.kind === 'past' ? 'tcp' : layerOf(inbound.protocol, 'http')
  const someone = { cluster, group: '', version: 'v1', kind: 'Pod', name: 'any' }
  return { from: { kind: 'workload', ref: ref ?? someone }, to: { ref: workload.ref, port }, protocol, mtls: 'auto' }
}
