import type { Place, RouteAnswer, RouteOutcome, RoutePolicy } from '@orbweaver/contracts/explain'
import { isRecord, type Json, type JsonRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { Asking, Result } from './asking.ts'
import type { Call } from './call.ts'
import { clusterName, type Clusters, destinationOf, type Lookup, saySends, shares, targetOf } from './clusters.ts'
import type { Candidate } from './http-match.ts'
import { type HttpRule, placeOf, says } from './http-rule.ts'
import { redirected } from './redirect.ts'
import { retriesOf } from './retries.ts'
import type { Service } from './services.ts'

/** Where HTTP routes were made for. */
export type HttpSpot = { port: number; clusters: Clusters; lookup: Lookup; isTls: boolean }

type Taken = { candidate: Candidate; call: Call }

/** What the winning route of a rule makes of a request (core/route/route.go, TranslateRoute). */
export function answerOf(asking: Asking, spot: HttpSpot, { candidate, call }: Taken): Result {
  const { http } = candidate
  const decidedBy = http.root ?? http.place
  const policies = routePolicies(asking, spot, candidate)
  const faulted = (answer: RouteAnswer): RouteOutcome => withFault(http.value.fault, answer)
  if (says(http.value, 'redirect')) {
    const answer = redirected(recordAt(http.value, 'redirect'), { candidate, call, spot, port: asking.request.port })
    asking.say('redirects', { location: answer.kind === 'redirect' ? answer.location : '' }, placeOf(http, 'redirect'))
    return { outcome: faulted(answer), decidedBy, policies }
  }
  if (says(http.value, 'directResponse')) {
    const status = numberAt(http.value, 'directResponse', 'status') ?? 0
    const body = textAt(http.value, 'directResponse', 'body', 'string')
    asking.say('answers-itself', { status }, placeOf(http, 'directResponse'))
    return { outcome: faulted({ kind: 'direct', status, ...(body !== undefined && { body }) }), decidedBy, policies }
  }
  const { destinations, policies: ofClusters } = destined(asking, spot, candidate)
  const all = [...policies, ...ofClusters]
  if (destinations.length === 0)
    return { outcome: faulted({ kind: 'no-route', status: 503 }), decidedBy, policies: all }
  return { outcome: faulted({ kind: 'routed', destinations }), decidedBy, policies: all }
}

function destined(asking: Asking, spot: HttpSpot, { rule, http }: Candidate) {
  const status = rule.semantics === 'gateway-api' ? 500 : 503
  const route = listAt(http.value, 'route')
  const all = shares(route).map(({ value, index, weight }) => {
    const target = targetOf(recordAt(value, 'destination'), spot.lookup, spot.port)
    const place = http.routes[index] ?? http.place
    saySends(asking, { target, weight }, place)
    const made = destinationOf(asking, spot.clusters, { target, weight, status })
    const headers = isRecord(value) && isRecord(value.headers) ? value.headers : undefined
    const cluster = clusterName(asking, target)
    const policy: RoutePolicy[] =
      headers === undefined
        ? []
        : [{ name: 'headers', value: headers, by: { ...place, pointer: `${place.pointer}/headers` }, cluster }]
    return { destination: made.destination, policies: [...policy, ...made.policies] }
  })
  return { destinations: all.map((each) => each.destination), policies: all.flatMap((each) => each.policies) }
}

/** What a route does on the way, whoever it sends to. */
function routePolicies(asking: Asking, spot: HttpSpot, { http }: Candidate): RoutePolicy[] {
  const { value } = http
  const given = (name: RoutePolicy['name'], field: string): RoutePolicy[] =>
    says(value, field) ? [{ name, value: value[field] ?? null, by: placeOf(http, field) }] : []
  const timeout = given('timeout', 'timeout')
  const isAnswered = says(value, 'redirect') || says(value, 'directResponse')
  const sent: RoutePolicy[] = isAnswered
    ? []
    : [
        ...(timeout.length > 0 ? timeout : [{ name: 'timeout', value: '0s', by: null } satisfies RoutePolicy]),
        retriesOf(asking, value.retries, placeOf(http, 'retries')),
        ...mirrors(asking, spot, http),
        ...given('rewrite', 'rewrite'),
      ]
  return [...sent, ...given('fault', 'fault'), ...given('headers', 'headers'), ...given('cors', 'corsPolicy')]
}

/** Copies: all of them where no share is said, none where it is said to be none. */
function mirrors(asking: Asking, spot: HttpSpot, http: HttpRule): RoutePolicy[] {
  const { value } = http
  const place = (field: string) => placeOf(http, field)
  const one = (destination: Json | undefined, percentage: number, by: Place): RoutePolicy[] => {
    if (!isRecord(destination) || percentage <= 0) return []
    const target = targetOf(destination, spot.lookup, spot.port)
    return [{ name: 'mirror', value: { ...destination, percentage }, by, cluster: clusterName(asking, target) }]
  }
  const single = numberAt(value, 'mirrorPercentage', 'value') ?? numberAt(value, 'mirrorPercent') ?? 100
  const said =
    says(value, 'mirrorPercentage') && numberAt(value, 'mirrorPercentage', 'value') === undefined ? 0 : single
  return [
    ...one(value.mirror, said, place('mirror')),
    ...listAt(value, 'mirrors').flatMap((each, index) => {
      const percentage = says(each, 'percentage') ? (numberAt(each, 'percentage', 'value') ?? 0) : 100
      const by = place('mirrors')
      return one(recordAt(each, 'destination'), percentage, { ...by, pointer: `${by.pointer}/${index}` })
    }),
  ]
}

/** Faults that hit nobody are none; a percentage of nothing is nothing, as proto has it. */
function withFault(fault: Json | undefined, answer: RouteAnswer): RouteOutcome {
  const abort = recordAt(fault, 'abort')
  const delay = recordAt(fault, 'delay')
  const share = (of: JsonRecord) => numberAt(of, 'percentage', 'value') ?? numberAt(of, 'percent') ?? 0
  const status = numberAt(abort, 'httpStatus')
  const grpcStatus = textAt(abort, 'grpcStatus')
  const duration = textAt(delay, 'fixedDelay')
  const aborts = share(abort) > 0 && (status !== undefined || grpcStatus !== undefined)
  const delays = share(delay) > 0 && duration !== undefined
  if (!aborts && !delays) return answer
  return {
    kind: 'fault',
    ...(aborts && {
      abort: {
        percentage: share(abort),
        ...(status !== undefined && { status }),
        ...(grpcStatus !== undefined && { grpcStatus }),
      },
    }),
    ...(delays && { delay: { percentage: share(delay), duration } }),
    otherwise: answer,
  }
}

/** What happens where no rule says anything: straight to the host. */
export function defaultAnswer(asking: Asking, clusters: Clusters, service: Service): Result {
  const { port } = asking.request
  const target = { host: service.host, port, subset: '' }
  asking.say('default-route', { host: service.host, port })
  const made = destinationOf(asking, clusters, { target, weight: 100, status: 503 })
  const policies: RoutePolicy[] = [
    { name: 'timeout', value: '0s', by: null },
    retriesOf(asking, undefined, undefined),
    ...made.policies,
  ]
  return { outcome: { kind: 'routed', destinations: [made.destination] }, decidedBy: null, policies }
}
