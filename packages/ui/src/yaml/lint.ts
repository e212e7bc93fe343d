import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { isOpen, pathOfPointer, type Schema, schemaAt, typeName } from './schema.ts'

export type Problem = {
  from: number
  to: number
  severity: 'error' | 'warning' | 'info'
  /** What is wrong, worded by the kit; `syntax` and `external` carry a sentence of their own. */
  code: 'syntax' | 'unknown' | 'type' | 'enum' | 'missing' | 'range' | 'external'
  params: Record<string, string>
}

/** What somebody else (istiod, a finding, the server's dry run) says about a place in the object. */
export type Remark = { pointer: string; message: string; severity: 'error' | 'warning' | 'info' }

/** Everything wrong with the text, by syntax first: a text that does not parse is not compared with the schema. */
export function problemsOf(text: string, schema: Schema | undefined, remarks: Remark[] = []): Problem[] {
  const document = parse(text)
  const syntax = [...document.errors, ...document.warnings].map(
    (error): Problem => ({
      from: Math.min(error.pos[0], text.length),
      to: Math.min(Math.max(error.pos[1], error.pos[0]), text.length),
      severity: error.name === 'YAMLWarning' ? 'warning' : 'error',
      code: 'syntax',
      params: { message: error.message.split('\n', 1)[0] ?? error.message },
    }),
  )
  if (document.errors.length > 0) return syntax
  const shape = schema === undefined ? [] : shapeProblems(document.contents, schema)
  return [...syntax, ...shape, ...remarks.map((remark) => remarkProblem(document, remark))]
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { prettyErrors: false, stringKeys: true })
}

function shapeProblems(node: unknown, schema: Schema): Problem[] {
  if (isAlias(node)) return []
  if (isMap(node)) return mapProblems(node, schema)
  if (isSeq(node)) return seqProblems(node, schema)
  return isScalar(node) ? scalarProblems(node, schema) : []
}

function mapProblems(node: YAMLMap, schema: Schema): Problem[] {
  if (schema.type !== undefined && schema.type !== 'object') return [wrongType(node, schema, 'object')]
  const names = new Set<string>()
  const inside = node.items.flatMap((pair) => {
    if (!isScalar(pair.key)) return []
    const name = String(pair.key.value)
    names.add(name)
    const child = schemaAt(schema, [name])
    if (child !== undefined) return shapeProblems(pair.value, child)
    return isOpen(schema) ? [] : [problem(pair.key, 'unknown', { field: name })]
  })
  const missing = (schema.required ?? []).filter((name) => !names.has(name))
  const first = node.items[0]?.key
  return [...inside, ...missing.map((field) => problem(isScalar(first) ? first : node, 'missing', { field }))]
}

function seqProblems(node: YAMLSeq, schema: Schema): Problem[] {
  if (schema.type !== undefined && schema.type !== 'array') return [wrongType(node, schema, 'array')]
  const items = schema.items
  return items === undefined ? [] : node.items.flatMap((item) => shapeProblems(item, items))
}

function scalarProblems(node: Scalar, schema: Schema): Problem[] {
  if (node.value === null) return []
  const found = scalarType(node.value)
  if (!fits(found, schema)) return [wrongType(node, schema, found)]
  if (schema.enum !== undefined && !schema.enum.includes(node.value)) {
    return [problem(node, 'enum', { values: schema.enum.map(String).join(', ') })]
  }
  return outside(node.value, schema) ? [problem(node, 'range', { range: rangeOf(schema) })] : []
}

function scalarType(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function fits(found: string, schema: Schema): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) return found === 'integer' || found === 'string'
  if (schema.type === undefined || schema.type === found) return true
  return schema.type === 'number' && found === 'integer'
}

function outside(value: unknown, schema: Schema): boolean {
  if (typeof value !== 'number') return false
  return value < (schema.minimum ?? Number.NEGATIVE_INFINITY) || value > (schema.maximum ?? Number.POSITIVE_INFINITY)
}

function rangeOf(schema: Schema): string {
  return `${schema.minimum ?? '−∞'} … ${schema.maximum ?? '∞'}`
}

function wrongType(node: Node, schema: Schema, found: string): Problem {
  return problem(node, 'type', { expected: typeName(schema), found })
}

/** Unknown fields are pruned silently by API servers and refused by strict ones: an error, as in our dry run. */
function problem(node: Node, code: Problem['code'], params: Record<string, string>): Problem {
  return { ...rangeOfNode(node), severity: 'error', code, params }
}

/** Of a map its first field: underlining a whole block tells nothing. */
function rangeOfNode(node: unknown): { from: number; to: number } {
  const first = isMap(node) ? (node.items[0]?.key ?? node) : node
  const range = isMap(first) || isSeq(first) || isScalar(first) ? first.range : undefined
  return { from: range?.[0] ?? 0, to: range?.[1] ?? 0 }
}

/** A remark stands at its place, or at the nearest place above it that the text has. */
function remarkProblem(document: Document.Parsed, remark: Remark): Problem {
  const path = pathOfPointer(remark.pointer)
  const params = { message: remark.message }
  for (let length = path.length; length > 0; length -= 1) {
    const place = nodeAt(document, path.slice(0, length))
    if (place !== undefined) return { ...rangeOfNode(place), severity: remark.severity, code: 'external', params }
  }
  return { from: 0, to: 0, severity: remark.severity, code: 'external', params }
}

/** A scalar itself; of maps and lists the field they hang on. */
function nodeAt(document: Document.Parsed, path: (string | number)[]): unknown {
  const node = document.getIn(path, true)
  if (isScalar(node) && node.value !== null) return node
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const last = path.at(-1)
  if (isMap(parent)) return parent.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === last)?.key
  return node
}
