import { at, isRecord, type Json, listAt, numberAt, sameJson, textAt } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import { nearestWord } from '../../values/nearest.ts'
import { fix, type Subject } from '../finding.ts'
import type { Sentence } from './sentences.ts'
import { valueAt } from './spots.ts'

type Operation = Fix['patches'][number]['operations'][number]
type Way = { code: string; params?: Record<string, string>; operations: Operation[] }

/** The place a refusal or warning speaks of. */
type Spot = { object: Json; pointer: string; value: Json | undefined; params: Record<string, string> }

type Mend = (spot: Spot) => Way | undefined

/** Ways out where one is evident. */
export function fixesOf(subject: Subject, pointer: string, sentence: Sentence | undefined): Fix[] {
  const mend = sentence === undefined || !Object.hasOwn(MENDS, sentence.slug) ? undefined : MENDS[sentence.slug]
  const object: Json = subject.object
  const params = sentence?.params ?? {}
  const way = mend?.({ object, pointer, value: valueAt(object, pointer), params })
  return way === undefined ? [] : [fix(subject, way, way.operations)]
}

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'))
const remove = (path: string): Operation => ({ op: 'remove', path })
/** Whether it is there or not. */
const put = (path: string, value: Json): Operation => ({ op: 'add', path, value })

const moved = (object: Json, from: string, to: string): Operation[] => [
  remove(from),
  put(to, valueAt(object, from) ?? null),
]

/** Shares of 100 that differ by at most one. */
function equalShares(count: number): number[] {
  const least = Math.floor(100 / count)
  return Array.from({ length: count }, (_, index) => least + (index < 100 - least * count ? 1 : 0))
}

const shareEqually: Mend = ({ value, pointer }) => {
  const routes = Array.isArray(value) ? value : []
  if (routes.length < 2 || !routes.every(isRecord)) return undefined
  const operations = equalShares(routes.length).map((share, index) => put(`${pointer}/${index}/weight`, share))
  return { code: 'share-equally', operations }
}

const positiveWeight: Mend = ({ object, pointer }) => {
  const list = parentOf(parentOf(pointer))
  const routes = valueAt(object, list)
  if (!Array.isArray(routes)) return undefined
  if (routes.length === 1) return { code: 'remove-weight', operations: [remove(pointer)] }
  const others = routes.some((route) => (numberAt(route, 'weight') ?? 0) > 0)
  return others ? { code: 'weight-zero', operations: [{ op: 'replace', path: pointer, value: 0 }] } : undefined
}

/** The later of two hosts goes when they are the same, or else the one that the other means too. */
const oneHost: Mend = ({ object, pointer, params: { host = '', other = '' } }) => {
  const list = parentOf(pointer)
  const hosts = listAt(object, ...list.split('/').slice(1))
  const gone = host.length > other.length ? host : other
  const index = host === other ? Number(pointer.slice(list.length + 1)) : hosts.indexOf(gone)
  return index < 0
    ? undefined
    : { code: 'remove-host', params: { host: gone }, operations: [remove(`${list}/${index}`)] }
}

/** Go's durations in whole milliseconds, rounded up. */
const wholeMilliseconds: Mend = ({ value, pointer }) => {
  const [, amount, unit] = typeof value === 'string' ? (/^(\d+(?:\.\d+)?|\.\d+)(ns|us|µs|ms|s)$/.exec(value) ?? []) : []
  if (amount === undefined || unit === undefined) return undefined
  const inMs: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000 }
  const rounded = `${Math.max(1, Math.ceil(Number(amount) * (inMs[unit] ?? 1)))}ms`
  return {
    code: 'round-up',
    params: { duration: rounded },
    operations: [{ op: 'replace', path: pointer, value: rounded }],
  }
}

const PROTOCOLS = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'MONGO', 'REDIS', 'MYSQL', 'TCP', 'TLS']

const nearestProtocol: Mend = ({ value, pointer }) => {
  const protocol = nearestWord(PROTOCOLS, typeof value === 'string' ? value : '')
  if (protocol === undefined) return undefined
  return { code: 'use-protocol', params: { protocol }, operations: [{ op: 'replace', path: pointer, value: protocol }] }
}

const CONDITIONS = (
  '5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream ' +
  'retriable-status-codes retriable-headers envoy-ratelimited http3-post-connect-failure cancelled ' +
  'deadline-exceeded internal resource-exhausted unavailable'
).split(' ')

const nearestCondition: Mend = ({ value, pointer, params: { condition = '' } }) => {
  const better = nearestWord(CONDITIONS, condition.trim())
  if (better === undefined || typeof value !== 'string') return undefined
  const all = value.split(',').map((each) => (each === condition ? better : each))
  const operations: Operation[] = [{ op: 'replace', path: pointer, value: all.join(',') }]
  return { code: 'use-condition', params: { better }, operations }
}

const portName: Mend = ({ object, pointer }) => {
  const port = valueAt(object, parentOf(pointer))
  const [number, protocol] = [numberAt(port, 'number'), textAt(port, 'protocol')]
  if (number === undefined) return undefined
  const name = `${(protocol ?? 'tcp').toLowerCase()}-${number}`
  return { code: 'name-port', params: { name }, operations: [put(pointer, name)] }
}

