import { listAt, textAt } from '@orbweaver/contracts/json'
import { CelError, unescaped } from './cel.ts'
import { compileRule } from './rules.ts'
import { fieldOf, type Schema } from './schema.ts'

/** Every rule of a schema that does not compile, with its place: a CRD with one is refused. */
export function uncompilable(schema: Schema, path: string): { path: string; rule: string; words: string }[] {
  const found: { path: string; rule: string; words: string }[] = []
  for (const [index, raw] of listAt(schema.rules, 'x-kubernetes-validations').entries()) {
    try {
      compileRule(raw)
      knownFields(textAt(raw, 'rule') ?? '', schema)
    } catch (fault) {
      if (!(fault instanceof CelError)) throw fault
      const at = `${path}.x-kubernetes-validations[${index}].rule`
      found.push({ path: at, rule: textAt(raw, 'rule') ?? '', words: fault.message })
    }
  }
  for (const [key, each] of schema.fields) {
    if (each.struct === '') found.push(...uncompilable(each, `${path}.properties[${key}]`))
  }
  if (schema.items !== undefined) found.push(...uncompilable(schema.items, `${path}.items`))
  if (schema.values !== undefined) found.push(...uncompilable(schema.values, `${path}.additionalProperties`))
  return found
}

const literals = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g
const chains = /(?<![\w.])(?:self|oldSelf)((?:\.[A-Za-z_]\w*)+)\s*(\()?/g

/** Throws CelError for a field of `self` that the structure does not have: CEL's checker knows every type. */
function knownFields(rule: string, schema: Schema): void {
  const text = rule.replaceAll(literals, (literal) => ' '.repeat(literal.length))
  for (const { 1: chain = '', 2: call, index } of text.matchAll(chains)) {
    const names = chain.split('.').slice(1)
    if (call !== undefined) names.pop()
    const unknown = unknownIn(schema, names)
    if (unknown === undefined) continue
    throw new CelError(`compilation failed: ERROR: <input>:1:${index + 5}: undefined field '${unknown}'`)
  }
}

/** The first of these names that does not lead on; what is behind a list or free JSON is not known. */
function unknownIn(schema: Schema, names: readonly string[]): string | undefined {
  const [name, ...rest] = names
  if (name === undefined || schema.type !== 'object' || schema.open || schema.struct !== '') return undefined
  const below = fieldOf(schema, unescaped(name))
  return below === undefined ? name : unknownIn(below, rest)
}
