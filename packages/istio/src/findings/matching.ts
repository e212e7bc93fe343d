import {
  at,
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  sameJson,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'

/** Parts of an HTTP match beside the path that are one string each, and those that are a map of them. */
const single = ['scheme', 'method', 'authority']
const several = ['headers', 'queryParams']

/**
 * Whether one HTTPMatchRequest takes every request that another takes, as far as that can be told: regular expressions are
 * compared as they are written. An empty record takes everything.
 */
export function takesAll(wider: Json, narrower: Json): boolean {
  return (
    at(wider, 'ignoreUriCase') === at(narrower, 'ignoreUriCase') &&
    (textAt(wider, 'uri', 'prefix') === '/' || covers(at(wider, 'uri'), at(narrower, 'uri'))) &&
    single.every((field) => covers(at(wider, field), at(narrower, field))) &&
    several.every((field) => coversEach(recordAt(wider, field), recordAt(narrower, field))) &&
    Object.entries(recordAt(wider, 'withoutHeaders')).every(([name, each]) =>
      sameJson(each ?? null, at(narrower, 'withoutHeaders', name) ?? null),
    ) &&
    isSource(wider, narrower)
  )
}

/** Of the proxies that it is for. */
function isSource(wider: Json, narrower: Json): boolean {
  const labels = stringsAt(narrower, 'sourceLabels')
  const gateways = listAt(wider, 'gateways')
  const theirs = listAt(narrower, 'gateways')
  return (
    Object.entries(stringsAt(wider, 'sourceLabels')).every(([key, value]) => labels[key] === value) &&
    [undefined, textAt(narrower, 'sourceNamespace')].includes(textAt(wider, 'sourceNamespace')) &&
    [undefined, numberAt(narrower, 'port')].includes(numberAt(wider, 'port')) &&
    (gateways.length === 0 || (theirs.length > 0 && theirs.every((each) => gateways.includes(each))))
  )
}

function coversEach(wider: JsonRecord, narrower: JsonRecord): boolean {
  return Object.entries(wider).every(([name, each]) => isRecord(narrower[name]) && covers(each, narrower[name]))
}

/** StringMatch: one that says nothing takes whatever is there. */
function covers(wider: Json | undefined, narrower: Json | undefined): boolean {
  if (wider === undefined || isAnything(wider)) return true
  const [prefix, exact] = [textAt(narrower, 'prefix'), textAt(narrower, 'exact')]
  const start = textAt(wider, 'prefix')
  if (start !== undefined) return (prefix ?? exact ?? '').startsWith(start) && (prefix ?? exact) !== undefined
  return sameJson(wider, narrower ?? null)
}

function isAnything(match: Json): boolean {
  return textAt(match, 'regex') === '.*' || (isRecord(match) && Object.keys(match).length === 0)
}

/** A match that Envoy's routes are cut off after (istio pilot/pkg/networking/core/route, IsCatchAllRoute). */
export function isCatchAll(match: Json): boolean {
  const uri = at(match, 'uri')
  const all = uri === undefined || textAt(uri, 'prefix') === '/' || textAt(uri, 'regex') === '.*'
  const others = ['headers', 'withoutHeaders', 'queryParams', 'method', 'authority', 'scheme']
  return all && others.every((field) => Object.keys(recordAt(match, field)).length === 0)
}
