import { at, type Json, listAt } from '@orbweaver/contracts/json'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { routesOf } from './destinations.ts'

const otherSum: Code = { code: 'virtualservice.weight-sum', severity: 'info', istio: 'accepts' }
const ignored: Code = {
  code: 'virtualservice.weight-ignored',
  severity: 'info',
  istio: 'ignores',
  aliases: ['KIA1104'],
}

/**
 * Weights of one route. What Istio refuses (pkg/config/validation, validateWeights) is for schema to say; sums other than
 * 100 are accepted as shares, and the weight of a single destination is not looked at.
 */
export const weights: Judge = {
  says: [otherSum, ignored],
  kinds: [kinds.virtualService],
  judge: (subject) => routesOf(subject.object).flatMap((each) => judgeRoute(subject, each)),
}

type Route = { route: Json; pointer: string }

function judgeRoute(subject: Subject, { route, pointer }: Route): Finding[] {
  const given = listAt(route, 'route').map((each) => at(each, 'weight'))
  if (!given.every((weight) => weight === undefined || isWeight(weight))) return []
  const said = codeOfSum(given)
  if (said === undefined) return []
  const remove = { op: 'remove' as const, path: `${pointer}/route/0/weight` }
  const fixes = said === ignored ? [fix(subject, { code: 'no-weight' }, [remove])] : ofHundred(subject, pointer, given)
  const params = { sum: sumOf(given), count: given.length }
  return [found(subject, said, { pointer: `${pointer}/route`, params, fixes })]
}

/** The same shares of 100, where none is too small to be told; what is left by rounding goes to the largest rests. */
function ofHundred(subject: Subject, pointer: string, given: readonly (Json | undefined)[]): Fix[] {
  const sum = sumOf(given)
  const exact = given.map((each) => (typeof each === 'number' ? (each * 100) / sum : 0))
  const rests = exact.map((each, index) => ({ index, rest: each % 1 })).toSorted((a, b) => b.rest - a.rest)
  const left = 100 - exact.reduce((total, each) => total + Math.floor(each), 0)
  const raised = new Set(rests.slice(0, left).map(({ index }) => index))
  const shares = exact.map((each, index) => Math.floor(each) + (raised.has(index) ? 1 : 0))
  if (shares.some((each, index) => each === 0 && given[index] !== 0 && given[index] !== undefined)) return []
  const operations = shares.flatMap((each, index) =>
    given[index] === undefined ? [] : [replace(`${pointer}/route/${index}/weight`, each)],
  )
  return [fix(subject, { code: 'hundred' }, operations)]
}

function codeOfSum(given: readonly (Json | undefined)[]): Code | undefined {
  const sum = sumOf(given)
  const some = given.filter((each) => typeof each === 'number' && each > 0)
  // Of one that gets everything no share is to be told.
  if (given.length > 1) return some.length < 2 || sum === 100 ? undefined : otherSum
  const stated = given.some((each) => each !== undefined)
  return stated && sum !== 100 ? ignored : undefined
}

function sumOf(given: readonly (Json | undefined)[]): number {
  return given.reduce<number>((total, each) => total + (typeof each === 'number' ? each : 0), 0)
}

/** int32 in the CRD; what is no number at all the API server refuses by schema. */
function isWeight(weight: Json): boolean {
  return typeof weight === 'number' && Number.isInteger(weight) && weight >= 0
}
