import { Environment, type ParseResult } from '@marcbachmann/cel-js'
import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { registerKubernetesLibrary } from './cel-library.ts'
import type { Schema } from './schema.ts'

/** A compiled rule: true or false, or an error in the library's words. */
export type Program = { evaluate(variables: Record<string, unknown>): unknown; mentions(name: string): boolean }

const base = registerKubernetesLibrary(
  new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, unlistedVariablesAreDyn: false }),
)

const environments = new Map<string, Environment>()

function environment(variables: readonly string[]): Environment {
  const key = variables.join(',')
  const known = environments.get(key)
  if (known !== undefined) return known
  const made = variables.reduce((all, name) => all.registerVariable(name, 'dyn'), base.clone())
  environments.set(key, made)
  return made
}

export class CelError extends Error {
  override readonly name = 'CelError'
}

const programs = new Map<string, Program>()

/** Compiles an expression over untyped variables; throws CelError with the compiler's words. */
export function compileCel(expression: string, variables: readonly string[]): Program {
  const key = `${variables.join(',')}|${expression}`
  const known = programs.get(key)
  if (known !== undefined) return known
  const made = compiled(expression, variables)
  programs.set(key, made)
  return made
}

function compiled(expression: string, variables: readonly string[]): Program {
  let parsed: ParseResult
  try {
    parsed = environment(variables).parse(indexedHas(expression))
  } catch (fault) {
    throw new CelError(`compilation failed: ERROR: <input>:1:1: ${firstLine(fault)}`)
  }
  const checked = parsed.check()
  if (!checked.valid) throw new CelError(`compilation failed: ERROR: <input>:1:1: ${firstLine(checked.error)}`)
  const words = new Set(expression.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? [])
  return {
    mentions: (name) => words.has(name),
    evaluate(values) {
      const result: unknown = parsed(values)
      return result
    },
  }
}

/** The library's `has()` takes no index on its way (`has(self[0].matches)`); asking the map for the key is the same. */
function indexedHas(expression: string): string {
  return expression.replace(/\bhas\(([\w.]+\[\d+\])\.(\w+)\)/g, "('$2' in $1)")
}

function firstLine(fault: unknown): string {
  return (fault instanceof Error ? fault.message : String(fault)).split('\n')[0] ?? ''
}

/** Names that CEL reserves are written `__name__` in rules. Source: apiserver pkg/cel/escaping.go. */
const reserved: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
])

function escaped(name: string): string {
  if (reserved.has(name)) return `__${name}__`
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !name.includes('__')) return name
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__')
}

/** The name of a field as the schema has it. */
export function unescaped(name: string): string {
  const keyword = /^__(\w+)__$/.exec(name)?.[1]
  if (keyword !== undefined && reserved.has(keyword)) return keyword
  return name
    .replaceAll('__dot__', '.')
    .replaceAll('__dash__', '-')
    .replaceAll('__slash__', '/')
    .replaceAll('__underscores__', '__')
}

/** A JSON value as CEL sees it under a schema: integers as int, dates as timestamps, names escaped. */
export function celValue(value: Json | undefined, schema: Schema | undefined): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return celNumber(value, schema)
  if (typeof value === 'string') return celString(value, schema)
  if (Array.isArray(value)) return value.map((each) => celValue(each, schema?.items))
  return isRecord(value) ? celRecord(value, schema) : value
}

function celRecord(value: JsonRecord, schema: Schema | undefined): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) continue
    const field = schema?.fields.get(key)
    if (field === undefined) out[key] = celValue(each, schema?.values)
    else if (each !== null || field.nullable) out[escaped(key)] = celValue(each, field)
  }
  return out
}

function celNumber(value: number, schema: Schema | undefined): unknown {
  if (schema?.type === 'number') return value
  return Number.isInteger(value) ? BigInt(value) : value
}

function celString(value: string, schema: Schema | undefined): unknown {
  if ((schema?.format === 'date-time' || schema?.format === 'date') && schema.struct === '') {
    const date = new Date(value)
    return Number.isNaN(date.getTime()) ? value : date
  }
  return value
}
