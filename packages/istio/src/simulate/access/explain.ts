import type { AccessCall, AccessExplanation, AccessHop, AccessVerdict } from '@orbweaver/contracts/explain-access'
import type { TrailStep } from '@orbweaver/contracts/explain'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { type Caller, callerOf, principalIn } from './caller.ts'
import { type Destination, destinationsOf } from './destination.ts'
import { met, rulesOf } from './gate.ts'
import { settle, type Settled } from './settle.ts'
import { sessionOf, stepOf, type Stop } from './stop.ts'
import { tell } from './tell.ts'
import { canaryStep, type Going, goingOf, type Way, wayOf } from './way.ts'

/** Whether a call is let in, by whose word, and why: for the world as it is. */
export function access(world: MeshWorld, call: AccessCall): AccessExplanation {
  const caller = callerOf(world, call.from)
  if ('code' in caller) return unknown([caller])
  const name = call.sni ?? call.host
  const found = destinationsOf(world, call.to, name)
  if ('code' in found) return unknown([found])
  const through = call.through === undefined ? [] : destinationsOf(world, call.through, name)
  if ('code' in through) return unknown([through])
  const unread = unreadKinds(world)
  if (unread.length > 0) return unknown(unread)
  const session = sessionOf(world)
  const answers = found.map((each) => answerAt({ ...goingOf(session, call, caller), through: through[0] }, each))
  const [first] = answers
  if (first === undefined)
    return unknown([{ code: 'nobody-behind', params: { name: call.to.ref.name, port: call.to.port } }])
  const other = answers.findIndex(({ verdict }) => verdict !== first.verdict)
  if (other < 0) return first
  const names = [found[0], found[other]].map((each) => each?.workload.ref.name ?? '').join(', ')
  const differs = stepOf('workloads-differ', { names, service: call.to.ref.name })
  return { ...first, verdict: 'depends', depends: ['workload'], trail: [...first.trail, differs] }
}

/** Without these nothing can be said of who may call whom. */
const needed = [kinds.authorizationPolicy, kinds.peerAuthentication, kinds.requestAuthentication]

function unreadKinds({ config }: MeshWorld): Message[] {
  return needed.filter((kind) => !config.has(kind)).map((kind) => ({ code: 'kind-unread', params: { kind } }))
}

function unknown(why: readonly Message[]): AccessExplanation {
  return {
    verdict: 'unknown',
    decidedBy: null,
    depends: [],
    unknown: [...why],
    principal: null,
    hops: [],
    trail: [...why],
    dryRun: [],
    providers: [],
    audits: [],
  }
}

/** A stop and what it said. */
type Judged = { stop: Stop; settled: Settled | undefined; verdict: AccessVerdict }

export function judgeStops({ session }: Pick<Going, 'session'>, stops: readonly Stop[]): Judged[] {
  return stops.map((stop) => {
    if (stop.refused !== undefined) return { stop, settled: undefined, verdict: stop.refused.verdict }
    const settled = settle(stop.checks, stop.facts, session.world.now())
    return { stop, settled, verdict: settled.verdict }
  })
}

/** Whoever refuses first decides; then who does not know, whom it depends on, and who is asked. */
const order: readonly AccessVerdict[] = ['unknown', 'depends', 'asks-provider']

export function deciding(judged: readonly Judged[]): Judged | undefined {
  const refuses = judged.find(({ verdict }) => verdict !== 'allowed' && !order.includes(verdict))
  if (refuses !== undefined) return refuses
  const open = order.flatMap((each) => judged.filter(({ verdict }) => verdict === each))[0]
  return open ?? judged.findLast(({ settled }) => settled?.ruling.by !== undefined) ?? judged.at(-1)
}

/** The place that decides: the rule that is met, or what the connection was refused for. */
export function decidedBy(judged: Judged | undefined): AccessExplanation['decidedBy'] {
  if (judged === undefined) return null
  const { stop, settled, verdict } = judged
  if (stop.refused !== undefined) return stop.refused.by ?? null
  if (verdict === 'invalid-token') return settled?.token.place ?? null
  return settled?.ruling.by?.place ?? null
}

