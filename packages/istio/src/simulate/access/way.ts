import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { TrailStep } from '@orbweaver/contracts/explain'
import { type Caller, callerFrom, isDescribed } from './caller.ts'
import { clientStop } from './client-stop.ts'
import { type ClientTls, clientTls, isExportedTo, tlsInTunnel } from './client-tls.ts'
import type { Destination } from './destination.ts'
import { type Entrance, entranceTo } from './entrances.ts'
import { gatewayStop, hides } from './gateway-stop.ts'
import { bareStop, waypointStop, ztunnelStop } from './other-stops.ts'
import { forwarded, type Request, requestOf } from './request.ts'
import { sidecarStop } from './sidecar-stop.ts'
import { type Canary, type Incoming, remembered, type RuleTls, type Session, stepOf, type Stop } from './stop.ts'
import { addressedTo, canaryFor, isWaypoint, waypointFor } from './through-waypoint.ts'
import { tokenAfter } from './tokens.ts'
import { asksIngress, type NoWaypoint } from '../workloads/waypoints.ts'
import type { Workload } from '../workloads/workload.ts'

/** The way of a call: where it is judged, in order, and what was found out before the first. */
export type Way = {
  readonly stops: readonly Stop[]
  readonly steps: readonly TrailStep[]
  /** Some connections go through a canary waypoint instead, which `byCanary` asks for. */
  readonly canary?: Canary
}

export type Going = {
  session: Session
  call: AccessCall
  request: Request
  caller: Caller
  /** A gateway that the call goes through first. */
  through?: Destination | undefined
  /** The way of connections that are sent through the canary waypoint. */
  byCanary?: boolean
}

export function goingOf(session: Session, call: AccessCall, caller: Caller): Going {
  return { session, call, request: requestOf(session.world, call), caller }
}

export function wayOf(going: Going, to: Destination): Way {
  const { through } = going
  return through === undefined ? ownWay(going, to) : byGateway(going, through, to)
}

/** A gateway opens a connection of its own, with its own identity and address; of HTTP it tells where it came from. */
function byGateway(going: Going, through: Destination, to: Destination): Way {
  const { session, caller, request } = going
  const tls = tlsOf(going, caller, through)
  const first = gatewayStop(incomingFrom(going, caller), through, tls)
  const { sni: _sni, remoteIp: _remoteIp, ...call } = going.call
  const onward = ownWay(
    {
      session,
      call: {
        ...call,
        ...sentOn(going, first),
        ...(hides(through.server, tls) && { protocol: 'tcp', claims: null }),
        mtls: 'auto',
      },
      request: first.layer === 'http' ? forwarded(request, caller.ip) : request,
      caller: callerFrom(session.world, through.workload),
      byCanary: going.byCanary === true,
    },
    to,
  )
  const [next, ...rest] = onward.stops
  if (next === undefined) return { stops: [first], steps: [clientStep(tls)] }
  const steps = [stepOf('from-gateway'), ...onward.steps, ...next.steps]
  return { ...onward, stops: [first, { ...next, steps }, ...rest], steps: [clientStep(tls)] }
}

function ownWay(going: Going, to: Destination): Way {
  const { session, caller } = going
  const found = throughWaypoint(session, caller, addressedTo(to, caller.carrier))
  if (isWaypoint(found)) return byWaypoints(going, to, found)
  const stopped = stoppedBefore(going, to)
  if (stopped !== undefined) return { stops: [stopped], steps: [] }
  const tls = tlsOf(going, caller, to)
  const steps = [...(found === undefined ? [] : [stepOf(found.code, { name: found.name })]), clientStep(tls)]
  const entrance = entranceFrom(session, caller, to)
  if (entrance === undefined) return { stops: [lastStop(incomingFrom(going, caller), to, tls)], steps }
  return byEntrance(going, { to, tls, entrance, steps })
}

/** Of a call as its client makes it: what its own sidecar does not let out. */
function stoppedBefore(going: Going, to: Destination): Stop | undefined {
  const { workload, carrier } = going.caller
  if (workload === undefined || carrier !== 'sidecar' || going.call.mtls !== 'auto') return undefined
  return clientStop(incomingFrom(going, going.caller), workload, to)
}

/** Envoys of other networks dial the entrance; ztunnel goes on by itself, unless it is told to look further. */
function entranceFrom({ world }: Session, { carrier, workload }: Caller, { workload: to }: Destination) {
  const isEnvoy = carrier === 'sidecar' || carrier === 'gateway'
  return isEnvoy && workload !== undefined && to.carrier !== 'ambient' ? entranceTo(world, workload, to) : undefined
}

type ByEntrance = { to: Destination; tls: ClientTls; entrance: Entrance; steps: TrailStep[] }

/**
 * An entrance has no policies and opens nothing: who calls shows its own certificate, from the address of the entrance
 * (istio pilot/pkg/networking/core/gateway.go, builtAutoPassthroughFilterChains). Without mutual TLS a client has no such
 * endpoint (xds/endpoints/ep_filters.go, EndpointsByNetworkFilter).
 */
function byEntrance(going: Going, { to, tls, entrance, steps }: ByEntrance): Way {
  const { ref, network, ip } = entrance
  const place = { ref, pointer: '' }
  const last = lastStop({ ...incomingFrom(going, going.caller), ip }, to, tls)
  const passed = [...steps, stepOf('by-entrance', { network }, place)]
  const closed = closedBy(going.session, { to, tls, entrance })
  if (closed === undefined) return { stops: [last], steps: passed }
  const { verdict, code } = closed
  return { stops: [{ ...last, refused: { verdict, by: undefined }, steps: [stepOf(code, { network }, place)] }], steps }
}

