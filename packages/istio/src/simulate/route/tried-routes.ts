import type { Asking, Result } from './asking.ts'
import type { Call } from './call.ts'
import { answerOf, type HttpSpot } from './http-answer.ts'
import { type Candidate, mismatch, type Unused } from './http-match.ts'
import type { Rule } from './rules.ts'

type Tried<Route> = { routes: readonly Route[]; unused: readonly Unused[]; lost: Rule['lost']; call: Call }

/** Routes one after the other, until one takes the request; 404 where none does. */
export function triedRoutes<Route extends Candidate>(
  asking: Asking,
  spotOf: (route: Route) => HttpSpot,
  { routes, unused, lost, call }: Tried<Route>,
): Result {
  for (const { place, why, name } of lost) asking.say(why, { name }, place)
  for (const each of unused.filter(({ why }) => why.code !== 'after-catch-all')) {
    asking.say(each.why.code, each.why.params, each.match?.place ?? each.http.place)
  }
  for (const route of routes) {
    const why = mismatch(route, call)
    const place = route.match?.place ?? route.http.place
    const { ref } = route.http.place
    if (why === undefined) {
      asking.say('takes', { rule: ref.name, namespace: ref.namespace ?? '', kind: ref.kind }, place)
      return answerOf(asking, spotOf(route), { candidate: route, call })
    }
    asking.say(why.code, why.params, place)
  }
  asking.say('no-route')
  return { outcome: { kind: 'no-route', status: 404 }, decidedBy: null, policies: [] }
}
