import { at, isRecord, listAt, numberAt, textsAt } from '@orbweaver/contracts/json'
import { nameOf } from '../../../validation/unreachable-rules.ts'
import { nearestWord } from '../../../values/nearest.ts'
import { covers } from '../../../world/hosts.ts'
import { put, remove, replace } from '../../operations.ts'
import { valueAt } from '../spots.ts'
import { lastOf, type Mend, moved, parentOf, type Way } from './way.ts'

/** Rules of a VirtualService. */

/** Shares of 100 that differ by at most one. */
function equalShares(count: number): number[] {
  const least = Math.floor(100 / count)
  return Array.from({ length: count }, (_, index) => least + (index < 100 - least * count ? 1 : 0))
}

export const shareEqually: Mend = ({ value, pointer }) => {
  const routes = Array.isArray(value) ? value : []
  if (routes.length < 2 || !routes.every(isRecord)) return []
  const operations = equalShares(routes.length).map((share, index) => put(`${pointer}/${index}/weight`, share))
  return [{ code: 'share-equally', operations }]
}

export const positiveWeight: Mend = ({ object, pointer }) => {
  const routes = valueAt(object, parentOf(parentOf(pointer)))
  if (!Array.isArray(routes)) return []
  if (routes.length === 1) return [{ code: 'remove-weight', operations: [remove(pointer)] }]
  const weights = routes.map((route) => numberAt(route, 'weight'))
  const isShared = !weights.includes(undefined) && weights.some((weight = 0) => weight > 0)
  return isShared ? [{ code: 'weight-zero', operations: [replace(pointer, 0)] }] : []
}

/** Of two hosts the one that the other means too goes; of the same, the later. */
export const oneHost: Mend = ({ object, pointer, params: { host = '', other = '' } }) => {
  const earlier = `${parentOf(pointer)}/${listAt(object, 'spec', 'hosts').indexOf(host)}`
  const [gone, place] = covers(host, other) ? [other, pointer] : [host, earlier]
  return [{ code: 'remove-host', params: { host: gone }, operations: [remove(place)] }]
}

/** One of two actions, and then the other: which was meant, only its author knows. */
export const oneAction: Mend = ({ object, pointer }) => {
  const place = parentOf(pointer)
  const other = lastOf(pointer)
  const rule = valueAt(object, place)
  const action = ['redirect', 'directResponse'].find((each) => each !== other && at(rule, each) !== undefined)
  return action === undefined ? [] : [keep(place, action, other), keep(place, other, action)]
}

function keep(place: string, kept: string, gone: string): Way {
  return { code: 'keep', params: { kept, gone }, operations: [remove(`${place}/${gone}`)] }
}

/** `*` is for gateways: a rule that has some need not be the mesh's too. */
export const gatewaysOnly: Mend = ({ object }) => {
  const gateways = textsAt(object, 'spec', 'gateways')
  const mesh = gateways.indexOf('mesh')
  if (mesh < 0 || gateways.length < 2) return []
  return [{ code: 'gateways-only', operations: [remove(`/spec/gateways/${mesh}`)] }]
}

/** Another host may be meant as well as one that is missing: only what adds is certain to leave the rule as it is. */
export const knownSni: Mend = ({ params: { sni = '' } }) => [
  { code: 'add-host', params: { value: sni }, operations: [put('/spec/hosts/-', sni)] },
]

export const retriesOff: Mend = ({ object, pointer }) => {
  const place = parentOf(pointer)
  const retries = valueAt(object, place)
  const fields = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].filter((each) => at(retries, each) !== undefined)
  return [{ code: 'retry-nothing', operations: fields.map((field) => remove(`${place}/${field}`)) }]
}

const CONDITIONS = (
  '5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream ' +
  'retriable-status-codes retriable-headers envoy-ratelimited http3-post-connect-failure cancelled ' +
  'deadline-exceeded internal resource-exhausted unavailable'
).split(' ')

export const nearestCondition: Mend = ({ value, pointer, params: { condition = '' } }) => {
  const better = nearestWord(CONDITIONS, condition.trim())
  if (better === undefined || typeof value !== 'string') return []
  const all = value.split(',').map((each) => (each === condition ? better : each))
  return [{ code: 'use-condition', params: { better }, operations: [replace(pointer, all.join(','))] }]
}

/** A rule that none reaches goes, or what catches its requests is moved behind it. */
export const unreachable: Mend = ({ object, pointer, params: { why = '' } }) => {
  const away: Way = { code: 'remove-rule', operations: [remove(pointer)] }
  if (why !== 'route without matches defined before') return [away]
  const list = parentOf(pointer)
  const rules = valueAt(object, list)
  const open = Array.isArray(rules) ? rules.findIndex((rule) => listAt(rule, 'match').length === 0) : -1
  if (open < 0) return [away]
  return [{ code: 'open-rule-last', operations: moved(object, `${list}/${open}`, `${list}/-`) }, away]
}

/** The narrower of two prefixes first: then both have an effect. Else the later one is as good as not there. */
export const ineffective: Mend = ({ object, pointer, params: { by = '' } }) => {
  const rule = parentOf(parentOf(pointer))
  const list = parentOf(rule)
  if (listAt(valueAt(object, rule), 'match').length > 1)
    return [{ code: 'remove-match', operations: [remove(pointer)] }]
  const [, on] = / of prefix .* on (#\d+|".*")$/s.exec(by) ?? []
  const earlier = listAt(object, ...list.split('/').slice(1)).findIndex((each, index) => nameOf(each, index) === on)
  const first: Way[] =
    earlier >= 0 && earlier < Number(lastOf(rule))
      ? [{ code: 'rule-before', params: { by }, operations: moved(object, rule, `${list}/${earlier}`) }]
      : []
  return [...first, { code: 'remove-rule', operations: [remove(rule)] }]
}