/** Only where the twin says the same; else one of them means something that we do not know. */
const twinSubset: Mend = ({ object, pointer, params: { name = '' } }) => {
  const place = parentOf(pointer)
  const subset = valueAt(object, place)
  const subsets = valueAt(object, parentOf(place))
  const first = Array.isArray(subsets) ? subsets.find((each) => textAt(each, 'name') === name) : undefined
  if (!sameJson(first, subset)) return undefined
  return { code: 'remove-subset', params: { name }, operations: [remove(place)] }
}

const egressAnywhere: Mend = ({ value, pointer }) => {
  if (typeof value !== 'string' || !value.includes('.')) return undefined
  const host = `*/${value}`
  return { code: 'any-namespace', params: { host }, operations: [{ op: 'replace', path: pointer, value: host }] }
}

const removeEntry =
  (code: string): Mend =>
  ({ pointer, value }) => ({
    code,
    params: { value: typeof value === 'string' ? value : '' },
    operations: [remove(pointer)],
  })

const retriesOff: Mend = ({ object, pointer }) => {
  const place = parentOf(pointer)
  const retries = valueAt(object, place)
  const fields = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].filter(
    (field) => at(retries, field) !== undefined,
  )
  return { code: 'retry-nothing', operations: fields.map((field) => remove(`${place}/${field}`)) }
}

const movedSetting =
  (to: string, shape: (value: Json) => Json): Mend =>
  ({ object, pointer, value }) => {
    const target = `${parentOf(pointer)}/${to}`
    if (value === undefined || valueAt(object, target) !== undefined) return undefined
    return { code: 'use-setting', params: { setting: to }, operations: [remove(pointer), put(target, shape(value))] }
  }

const unreachable: Mend = ({ object, pointer, params: { why = '' } }) => {
  if (why !== 'route without matches defined before') return { code: 'remove-rule', operations: [remove(pointer)] }
  const list = parentOf(pointer)
  const rules = valueAt(object, list)
  const open = Array.isArray(rules) ? rules.findIndex((rule) => listAt(rule, 'match').length === 0) : -1
  if (open < 0) return undefined
  return { code: 'open-rule-last', operations: moved(object, `${list}/${open}`, `${list}/-`) }
}

const unknownKey: Mend = ({ object, pointer, params: { key = '' } }) => {
  const better = nearestWord(['metadata', 'spec', 'status'], key)
  if (better !== undefined && at(object, better) === undefined) {
    return { code: 'rename-key', params: { better }, operations: moved(object, pointer, step(better)) }
  }
  return { code: 'remove-key', params: { key }, operations: [remove(pointer)] }
}

const MENDS: Readonly<Record<string, Mend>> = {
  'weight-negative': positiveWeight,
  'weights-zero': shareEqually,
  'hosts-overlap': oneHost,
  'retries-off': retriesOff,
  'retry-condition-unknown': nearestCondition,
  'duration-fine': wholeMilliseconds,
  'port-name-missing': portName,
  'port-name-twice': portName,
  'protocol-unknown': nearestProtocol,
  'subset-twice': twinSubset,
  'egress-host-form': egressAnywhere,
  'egress-host-twice': removeEntry('remove-entry'),
  'export-twice': removeEntry('remove-entry'),
  'entry-endpoints-unused': ({ object, pointer }) => ({
    code: 'resolve-static',
    operations: [put(`${parentOf(pointer)}/resolution`, resolutionFor(valueAt(object, pointer)))],
  }),
  'export-mixed': ({ pointer }) => ({
    code: 'export-everywhere',
    operations: [{ op: 'replace', path: pointer, value: ['*'] }],
  }),
  'rules-missing': ({ pointer }) => ({ code: 'match-everything', operations: [put(`${pointer}/rules`, [{}])] }),
  'dry-run-unsupported': removeEntry('remove-annotation'),
  'annotation-internal': removeEntry('remove-annotation'),
  'key-unknown': unknownKey,
  'mirror-percent-deprecated': movedSetting('mirrorPercentage', (value) => ({ value })),
  'consecutive-errors-deprecated': movedSetting('consecutiveGatewayErrors', (value) => value),
  'ring-size-deprecated': movedSetting('ringHash', (value) => ({ minimumRingSize: value })),
  'gateway-name-legacy': ({ pointer, params: { better = '' } }) => ({
    code: 'use-name',
    params: { better },
    operations: [{ op: 'replace', path: pointer, value: better }],
  }),
  'filter-name-deprecated': ({ object, pointer, params: { name = '', better = '' } }) => {
    const place = ['/name', '/subFilter/name'].find((each) => valueAt(object, pointer + each) === name)
    if (place === undefined) return undefined
    return {
      code: 'use-name',
      params: { better },
      operations: [{ op: 'replace', path: pointer + place, value: better }],
    }
  },
  'only the last rule can have no matches': unreachable,
  'route without matches defined before': unreachable,
  'all matches used by prior rules': unreachable,
}

/** Endpoints that are all addresses need no DNS. */
function resolutionFor(endpoints: Json | undefined): string {
  const named = Array.isArray(endpoints) && endpoints.some((each) => !/^[\d.]+$|:/.test(textAt(each, 'address') ?? ''))
  return named ? 'DNS' : 'STATIC'
}
