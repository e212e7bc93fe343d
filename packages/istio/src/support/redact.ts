import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { scrubbed, withheld } from './scrub.ts'

/**
 * What of a document may be told: `kept` for a text, or texts in a list; below a name what that says; below `*` what
 * holds for every name that is not listed. Lists are looked through. What is not listed is withheld.
 */
export type Allowed = 'kept' | AllowedBelow
export type AllowedBelow = { readonly [name: string]: Allowed }

/** Dotted paths, `*` for any name, as what they allow. */
export function allowing(paths: readonly string[]): AllowedBelow {
  const root: Tree = {}
  for (const path of paths) allow(root, path.split('.'))
  return root
}

type Tree = { [name: string]: 'kept' | Tree }

function allow(into: Tree, [step = '', ...rest]: readonly string[]): void {
  const below = into[step]
  if (below === 'kept') return
  if (rest.length === 0) {
    into[step] = 'kept'
    return
  }
  const tree = below ?? {}
  into[step] = tree
  allow(tree, rest)
}

/**
 * A document with its structure and without every text that is not allowed; allowed ones, and all names, are scrubbed
 * besides. Numbers and flags stay: nobody's secret is one.
 */
export function redacted(value: Json | undefined, allowed: Allowed | undefined): Json {
  if (Array.isArray(value)) return value.map((each) => redacted(each, allowed))
  if (isRecord(value)) return redactedRecord(value, allowed)
  if (typeof value !== 'string') return value ?? null
  if (value === '' || value === 'true' || value === 'false') return value
  return allowed === 'kept' ? scrubbed(value) : withheld
}

function redactedRecord(value: JsonRecord, allowed: Allowed | undefined): JsonRecord {
  const below = typeof allowed === 'object' ? allowed : {}
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(
    entries.map(([key, each]) => [scrubbed(key), redacted(each, Object.hasOwn(below, key) ? below[key] : below['*'])]),
  )
}