/** An entrance passes on what it knows: hosts that are exported to its namespace, and mutual TLS. */
function closedBy({ world }: Session, { to, tls, entrance }: Omit<ByEntrance, 'steps'>) {
  if (tls.kind !== 'mutual') return { verdict: 'refused-plaintext', code: 'entrance-without-mtls' } as const
  const { namespace = '' } = entrance.ref
  const isKnown = to.door === undefined || isExportedTo(world, to.door, namespace)
  return isKnown ? undefined : ({ verdict: 'refused-tls', code: 'entrance-not-shown' } as const)
}

/** Clients of ztunnel go through waypoints, gateways where they are told to; sidecars and strangers do not. */
function throughWaypoint(
  { world, waypoints }: Session,
  { carrier }: Caller,
  to: Destination,
): Workload | NoWaypoint | undefined {
  const { workload, door } = to
  if (workload.carrier !== 'ambient' && workload.carrier !== 'sidecar') return undefined
  const goes =
    carrier === 'ambient' || (carrier === 'gateway' && door !== undefined && asksIngress(workload.view, door))
  return goes ? (remembered(waypoints, to, () => waypointFor(world, workload, door) ?? null) ?? undefined) : undefined
}

/** What of the token goes on past a proxy that has looked at it. */
function sentOn({ session, call }: Going, { checks, layer }: Stop): Pick<AccessCall, 'claims'> {
  return layer === 'http' ? { claims: tokenAfter(checks.issuers, call.claims, session.world.now()) } : {}
}

/** Each connection goes through one of two waypoints where there is a canary. */
function byWaypoints(going: Going, to: Destination, waypoint: Workload): Way {
  const { canaries, world } = going.session
  const { door, workload } = addressedTo(to, going.caller.carrier)
  const canary = remembered(canaries, to, () => canaryFor(world, workload, door) ?? null)
  if (canary === null || canary.weight === 0) return byWaypoint(going, to, waypoint)
  if (going.byCanary !== true && canary.weight < 100) return { ...byWaypoint(going, to, waypoint), canary }
  const way = byWaypoint(going, to, canary.workload)
  return { ...way, steps: [...way.steps, canaryStep('waypoint-canary', canary)] }
}

/** Of a canary its name, and how many of a hundred connections go there. */
export function canaryStep(code: string, { workload, weight }: Canary): TrailStep {
  const { ref, namespace } = workload
  return stepOf(code, { name: `${namespace}/${ref.name}`, weight }, { ref, pointer: '' })
}

function byWaypoint({ call: own, ...asked }: Going, to: Destination, waypoint: Workload): Way {
  const { world } = asked.session
  const inner = tlsInTunnel(asked.session, asked.caller, to)
  const going: Going = { ...asked, call: inner === undefined ? own : { ...own, protocol: 'tcp', claims: null } }
  const judging = waypointStop(incomingFrom(going, going.caller), waypoint, addressedTo(to, going.caller.carrier))
  const first = inner !== undefined && judging.layer === 'http' ? sealed(judging) : judging
  const onward = callerFrom(world, waypoint)
  const tls = clientTls(going.session, { caller: onward, to })
  const call = { ...going.call, ...sentOn(going, first) }
  const last = lastStop(incomingFrom({ ...going, call }, onward), to, tls)
  return {
    stops: [first, { ...last, steps: [stepOf('from-waypoint'), ...last.steps] }],
    steps: [stepOf('client-hbone'), ...(inner === undefined ? [] : [ruleStep(inner)])],
  }
}

function incomingFrom({ session, call, request }: Going, { identity, ip }: Caller): Incoming {
  // Somebody outside the mesh who is said to use its TLS has some certificate, and nobody knows which.
  const shows =
    call.mtls === true && identity.kind === 'none' ? ({ kind: 'some' } satisfies Caller['identity']) : identity
  return { session, call, request, identity: shows, ip }
}

function lastStop(incoming: Incoming, to: Destination, tls: ClientTls): Stop {
  switch (to.workload.carrier) {
    case 'sidecar':
      return sidecarStop(incoming, to, tls)
    case 'ambient':
      return ztunnelStop(incoming, to, tls)
    case 'gateway':
    case 'waypoint':
      return gatewayStop(incoming, to, tls)
    case 'none':
      return bareStop(incoming, to, tls)
  }
}

/** As the call says, or as the client's side does it by itself. */
function tlsOf({ session, call }: Going, caller: Caller, to: Destination): ClientTls {
  if (call.mtls === 'auto') {
    const described = caller.carrier === undefined && isDescribed(call.from)
    if (described) return { kind: 'mutual', code: 'client-described', params: {} }
    return clientTls(session, { caller, to, spoken: call.protocol })
  }
  return {
    kind: call.mtls ? 'mutual' : 'plain',
    code: call.mtls ? 'client-said-mutual' : 'client-said-plain',
    params: {},
  }
}

/** A port of HTTP gets TLS that nobody there ends. */
function sealed(stop: Stop): Stop {
  const steps = [...stop.steps.slice(0, 1), stepOf('refused-foreign-tls')]
  return { ...stop, refused: { verdict: 'refused-tls', by: undefined }, steps }
}

const ruleStep = ({ mode, place }: RuleTls): TrailStep => stepOf('client-rule', { mode, kind: place.ref.kind }, place)

function clientStep({ code, params, place }: ClientTls): TrailStep {
  return stepOf(code, params, place)
}
