import type { AccessCall, AccessVerdict, Enforcer } from '@orbweaver/contracts/explain-access'
import type { Place, TrailStep } from '@orbweaver/contracts/explain'
import type { Params } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import type { Facts, Identity } from './facts.ts'
import { gateFor, openGate, ztunnelGateFor } from './gate.ts'
import { type PeerMode, peerMode, type PeerPolicies, peerPolicies } from './peer-mode.ts'
import type { Destination } from './destination.ts'
import { type Inbound, inboundOf } from './inbound.ts'
import type { Request } from './request.ts'
import type { Checks } from './settle.ts'
import type { Target } from './target.ts'
import { issuersFor } from './tokens.ts'
import type { Service } from '../route/services.ts'
import type { Scope } from '../route/sidecar-scope.ts'
import type { NoWaypoint } from '../workloads/waypoints.ts'
import type { Workload } from '../workloads/workload.ts'

/** One place on the way, as it stands before rules are looked at. */
export type Stop = {
  readonly at: Enforcer
  readonly workload: Workload
  readonly layer: 'http' | 'tcp'
  readonly peer: PeerMode | undefined
  readonly mtls: boolean
  readonly checks: Checks
  /** Claims of a token that is shown, and not yet verified. */
  readonly facts: Facts
  /** What was found out on the way here. */
  readonly steps: readonly TrailStep[]
  /** The connection does not get as far as any rule. */
  readonly refused: { readonly verdict: AccessVerdict; readonly by: Place | undefined } | undefined
}

/** What was worked out before, or is now. */
export function remembered<Key, Value>(memo: Map<Key, Value>, key: Key, work: () => Value): Value {
  const known = memo.get(key)
  if (known !== undefined) return known
  const value = work()
  memo.set(key, value)
  return value
}

/** A canary waypoint as the workload that it is; `weight`: how many of a hundred connections go there. */
export type Canary = { readonly workload: Workload; readonly weight: number }

/** One question or one matrix: what proxies judge by, and what is the same for all calls of one end, is read once. */
export type Session = {
  readonly world: MeshWorld
  readonly checks: Map<Workload, Map<string, Checks>>
  readonly ends: Map<Destination, End>
  readonly waypoints: Map<Destination, Workload | NoWaypoint | null>
  readonly canaries: Map<Destination, Canary | null>
  /** By what clients are told apart, and what is said to each of TLS to an end. */
  readonly clients: Map<Workload, string>
  readonly rules: Map<Destination, Map<string, RuleTls | null>>
  /** What sidecars are told of other hosts, where something limits it. */
  readonly limits: Map<Workload, Limits | null>
}

/** What a port of a workload is, whoever calls it. */
export type End = {
  readonly inbound: Inbound
  readonly policies: PeerPolicies
  readonly peer: PeerMode
  readonly namespacePeer: PeerMode
}

/** What a rule says of TLS. */
export type RuleTls = {
  readonly mode: string
  readonly sni: string | undefined
  readonly place: Place
  /** Why it comes to plain text: a proxy is not given the credential, or settings of the port take the place of it. */
  readonly plainFor?: 'credential' | 'port'
}

/** What a sidecar is told of other hosts than its own, and what it does with the rest. */
export type Limits = Pick<Scope, 'sidecar' | 'outbound'> & {
  readonly listeners: readonly {
    /** Undefined: of every port. */
    readonly port: number | undefined
    /** It is of HTTP, whatever a host says of its port. */
    readonly isHttp: boolean
    readonly hosts: ReadonlyMap<string, Service>
    readonly ports: ReadonlySet<number>
  }[]
}

export function sessionOf(world: MeshWorld): Session {
  return {
    world,
    checks: new Map(),
    ends: new Map(),
    waypoints: new Map(),
    canaries: new Map(),
    clients: new Map(),
    rules: new Map(),
    limits: new Map(),
  }
}

export function endOf({ world, ends }: Session, to: Destination): End {
  return remembered(ends, to, () => {
    const { workload, port } = to
    const policies = peerPolicies(world, workload)
    return {
      inbound: inboundOf(world, workload, port),
      policies,
      peer: peerMode(world, policies, port),
      namespacePeer: peerMode(world, { ...policies, workload: undefined }, port),
    }
  })
}

/** A call on its way, from whoever sends it on here. */
export type Incoming = {
  readonly session: Session
  readonly call: AccessCall
  readonly request: Request
  readonly identity: Identity
  readonly ip: string | undefined
}

export const noChecks: Checks = { gate: openGate, issuers: [] }

type Who = { workload: Workload; target: Target; layer: 'http' | 'tcp'; at: Enforcer }

export function checksOf({ world, checks }: Session, { workload, target, layer, at }: Who): Checks {
  const { service } = target
  const own = remembered(checks, workload, () => new Map<string, Checks>())
  const key =
    service === undefined ? `${at} ${layer}` : `${at} ${layer} ${service.kind}/${service.namespace}/${service.name}`
  return remembered(own, key, () => {
    const gate = at === 'ztunnel' ? ztunnelGateFor(world, target) : gateFor(world, target, layer)
    return { gate, issuers: at === 'ztunnel' ? [] : issuersFor(world, target) }
  })
}

export function targetOf({ namespace, labels, revision }: Workload, more: Partial<Target> = {}): Target {
  return { namespace, labels, revision, waypoint: false, ...more }
}

export function stepOf(code: string, params: Params = {}, place?: Place): TrailStep {
  return { code, params, ...(place !== undefined && { ref: place.ref, pointer: place.pointer }) }
}
