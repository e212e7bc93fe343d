import type { AccessCall, AccessCell, AccessPeer } from '@orbweaver/contracts/explain-access'
import { listAt, numberAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import { type Destination, destinationsOf } from './destination.ts'
import { decidedBy, deciding, judgeStops } from './explain.ts'
import { layerOf } from './inbound.ts'
import { allEnds, destinations, endKey, type Group, groupOf, groups, workloads } from './population.ts'
import { endOf, type Session, sessionOf } from './stop.ts'
import { type Going, goingOf, type Way, wayOf } from './way.ts'
import { type Workload, workloadOf } from '../workloads/workload.ts'

/** Who may call a workload, by each of its ports or by one. */
export function callersOf(world: MeshWorld, to: { ref: ObjectRef; port?: number }): AccessCell[] {
  const session = sessionOf(world)
  const callers = [...world.known(groups).values()]
  const ends = endsOf(world, to.ref).filter(({ port }) => to.port === undefined || port === to.port)
  return ends.flatMap((end) => callers.map((group) => cellOf(session, group, end)))
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

/** Everybody to everybody. */
export function accessMatrix(world: MeshWorld): AccessCell[] {
  return cellsOf(world, [...world.known(groups).values()], world.known(allEnds))
}

/** Groups of callers and ends of calls, by the keys that they have in any world. */
export type Part = { readonly callers: ReadonlySet<string>; readonly ends: ReadonlySet<string> }

/** Cells of these callers, and of these ends. */
export function cellsIn(world: MeshWorld, part: Part): AccessCell[] {
  const { all, calling, called, others } = split(world, part)
  return [...cellsOf(world, all, called), ...cellsOf(world, calling, others)]
}

/** How many these are: pairs of a group of callers and a port of a workload. */
export function pairsIn(world: MeshWorld, part: Part): number {
  const { all, calling, called, others } = split(world, part)
  return all.length * called.length + calling.length * others.length
}

function split(world: MeshWorld, { callers, ends }: Part) {
  const [of, to] = [world.known(groups), world.known(allEnds)]
  return {
    all: [...of.values()],
    calling: [...of].filter(([key]) => callers.has(key)).map(([, group]) => group),
    called: to.filter((end) => ends.has(endKey(end))),
    others: to.filter((end) => !ends.has(endKey(end))),
  }
}

function cellsOf(world: MeshWorld, from: readonly Group[], ends: readonly Destination[]): AccessCell[] {
  const session = sessionOf(world)
  return ends.flatMap((end) => from.map((group) => cellOf(session, group, end)))
}

function cellOf(session: Session, { peer, caller }: Group, end: Destination): AccessCell {
  const { workload, port } = end
  const going = goingOf(session, openCall(session, peer, end), caller)
  const way = wayOf(going, end)
  const first = judgedOn(going, way)
  const other = way.canary === undefined ? first : judgedOn(going, wayOf({ ...going, byCanary: true }, end))
  const cell = { from: peer, to: { ref: workload.ref, port }, ...first }
  return other.verdict === first.verdict ? cell : { ...cell, verdict: 'depends', depends: ['waypoint'] }
}

function judgedOn(going: Going, way: Way): Pick<AccessCell, 'verdict' | 'decidedBy' | 'depends'> {
  const judged = judgeStops(going, way.stops)
  const decides = deciding(judged)
  const verdict = decides?.verdict ?? 'unknown'
  const depends = verdict === 'depends' ? [...new Set(judged.flatMap(({ settled }) => settled?.on ?? []))] : []
  return { verdict, decidedBy: decidedBy(decides), depends }
}

/** A call of which nothing is said but who calls whom; HTTP where the port may speak it. */
function openCall(session: Session, { workloads: [ref], cluster }: AccessPeer, to: Destination): AccessCall {
  const { workload, port } = to
  const { inbound } = endOf(session, to)
  const protocol = inbound.kind === 'past' ? 'tcp' : layerOf(inbound.protocol, 'http')
  const someone = { cluster, group: '', version: 'v1', kind: 'Pod', name: 'any' }
  return { from: { kind: 'workload', ref: ref ?? someone }, to: { ref: workload.ref, port }, protocol, mtls: 'auto' }
}
