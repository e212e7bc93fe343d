import { type Json, listAt, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { takesAll } from '../matching.ts'
import { put, remove } from '../operations.ts'

const code: Code = { code: 'virtualservice.route-covered', severity: 'warning', istio: 'ignores' }

/**
 * Routes are tried in their order: one for `/api/v1` after one for `/api` is never reached. Matches that are the same, and
 * routes after one that takes everything, istiod warns of itself (pkg/config/validation, analyzeUnreachableHTTPRules).
 */
export const coveredRoutes: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject) {
    const routes = listAt(subject.object, 'spec', 'http').map((route) => listAt(route, 'match'))
    const covering = routes.map((matches, index) => coverOf(routes, matches, index))
    const covered = covering.filter((each) => each !== undefined).length
    return covering.flatMap((earlier, index) => {
      if (earlier === undefined) return []
      const isAll = routes[index]?.length === 0
      const ways = isAll ? without(subject, index, routes.length) : [before(subject, earlier, index)]
      const fixes = covered === 1 ? ways : []
      const pointer = `/spec/http/${index}${isAll ? '' : '/match'}`
      return [found(subject, code, { pointer, params: { index, earlier }, fixes })]
    })
  },
}

/** The first earlier route that takes something of a route all of whose matches are taken before it is tried. */
function coverOf(routes: readonly Json[][], matches: readonly Json[], index: number): number | undefined {
  const earlier = routes.slice(0, index)
  if (earlier.some((each) => each.length === 0)) return undefined
  const asked = matches.length === 0 ? [everything] : matches
  const takers = asked.map((match) => {
    const same = earlier.some((each) => each.some((one) => sameJson(one, match)))
    const taker = earlier.findIndex((each) => each.some((one) => takesAll(one, match)))
    return same ? -1 : taker
  })
  return takers.includes(-1) ? undefined : Math.min(...takers)
}

const everything: Json = {}

/** Put before, it would take everything from that one. After the last there is none that is covered instead. */
function without(subject: Subject, index: number, routes: number): Fix[] {
  if (index !== routes - 1) return []
  return [fix(subject, { code: 'without', params: { index } }, [remove(`/spec/http/${index}`)])]
}

function before(subject: Subject, earlier: number, index: number): Fix {
  const route = routeOf(subject.object, index)
  return fix(subject, { code: 'before', params: { earlier } }, [
    remove(`/spec/http/${index}`),
    put(`/spec/http/${earlier}`, route),
  ])
}

function routeOf(object: KubernetesObject, index: number): Json {
  return listAt(object, 'spec', 'http')[index] ?? {}
}
