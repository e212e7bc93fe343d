import { inTextOrder } from './text-order.ts'

/** JSON as it comes from an API server, and the only way we look into it: by narrowing, never by assertion. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined }
export type JsonRecord = { [key: string]: Json | undefined }

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (Array.isArray(value)) return value.every(isJson)
  return isRecord(value) && Object.values(value).every((each) => each === undefined || isJson(each))
}

type Path = readonly (string | number)[]

/** Follows object keys and array indexes; undefined where the path ends early. */
export function at(value: unknown, ...path: Path): Json | undefined {
  return follow(value, path)
}

function follow(value: unknown, path: Path): Json | undefined {
  let here: unknown = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    // All else that every object inherits is a function, which no JSON is.
    else here = isRecord(here) && (step !== '__proto__' || Object.hasOwn(here, step)) ? here[step] : undefined
    if (here === undefined) return undefined
  }
  return isJsonShallow(here) ? here : undefined
}

/** What came out of a parsed JSON document is JSON all the way down: one look at the top is enough. */
function isJsonShallow(value: unknown): value is Json {
  const type = typeof value
  return type === 'object' || type === 'string' || type === 'number' || type === 'boolean'
}

/** The string at a path, or undefined when it is anything else. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = follow(value, path)
  return typeof found === 'string' ? found : undefined
}

/** The number at a path, or undefined when it is anything else. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = follow(value, path)
  return typeof found === 'number' ? found : undefined
}

/** The boolean at a path, or undefined when it is anything else. */
export function flagAt(value: unknown, ...path: Path): boolean | undefined {
  const found = follow(value, path)
  return typeof found === 'boolean' ? found : undefined
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, ...path: Path): Json[] {
  const found = follow(value, path)
  return Array.isArray(found) ? found : []
}

/** The strings of the list at a path; entries of another type are left out. */
export function textsAt(value: unknown, ...path: Path): string[] {
  const found = follow(value, path)
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : []
}

/** The object at a path; empty when there is none. */
export function recordAt(value: unknown, ...path: Path): JsonRecord {
  const found = follow(value, path)
  return isRecord(found) ? found : {}
}

/** The string-to-string map at a path (labels, annotations, data); entries of another type are left out. */
export function stringsAt(value: unknown, ...path: Path): Record<string, string> {
  const out: Record<string, string> = {}
  const found = follow(value, path)
  if (!isRecord(found)) return out
  for (const key of Object.keys(found)) {
    const each = found[key]
    if (typeof each === 'string') out[key] = each
  }
  return out
}

/** JSON with sorted keys and no undefined: equal values give equal text. The base of every fingerprint. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  entries.sort(([a], [b]) => inTextOrder(a, b))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
}

/** Whether two values have the same canonical JSON, without writing it. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((each, index) => sameJson(each, b[index]))
  }
  if (isRecord(a) && isRecord(b)) return sameRecord(a, b)
  return (a ?? null) === (b ?? null)
}

function sameRecord(a: JsonRecord, b: JsonRecord): boolean {
  let more = 0
  for (const [key, each] of Object.entries(a)) {
    if (each === undefined) continue
    const other = Object.hasOwn(b, key) ? b[key] : undefined
    if (other === undefined || !sameJson(each, other)) return false
    more += 1
  }
  for (const each of Object.values(b)) if (each !== undefined) more -= 1
  return more === 0
}

/** The object as it will be on the wire: no undefined, no prototypes. What cannot be told as a JSON object is empty. */
export function plainRecord(value: object): JsonRecord {
  const plain: unknown = JSON.parse(JSON.stringify(value))
  return isRecord(plain) ? plain : {}
}
