import { at, type Json, listAt, numberAt } from '@orbweaver/contracts/json'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, remove } from '../operations.ts'
import { type Route, routesOf, targetsOf } from './destinations.ts'

const unsaid: Code = { code: 'virtualservice.weight-unsaid', severity: 'warning', istio: 'accepts' }
const twice: Code = {
  code: 'virtualservice.destination-twice',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA1105'],
}

/** Destinations of one route: one without a weight among others gets nothing, one that is named twice the sum of both. */
export const shares: Judge = {
  says: [unsaid, twice],
  kinds: [kinds.virtualService],
  judge: (subject) =>
    routesOf(subject.object).flatMap((each) =>
      listAt(each.route, 'route').length > 1 ? [...withoutWeight(subject, each), ...doubled(subject, each)] : [],
    ),
}

function withoutWeight(subject: Subject, { route, pointer }: Route): Finding[] {
  const weights = listAt(route, 'route').map((each) => at(each, 'weight') ?? undefined)
  const sum = weights.reduce<number>((total, each) => total + (typeof each === 'number' ? each : 0), 0)
  if (sum <= 0) return []
  const missing = weights.filter((each) => each === undefined).length
  return weights.flatMap((weight, index) => {
    if (weight !== undefined) return []
    const place = `${pointer}/route/${index}`
    const says = (code: string, value: number) =>
      fix(subject, { code, params: { weight: value } }, [put(`${place}/weight`, value)])
    const rest = missing === 1 && sum < 100 ? [says('rest', 100 - sum)] : []
    return [found(subject, unsaid, { pointer: place, params: { sum }, fixes: [...rest, says('say-zero', 0)] })]
  })
}

function doubled(subject: Subject, { route, pointer }: Route): Finding[] {
  const seen = new Map<string, number>()
  const targets = targetsOf({ route, pointer })
  return targets.flatMap(({ host, subset = '', port = '', pointer: place }) => {
    const index = Number(place.slice(pointer.length).split('/')[2])
    const key = `${resolveHost(host, subject.namespace)} ${subset} ${port}`
    const first = seen.get(key)
    seen.set(key, first ?? index)
    // Headers may be set for one of them alone.
    if (first === undefined || [first, index].some((each) => hasHeaders(route, each))) return []
    const fixes = asOne(subject, { route, pointer }, [first, index])
    return [found(subject, twice, { pointer: `${pointer}/route/${index}`, params: { host, subset }, fixes })]
  })
}

function hasHeaders(route: Json, index: number): boolean {
  return at(route, 'route', index, 'headers') !== undefined
}

function asOne(
  subject: Subject,
  { route, pointer }: Pick<Route, 'route' | 'pointer'>,
  [first, second]: [number, number],
): Fix[] {
  const { length } = listAt(route, 'route')
  // What comes after it would be elsewhere than before.
  if (second < length - 1) return []
  const weightOf = (index: number) => numberAt(route, 'route', index, 'weight')
  const sum = (weightOf(first) ?? 0) + (weightOf(second) ?? 0)
  const alone = length === 2
  const path = `${pointer}/route/${first}/weight`
  const weight = alone ? (at(route, 'route', first, 'weight') === undefined ? [] : [remove(path)]) : [put(path, sum)]
  return [fix(subject, { code: 'as-one' }, [...weight, remove(`${pointer}/route/${second}`)])]
}
