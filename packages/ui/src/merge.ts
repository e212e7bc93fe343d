/** JSON as the merge sees it. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

export type Conflict = { pointer: string; base: Value | undefined; mine: Value | undefined; theirs: Value | undefined }
export type Side = 'mine' | 'theirs'

export type Merge = {
  conflicts: Conflict[]
  /** Places where only one side changed: taken over without asking. */
  automatic: string[]
  /** The merged object, conflicts decided as chosen; mine where nothing is chosen. */
  result: (choices: Record<string, Side>) => Value | undefined
}

type Sides = { base: Value | undefined; mine: Value | undefined; theirs: Value | undefined }

/**
 * Three-way merge of objects by field. Lists are one value, as in Istio's API (its CRDs declare no list-map keys, so
 * server-side apply treats them as atomic too): two sides that edited the same list have a conflict.
 */
export function merge(sides: Sides): Merge {
  const conflicts: Conflict[] = []
  const automatic: string[] = []
  walk(sides, '', {
    conflict: (pointer, at) => conflicts.push({ pointer, ...at }),
    changed: (pointer) => automatic.push(pointer),
  })
  return { conflicts, automatic, result: (choices) => decide(sides, '', choices) }
}

type Visitor = { conflict: (pointer: string, sides: Sides) => void; changed: (pointer: string) => void }

function walk(sides: Sides, pointer: string, visitor: Visitor): void {
  const { base, mine, theirs } = sides
  if (same(mine, theirs)) return
  if (same(base, mine) || same(base, theirs)) {
    visitor.changed(pointer)
    return
  }
  const fields = fieldsOf(sides)
  if (fields === undefined) visitor.conflict(pointer, sides)
  else for (const name of fields) walk(below(sides, name), `${pointer}/${escape(name)}`, visitor)
}

function decide(sides: Sides, pointer: string, choices: Record<string, Side>): Value | undefined {
  const { base, mine, theirs } = sides
  if (same(mine, theirs) || same(base, theirs)) return mine
  if (same(base, mine)) return theirs
  const fields = fieldsOf(sides)
  if (fields === undefined) return choices[pointer] === 'theirs' ? theirs : mine
  const out: { [key: string]: Value } = {}
  for (const name of fields) {
    const value = decide(below(sides, name), `${pointer}/${escape(name)}`, choices)
    if (value !== undefined) out[name] = value
  }
  return out
}

/** The fields of both sides when both are objects: only then there is something to go into. */
function fieldsOf({ base, mine, theirs }: Sides): string[] | undefined {
  if (!isObject(mine) || !isObject(theirs)) return undefined
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs), ...(isObject(base) ? Object.keys(base) : [])])]
}

function below(sides: Sides, name: string): Sides {
  const at = (value: Value | undefined) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined)
  return { base: at(sides.base), mine: at(sides.mine), theirs: at(sides.theirs) }
}

function isObject(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Equal as JSON; the order of fields does not count, that of lists does. */
function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, index) => same(each, b[index]))
  if (!isObject(a) || !isObject(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
}

/** A JSON document as the merge's value; what JSON cannot hold is left out. */
export function readValue(value: unknown): Value | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (Array.isArray(value)) return value.map((each) => readValue(each) ?? null)
  if (typeof value !== 'object') return undefined
  const out: { [key: string]: Value } = {}
  for (const [name, each] of Object.entries(value)) {
    const read = readValue(each)
    if (read !== undefined) out[name] = read
  }
  return out
}
