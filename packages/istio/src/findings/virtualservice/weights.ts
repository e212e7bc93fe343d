import { at, type Json, listAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { routesOf } from './destinations.ts'

const refused: Code = {
  code: 'virtualservice.weight-refused',
  severity: 'rejected',
  istio: 'rejects',
  aliases: ['IST0106'],
}
const sumZero: Code = { ...refused, code: 'virtualservice.weight-sum-zero' }
const otherSum: Code = { code: 'virtualservice.weight-sum', severity: 'info', istio: 'accepts' }
const ignored: Code = {
  code: 'virtualservice.weight-ignored',
  severity: 'info',
  istio: 'ignores',
  aliases: ['KIA1104'],
}

/**
 * Weights of one route. Istio refuses negative ones and a sum of 0 (pkg/config/validation, validateWeights); other sums
 * are accepted as shares, and the weight of a single destination is not looked at.
 */
export const weights: Judge = {
  says: [refused, sumZero, otherSum, ignored],
  kinds: [kinds.virtualService],
  judge: (subject) => routesOf(subject.object).flatMap((each) => judgeRoute(subject, each)),
}

type Route = { route: Json; pointer: string }

function judgeRoute(subject: Subject, { route, pointer }: Route): Finding[] {
  const given = listAt(route, 'route').map((each) => at(each, 'weight'))
  const wrong = given.flatMap((weight, index) =>
    weight === undefined || isWeight(weight)
      ? []
      : [{ weight: JSON.stringify(weight), pointer: `${pointer}/route/${index}/weight` }],
  )
  if (wrong.length > 0) {
    return wrong.map((each) => found(subject, refused, { pointer: each.pointer, params: { weight: each.weight } }))
  }
  const said = codeOfSum(given)
  if (said === undefined) return []
  const remove = { op: 'remove' as const, path: `${pointer}/route/0/weight` }
  const fixes = said === ignored ? [fix(subject, { code: 'no-weight' }, [remove])] : []
  const params = { sum: sumOf(given), count: given.length }
  return [found(subject, said, { pointer: `${pointer}/route`, params, fixes })]
}

function codeOfSum(given: readonly (Json | undefined)[]): Code | undefined {
  const sum = sumOf(given)
  if (given.length > 1) return sum === 0 ? sumZero : sum === 100 ? undefined : otherSum
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
