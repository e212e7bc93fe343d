import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { mended } from './objects-mend.ts'
import { durations, keysFor, mapTexts, numbersFor, oddities, textsFor } from './objects-values.ts'

/** The same numbers from 0 up to 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number

/** One kind as its CRD describes it. */
export type Described = { apiVersion: string; kind: string; spec: JsonRecord }

/** What CRDs say of kinds, each in its newest served version. */
export function describedBy(crds: readonly KubernetesObject[]): Described[] {
  return crds.map((crd) => {
    const version = listAt(crd, 'spec', 'versions')[0] ?? null
    return {
      apiVersion: `${textAt(crd, 'spec', 'group') ?? ''}/${textAt(version, 'name') ?? ''}`,
      kind: textAt(crd, 'spec', 'names', 'kind') ?? '',
      spec: recordAt(version, 'schema', 'openAPIV3Schema', 'properties', 'spec'),
    }
  })
}

/**
 * Any number of objects of Istio's kinds: as their schema has them with values that fit, and with faults of every sort, so
 * that about half are refused.
 */
export function* objects(described: readonly Described[], seed: number, count: number): Generator<KubernetesObject> {
  const random = seeded(seed)
  for (let index = 0; index < count; index += 1) {
    const of = pick(random, described)
    if (of === undefined) return
    const care = pick(random, CARE) ?? 1
    const make = maker(random, care)
    const spec = make.value(of.spec, { name: 'spec', depth: 0 })
    const metadata = { name: `${of.kind.toLowerCase()}-${index}`, namespace: 'shop', ...marks(random) }
    const made = { apiVersion: of.apiVersion, kind: of.kind, metadata, spec }
    const object = random() < 0.7 ? mended(made) : made
    const mutations = Math.floor(random() ** 2 * 3)
    for (let each = 0; each < mutations; each += 1) mutate(random, recordAt(object, 'spec'))
    yield object
  }
}

function pick<Item>(random: Random, from: readonly Item[]): Item | undefined {
  return from[Math.floor(random() * from.length)]
}

/** How much an object's maker looks for what fits: lists of values have that first. */
const CARE = [1, 4, 12, 40, 40]

function marks(random: Random): { labels?: Record<string, string>; annotations?: Record<string, string> } {
  const chance = random()
  if (chance < 0.02) return { annotations: { 'istio.io/dry-run': pick(random, ['true', 'x', 'F']) ?? '' } }
  if (chance < 0.03) return { annotations: { 'internal.istio.io/parents': 'x' } }
  if (chance < 0.05) return { labels: { 'networking.istio.io/enable-autoallocate-ip': 'false' } }
  if (chance < 0.07) return { labels: { 'istio.io/use-waypoint': 'a' } }
  if (chance < 0.08) return { annotations: { 'internal.istio.io/route-semantics': 'gateway' } }
  return chance < 0.09 ? { annotations: { 'internal.istio.io/gateway-semantics': 'gateway' } } : {}
}

type Place = { name: string; depth: number; within?: string }

