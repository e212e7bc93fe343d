import { at, type Json, sameJson, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { byAge, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { isDiscovered } from '../route/discovered.ts'
import { isSubsetOf } from '../route/host-names.ts'
import { readers, reads } from '../route/revisions.ts'
import { registry } from '../route/services.ts'
import { knowsCanaries } from '../route/waypoint-services.ts'
import { sidecarGround } from './client-scope.ts'
import type { Destination } from './destination.ts'
import type { Part } from './matrix.ts'
import { allEnds, endKey, type Group, groups } from './population.ts'
import { providerOf } from './providers.ts'
import { entranceGround, networkAt } from './entrances.ts'
import { endOf, type Session, sessionOf, targetOf } from './stop.ts'
import { policiesFor, type Target } from './target.ts'
import { addressedTo, canaryFor, isWaypoint, waypointFor } from './through-waypoint.ts'
import { asksIngress } from '../workloads/waypoints.ts'
import type { Workload } from '../workloads/workload.ts'

/** What something is judged by, in no form but one that can be compared. */
type Ground = readonly (Json | undefined)[]

/**
 * What the cells of a matrix are made of: of each group of callers and of each end what all its calls are judged by, and
 * of the mesh. Where nothing of it is another in two worlds, the cell is the same in both; and it is read once for each
 * of them, not for each pair.
 */
export type Grounds = {
  readonly mesh: Ground
  readonly callers: ReadonlyMap<string, Ground>
  readonly ends: ReadonlyMap<string, Ground>
}

export function groundsOf(world: MeshWorld): Grounds {
  const { mesh } = world
  const session = sessionOf(world)
  const callers = [...world.known(groups)].map(([key, group]): [string, Ground] => [key, ofCallers(world, group)])
  const ends = world.known(allEnds).map((end): [string, Ground] => [endKey(end), ofEnd(session, end)])
  return {
    mesh: [
      mesh.rootNamespace,
      mesh.domain,
      mesh.trustDomain,
      [...mesh.trustDomainAliases],
      [...mesh.foreignTrustDomains],
      mesh.autoMtls,
      mesh.pathNormalization,
      mesh.trustedProxies,
      [...mesh.exportTo.destinationRule],
      mesh.outbound,
      knowsCanaries(world),
      entranceGround(world),
    ],
    callers: new Map(callers),
    ends: new Map(ends),
  }
}

/** What two worlds may differ in: too much at most, as what is compared may be another and nothing come of it. */
export function touchedBetween(before: Grounds, after: Grounds): Part {
  const isAll = !isSame(before.mesh, after.mesh)
  const [callers, ends] = (['callers', 'ends'] as const).map((side) => {
    const [was, is] = [before[side], after[side]]
    return [...new Set([...was.keys(), ...is.keys()])].filter((key) => isAll || !isSame(was.get(key), is.get(key)))
  })
  return { callers: new Set(callers), ends: new Set(ends) }
}

function isSame(one: Ground | undefined, other: Ground | undefined): boolean {
  if (one === undefined || other === undefined || one.length !== other.length) return false
  return one.every((each, index) => sameJson(each, other[index]))
}

/** How a caller calls, and the rules that its namespace has for that (client-tls.ts). */
function ofCallers(world: MeshWorld, { peer, caller }: Group): Ground {
  const { carrier, workload } = caller
  const members = peer.workloads.map(refKey)
  return [members, carrier, ...(workload === undefined ? [] : ofClient(world, workload))]
}

function ofClient(world: MeshWorld, client: Workload): Ground {
  const { ref, namespace, labels, revision } = client
  const rules = rulesIn(world, namespace).filter(reads(world, revision))
  // Which of a group's workloads stands for it counts only where a rule is for some clients.
  const isForSome = rules.some((each) => at(each, 'spec', 'workloadSelector') !== undefined)
  const network = networkAt(world, client)
  return [
    ref.cluster,
    network,
    namespace,
    revision,
    isForSome ? { ...labels } : undefined,
    sidecarGround(world, client),
    ...rules.map(({ spec }) => spec),
  ]
}

/** DestinationRules in the order in which they are joined. */
function rulesIn(world: MeshWorld, namespace: string): readonly KubernetesObject[] {
  if (!isDiscovered(world, namespace)) return []
  return world.config.list(kinds.destinationRule, namespace).toSorted(byAge)
}

function ofEnd(session: Session, end: Destination): Ground {
  const { world } = session
  const { workload, door } = end
  const { inbound, policies, peer } = endOf(session, end)
  return [
    { ...workload.labels },
    { ...workload.annotations },
    workload.carrier,
    workload.revision,
    workload.isExpected,
    [...workload.addresses],
    networkAt(world, workload),
    inbound.kind,
    inbound.kind === 'past' ? inbound.annotation : inbound.protocol,
    peer.mode,
    ...[policies.workload, policies.namespace, policies.mesh].map((each) => each?.spec),
    ...ofDoor(world, end),
    ofProxy(world, targetOf(workload)),
    workload.carrier === 'ambient' ? ofProxy(world, asZtunnel(workload)) : undefined,
    door === undefined || asksIngress(workload.view, door),
    // Clients of ztunnel and gateways may be addressed to another end each.
    ...[...new Set([addressedTo(end), end])].flatMap((each) => ofWaypoint(world, each)),
  ]
}

/** Policies of gateways are ztunnel's too where a workload has their label. */
function asZtunnel(workload: Workload): Target {
  const labels = Object.fromEntries(Object.entries(workload.labels).filter(([key]) => key !== names.gatewayName))
  return targetOf(workload, { labels })
}

/** The host by which an end is called, and what its namespace and the root namespace say of how that is done. */
function ofDoor(world: MeshWorld, { door }: Destination): Ground {
  if (door === undefined) return []
  const { host, namespace, object } = door
  const isOf = (rule: KubernetesObject) =>
    isSubsetOf(host, resolveHost(textAt(rule, 'spec', 'host') ?? '', rule.metadata.namespace ?? '', world.mesh.domain))
  const rules = [...new Set([namespace, world.mesh.rootNamespace])].flatMap((each) => rulesIn(world, each).filter(isOf))
  return [
    door.kind,
    host,
    door.port,
    door.protocol,
    textAt(object, 'spec', 'clusterIP'),
    { ...labelsOf(object) },
    [...(world.known(registry).in(host, namespace)?.exportTo ?? ['-'])],
    ...rules.flatMap((each) => [[...readers(world, each)], each.spec]),
  ]
}

/** Where calls go through a waypoint: what that one judges by, and how it goes on. */
function ofWaypoint(world: MeshWorld, { workload, door }: Destination): Ground {
  if (workload.carrier !== 'ambient' && workload.carrier !== 'sidecar') return []
  const found = waypointFor(world, workload, door)
  if (!isWaypoint(found)) return [found?.code]
  const canary = canaryFor(world, workload, door)
  const all = [found, ...(canary === undefined ? [] : [canary.workload])]
  return [canary?.weight, ...all.flatMap((each) => ofOneWaypoint(world, each, door))]
}

function ofOneWaypoint(world: MeshWorld, found: Workload, door: Destination['door']): Ground {
  const service = door && { kind: door.kind, namespace: door.namespace, name: door.object.metadata.name }
  const target = targetOf(found, { waypoint: true, ...(service !== undefined && { service }) })
  const { account, carrier, addresses } = found
  return [refKey(found.ref), account, carrier, [...addresses], ofProxy(world, target), ...ofClient(world, found)]
}

/** All that a proxy is told to judge by, and whether those it asks can be asked. */
function ofProxy(world: MeshWorld, target: Target): Json {
  const policies = policiesFor(world, kinds.authorizationPolicy, target)
  const providers = policies.map(({ object }) => textAt(object, 'spec', 'provider', 'name') ?? '')
  return [
    policies.map(({ object, isTrial }) => [object.metadata.namespace ?? '', isTrial, object.spec ?? null]),
    policiesFor(world, kinds.requestAuthentication, target).map(({ object }) => object.spec ?? null),
    [...new Set(providers)].filter((each) => each !== '').map((each) => [each, { ...providerOf(world, each) }]),
  ]
}
