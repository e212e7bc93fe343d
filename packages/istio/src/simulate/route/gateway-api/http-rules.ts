import type { Place } from '@orbweaver/contracts/explain'
import { at, isRecord, type Json, type JsonRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { HttpRule, Match } from '../http-rule.ts'
import { destinationsOf, type Reading, Unusable, weightSum } from './backends.ts'
import { filtered } from './filters.ts'

/** Rules of an HTTPRoute or a GRPCRoute, one for each match, in the order they are written; none where one of them cannot be read. */
export function httpRules(reading: Reading): HttpRule[] {
  try {
    return rulesIn(reading.route).flatMap((rule, index) => {
      const place = { ref: refOf(reading.world.config.cluster, reading.route), pointer: `/spec/rules/${index}` }
      const matches = listAt(rule, 'matches').map((each, number): Match => {
        const value = reading.route.kind === 'GRPCRoute' ? grpcMatch(each) : httpMatch(each)
        return { value, place: { ref: place.ref, pointer: `${place.pointer}/matches/${number}` } }
      })
      const one = ruleOf(reading, rule, place)
      return matches.length === 0 ? [one] : matches.map((match) => ({ ...one, matches: [match] }))
    })
  } catch (error) {
    if (error instanceof Unusable) return []
    throw error
  }
}

/** As the API server completes an HTTPRoute: without rules it has one, without matches a rule takes every path. */
function rulesIn(route: KubernetesObject): Json[] {
  if (route.kind !== 'HTTPRoute') return listAt(route, 'spec', 'rules')
  const written = at(route, 'spec', 'rules') === undefined ? [{}] : listAt(route, 'spec', 'rules')
  return written.map((each) => (isRecord(each) && each.matches === undefined ? { ...each, matches: [{}] } : each))
}

function ruleOf(reading: Reading, rule: Json, place: Place): HttpRule {
  const { value, from } = filtered(reading, listAt(rule, 'filters'), place)
  const inRule = (field: string) => ({ ref: place.ref, pointer: `${place.pointer}/${field}` })
  const isHttp = reading.route.kind === 'HTTPRoute'
  const timed = isHttp ? timesOf(rule) : {}
  const base: HttpRule = {
    value: { ...value, ...timed },
    place,
    root: undefined,
    matches: [],
    from: { ...from, timeout: inRule('timeouts'), retries: inRule('retry'), directResponse: inRule('backendRefs') },
    routes: [],
  }
  if (weightSum(rule) === 0 && base.value.redirect === undefined) {
    return { ...base, value: { ...base.value, directResponse: { status: 500 } } }
  }
  const { route, places } = destinationsOf(reading, rule, place.pointer)
  return { ...base, value: { ...base.value, route }, routes: places }
}

/** A duration of nothing is none said; a backend's is that of one attempt where there are several. */
function timesOf(rule: Json): JsonRecord {
  const said = (field: string) => {
    const text = textAt(rule, 'timeouts', field)
    return text === undefined || /^(?:0(?:h|m|s|ms))+$/.test(text) ? undefined : text
  }
  const retry = recordAt(rule, 'retry')
  const isRetried = isRecord(rule) && isRecord(rule.retry)
  const [request, backend] = [said('request'), said('backendRequest')]
  const timeout = isRetried ? request : (backend ?? request)
  return {
    ...(timeout !== undefined && { timeout }),
    ...(isRetried && { retries: retriesOf(retry, backend) }),
  }
}

function retriesOf(retry: JsonRecord, backend: string | undefined): JsonRecord {
  const codes = listAt(retry, 'codes').filter((each) => typeof each === 'number')
  const attempts = numberAt(retry, 'attempts') ?? 2
  const retryOn = ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', ...codes].join(',')
  return {
    attempts,
    ...(attempts > 0 && { retryOn }),
    ...(textAt(retry, 'backoff') !== undefined && { backoff: textAt(retry, 'backoff') }),
    ...(backend !== undefined && { perTryTimeout: backend }),
  }
}

/** Exact where nothing else is said. */
function valueMatch(match: Json): JsonRecord {
  const value = textAt(match, 'value') ?? ''
  return (textAt(match, 'type') ?? 'Exact') === 'RegularExpression' ? { regex: value } : { exact: value }
}

function named(list: readonly Json[]): JsonRecord {
  return Object.fromEntries(list.map((each) => [textAt(each, 'name') ?? '', valueMatch(each)]))
}

function httpMatch(match: Json): JsonRecord {
  const headers = named(listAt(match, 'headers'))
  const queryParams = named(listAt(match, 'queryParams'))
  const method = textAt(match, 'method')
  return {
    uri: pathMatch(recordAt(match, 'path')),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(queryParams).length > 0 && { queryParams }),
    ...(method !== undefined && { method: { exact: method } }),
  }
}

function pathMatch(path: JsonRecord): JsonRecord {
  const value = textAt(path, 'value') ?? '/'
  const type = textAt(path, 'type') ?? 'PathPrefix'
  if (type === 'Exact') return { exact: value }
  if (type === 'RegularExpression') return { regex: value }
  return { prefix: value === '/' ? value : value.replace(/\/$/, '') }
}

function grpcMatch(match: Json): JsonRecord {
  const headers = named(listAt(match, 'headers'))
  const uri = isRecord(match) && isRecord(match.method) ? grpcPath(match.method) : undefined
  return { ...(uri !== undefined && { uri }), ...(Object.keys(headers).length > 0 && { headers }) }
}

/** `/<Service>/<Method>`, each of which may be left out. */
function grpcPath(said: JsonRecord): JsonRecord {
  const [service, method] = [textAt(said, 'service'), textAt(said, 'method')]
  if (service === undefined && method === undefined) throw new Unusable('a match of nothing')
  const isExact = (textAt(said, 'type') ?? 'Exact') === 'Exact'
  if (service === undefined) return { regex: `/[^/]+/${method}` }
  if (method === undefined) return isExact ? { prefix: `/${service}/` } : { regex: `/${service}/.+` }
  return isExact ? { exact: `/${service}/${method}` } : { regex: `/${service}/${method}` }
}