function maker(random: Random, care: number) {
  const likely = <Item>(from: readonly Item[]): Item | undefined => from[Math.floor(random() ** care * from.length)]
  const value = (schema: JsonRecord, place: Place): Json => {
    const choices = listAt(schema, 'enum')
    if (choices.length > 0) return pick(random, choices) ?? null
    switch (schema['type']) {
      case 'object':
        return isRecord(schema['additionalProperties'])
          ? map(schema['additionalProperties'], place)
          : record(schema, place)
      case 'array':
        return list(recordAt(schema, 'items'), place)
      case 'integer':
      case 'number':
        return numberOf(schema, likely(numbersFor(place.name)) ?? 0)
      case 'boolean':
        return random() < 0.5
      default:
        return schema['x-kubernetes-int-or-string'] === true ? 1 : text(schema, place)
    }
  }
  const text = (schema: JsonRecord, { name, within }: Place): string => {
    const rules = listAt(schema, 'x-kubernetes-validations')
    const isDuration = rules.some((rule) => (textAt(rule, 'rule') ?? '').includes('duration'))
    const pool = isDuration ? durations : textsFor(name, within)
    return likely(pool) ?? ''
  }
  const list = (items: JsonRecord, place: Place): Json[] => {
    const size = random() < 0.2 / care ? 0 : 1 + Math.floor(random() ** 2 * 3)
    return Array.from({ length: size }, () => value(items, { ...place, depth: place.depth + 1 }))
  }
  const map = (values: JsonRecord, place: Place): JsonRecord => {
    const size = random() < 0.2 / care ? 0 : 1 + Math.floor(random() * 2)
    const pool = keysFor(place.name)
    const entries = Array.from({ length: size }, (): [string, Json] => {
      const plain = values['type'] === 'string' && values['enum'] === undefined
      const each = plain ? (likely(mapTexts(place.name)) ?? '') : value(values, { ...place, depth: place.depth + 1 })
      return [likely(pool) ?? 'a', each]
    })
    return Object.fromEntries(entries)
  }
  const record = (schema: JsonRecord, place: Place): JsonRecord => {
    const dropped = new Set(excluded(random, schema))
    const needed = new Set(listAt(schema, 'required').filter((each) => typeof each === 'string'))
    const chance = (place.depth < 2 ? 0.5 : 0.35) / (care > 4 ? 2 : 1)
    const made: JsonRecord = {}
    for (const [key, field] of Object.entries(recordAt(schema, 'properties'))) {
      const isNeeded = needed.has(key) || TYPICAL.has(`${place.name}.${key}`)
      const there = isNeeded ? random() > 0.2 / care : random() < chance && !dropped.has(key)
      if (there && isRecord(field)) made[key] = value(field, { name: key, depth: place.depth + 1, within: place.name })
    }
    return made
  }
  return { value }
}

const numberOf = ({ type }: JsonRecord, value: number): number => (type === 'integer' ? Math.trunc(value) : value)

/** Of fields that exclude each other all but one. */
function excluded(random: Random, schema: JsonRecord): string[] {
  const groups = [schema, ...listAt(schema, 'allOf')].map((each) =>
    listAt(each, 'oneOf').flatMap((option) => listAt(option, 'required').filter((field) => typeof field === 'string')),
  )
  return groups.flatMap((fields) => {
    const kept = pick(random, fields)
    return fields.filter((field) => field !== kept)
  })
}

/** Fields that are in nearly every object of its kind. */
const TYPICAL = new Set(
  [
    ['spec.hosts', 'spec.http', 'http.route', 'route.destination', 'destination.host', 'spec.host', 'spec.servers'],
    ['spec.ports', 'servers.hosts', 'servers.port', 'spec.egress', 'egress.hosts', 'spec.template', 'spec.address'],
    [
      'spec.configPatches',
      'configPatches.patch',
      'configPatches.applyTo',
      'patch.operation',
      'from.source',
      'to.operation',
    ],
    [
      'when.values',
      'targetRefs.name',
      'tls.match',
      'match.sniHosts',
      'spec.url',
      'jwtRules.issuer',
      'port.number',
      'port.name',
    ],
    ['ingress.port', 'subsets.name', 'ports.name', 'ports.number', 'ports.protocol', 'port.protocol', 'patch.value'],
  ].flat(),
)

/** One thing that somebody gets wrong: a field gone, twice, or of an odd value. */
function mutate(random: Random, spec: JsonRecord): void {
  const places = placesIn(spec)
  const at = pick(random, places)
  if (at === undefined) return
  const { parent, key } = at
  const kind = random()
  if (Array.isArray(parent)) {
    const index = Number(key)
    if (kind < 0.4) parent.push(structuredClone(parent[index] ?? null))
    else if (kind < 0.7) parent.splice(index, 1)
    else parent[index] = odd(random, parent[index])
  } else if (kind < 0.6) delete parent[key]
  else parent[key] = odd(random, parent[key])
}

/** Mostly of the same type: what is of another one the API server refuses before istiod sees it. */
function odd(random: Random, value: Json | undefined): Json {
  const alike = oddities.filter((each) => typeof each === typeof value && Array.isArray(each) === Array.isArray(value))
  return structuredClone(pick(random, random() < 0.8 && alike.length > 0 ? alike : oddities) ?? null)
}

type Slot = { parent: JsonRecord | Json[]; key: string }

function placesIn(value: Json | undefined): Slot[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => [{ parent: value, key: String(index) }, ...placesIn(each)])
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, each]) => [{ parent: value, key }, ...placesIn(each)])
}
