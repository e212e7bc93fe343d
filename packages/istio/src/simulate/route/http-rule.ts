import type { Place } from '@orbweaver/contracts/explain'
import { at, isRecord, type Json, type JsonRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { resolveHost } from '../../world/hosts.ts'

/** One condition set of a rule. Gateways are resolved names. */
export type Match = { value: JsonRecord; place: Place }

/** One HTTP route of a VirtualService, or of what is turned into one; hosts of its destinations are resolved. */
export type HttpRule = {
  value: JsonRecord
  place: Place
  /** Of a delegate's: the route of its root, which is what proxies know it by. */
  root: Place | undefined
  matches: readonly Match[]
  /** Fields that another object says, by name. */
  from: Readonly<Record<string, Place>>
  /** Where its destinations are said, one by one. */
  routes: readonly Place[]
}

/** One TCP or TLS route. */
export type StreamRule = { value: JsonRecord; place: Place; matches: readonly Match[] }

/** Where names are resolved from. */
export type Home = { namespace: string; domain: string }

/** The place that sets a field of a rule. */
export function placeOf(rule: { place: Place; from?: Readonly<Record<string, Place>> }, field: string): Place {
  return rule.from?.[field] ?? { ref: rule.place.ref, pointer: `${rule.place.pointer}/${field}` }
}

export function httpRule(value: Json, place: Place, home: Home): HttpRule {
  const routes = listAt(value, 'route').map((_, index) => ({
    ref: place.ref,
    pointer: `${place.pointer}/route/${index}`,
  }))
  return {
    value: resolvedRoute(recordOf(value), home),
    place,
    root: undefined,
    matches: matchesOf(value, place, home),
    from: {},
    routes,
  }
}

export function streamRule(value: Json, place: Place, home: Home): StreamRule {
  return { value: resolvedRoute(recordOf(value), home), place, matches: matchesOf(value, place, home) }
}

function matchesOf(value: Json, place: Place, home: Home): Match[] {
  return listAt(value, 'match').map((each, index) => {
    const gateways = textsAt(each, 'gateways').map((name) => gatewayName(name, home))
    const match = gateways.length === 0 ? recordOf(each) : { ...recordOf(each), gateways }
    return { value: match, place: { ref: place.ref, pointer: `${place.pointer}/match/${index}` } }
  })
}

function recordOf(value: Json): JsonRecord {
  return isRecord(value) ? value : {}
}

/** Short names of hosts belong to the namespace of the rule (model/virtualservice.go, ResolveVirtualServiceShortnames). */
function resolvedRoute(value: JsonRecord, home: Home): JsonRecord {
  const { match: _, ...rest } = value
  const out: JsonRecord = { ...rest }
  if (value.route !== undefined) out.route = listAt(value, 'route').map((each) => resolvedHolder(each, home))
  if (isRecord(value.mirror)) out.mirror = resolvedDestination(value.mirror, home)
  if (value.mirrors !== undefined) out.mirrors = listAt(value, 'mirrors').map((each) => resolvedHolder(each, home))
  return out
}

function resolvedHolder(holder: Json, home: Home): Json {
  if (!isRecord(holder) || !isRecord(holder.destination)) return holder
  return { ...holder, destination: resolvedDestination(holder.destination, home) }
}

function resolvedDestination(destination: JsonRecord, home: Home): JsonRecord {
  const host = textAt(destination, 'host') ?? ''
  return { ...destination, host: host === '' ? '' : resolveHost(host, home.namespace, home.domain) }
}

/** `mesh`, or namespace and name (model/config.go, resolveGatewayName). */
export function gatewayName(name: string, { namespace }: Pick<Home, 'namespace'>): string {
  if (name === 'mesh') return name
  const slash = name.indexOf('/')
  if (slash >= 0) return name.slice(0, slash) === '.' ? `${namespace}${name.slice(slash)}` : name
  const [short = '', of] = name.split('.')
  return of === undefined ? `${namespace}/${name}` : `${of}/${short}`
}

/** Whether a field says anything: null is nothing. */
export function says(value: unknown, field: string): boolean {
  const found = at(value, field)
  return found !== undefined && found !== null
}