/** Where two waypoints share the connections, both answer; what the canary says is told where it is something else. */
function answerAt(going: Going, to: Destination): AccessExplanation {
  const way = wayOf(going, to)
  const first = answerOn(going, to, way)
  const { canary } = way
  if (canary === undefined) return first
  const other = answerOn(going, to, wayOf({ ...going, byCanary: true }, to))
  const step = (code: string) => canaryStep(code, canary)
  if (other.verdict === first.verdict) return { ...first, trail: [...first.trail, step('waypoint-canary-alike')] }
  const own = other.trail.slice(other.trail.findIndex(({ code }) => code === 'waypoint-canary'))
  const trail = [...first.trail, ...own, step('waypoint-canary-differs')]
  return { ...first, verdict: 'depends', depends: ['waypoint'], trail }
}

function answerOn(going: Going, to: Destination, way: Way): AccessExplanation {
  const judged = judgeStops(going, way.stops)
  const decides = deciding(judged)
  const hops = judged.map(hopOf)
  return {
    verdict: decides?.verdict ?? 'unknown',
    decidedBy: decidedBy(decides),
    depends: decides?.verdict === 'depends' ? [...new Set(judged.flatMap(({ settled }) => settled?.on ?? []))] : [],
    unknown: unread(going.caller, to),
    principal: principalAt(way.stops.at(going.through === undefined ? 0 : 1)),
    hops,
    trail: [...way.steps, ...hops.flatMap(({ trail }) => trail)],
    dryRun: judged.flatMap(trials),
    providers: [...new Set(judged.flatMap(({ settled }) => settled?.ruling.providers ?? []))],
    audits: judged.flatMap(audited),
  }
}

function principalAt(stop: Stop | undefined): string | null {
  return stop === undefined ? null : principalIn(stop.facts.identity)
}

function hopOf(judged: Judged): AccessHop {
  const { stop, settled, verdict } = judged
  const { at, workload, layer, peer, mtls, steps } = stop
  return {
    at,
    ref: workload.ref,
    layer,
    ...(peer !== undefined && { peer: peer.mode }),
    mtls,
    verdict,
    decidedBy: decidedBy(judged),
    trail: [...steps, ...(settled === undefined ? [] : tell(stop.checks.gate, settled))],
  }
}

/** Policies on trial: whether a rule of theirs is met. */
function trials({ stop, settled }: Judged): AccessExplanation['dryRun'] {
  if (settled === undefined) return []
  return stop.checks.gate.policies
    .filter(({ isTrial, action }) => isTrial && (action === 'ALLOW' || action === 'DENY'))
    .map((policy) => {
      const { is, by } = met(rulesOf({ policies: [policy] }, policy.action, true), settled.facts)
      const matches = is.is === 'open' ? 'depends' : is.is
      return { ref: policy.ref, pointer: by?.place.pointer ?? '', action: policy.action, matches }
    })
}

function audited({ stop, settled }: Judged): AccessExplanation['audits'] {
  if (settled === undefined) return []
  return rulesOf(stop.checks.gate, 'AUDIT', false)
    .filter((each) => each.holds(settled.facts).is === 'yes')
    .map(({ place }) => place)
}

/** What was not read and may have a say: hosts decide what a port speaks, rules how a client calls. */
function unread({ workload: client }: Caller, { workload }: Destination): TrailStep[] {
  const services = workload.view.has(kinds.service) ? [] : [stepOf('kind-unread', { kind: kinds.service })]
  const isExpected = [client, workload].filter((each) => each?.isExpected === true && each.carrier !== 'none')
  return [
    ...services,
    ...isExpected.map((each) => stepOf('expected', { name: each?.ref.name ?? '', carrier: each?.carrier ?? '' })),
  ]
}
