import { type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { type ValueProblem, checkValues } from '@orbweaver/istio/values/check'
import { type GivenValue, givenValues } from '@orbweaver/istio/values/given'
import { type AllValues, fieldsOf, type ValueField, type ValuesSchema } from '@orbweaver/istio/values/schema'
import { withPath } from '../draft.ts'

/** One line of the list: a value that can be set, or one that is set and not known. */
export type Entry = {
  path: string
  keys: readonly string[]
  field?: ValueField
  given?: GivenValue
  problems: readonly ValueProblem[]
}

/** All values of a draft's version, with what the draft says of them; undefined where its version is not known. */
export function entriesOf(all: AllValues, spec: JsonRecord): { schema: ValuesSchema; entries: Entry[] } | undefined {
  const schema = all.of(textAt(spec, 'version') ?? '')
  if (schema === undefined) return undefined
  const values = recordAt(spec, 'values')
  const given = givenValues(schema, values)
  const problems = checkValues(schema, values)
  const problemsOf = (path: string) =>
    problems.filter(
      (each) => each.path === path || each.path.startsWith(`${path}.`) || each.path.startsWith(`${path}[`),
    )
  const byPath = new Map(given.map((each) => [each.path, each]))
  const known = fieldsOf(schema).map((field): Entry => {
    const own = byPath.get(field.path)
    const base = { path: field.path, keys: field.path.split('.'), field }
    return own === undefined ? { ...base, problems: [] } : { ...base, given: own, problems: problemsOf(field.path) }
  })
  const unknown = given
    .filter(({ field }) => field === undefined)
    .map((each): Entry => ({ path: each.path, keys: each.keys, given: each, problems: problemsOf(each.path) }))
  return { schema, entries: [...unknown, ...known] }
}

/** What Istio's chart says where the draft says something, and what the draft says there, as two documents. */
export function sidesOf(entries: readonly Entry[]): { before: JsonRecord; after: JsonRecord } {
  let before: JsonRecord = {}
  let after: JsonRecord = {}
  for (const { keys, given, field } of entries) {
    if (given === undefined) continue
    before = withPath(before, keys, field?.default)
    after = withPath(after, keys, given.value)
  }
  return { before, after }
}
