import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { type Node, parseCel } from './cel.ts'

const fault: Code = {
  code: 'telemetry.filter-syntax',
  severity: 'rejected',
  istio: 'rejects',
  aliases: ['IST0106'],
}
const unknown: Code = { code: 'telemetry.filter-attribute', severity: 'warning', istio: 'accepts' }
const kind: Code = { code: 'telemetry.filter-type', severity: 'warning', istio: 'accepts' }
const never: Code = { code: 'telemetry.filter-never', severity: 'warning', istio: 'accepts' }

/**
 * Filters of access logs: istiod parses them and no more (pkg/config/validation, validateTelemetryFilter); Envoy leaves
 * out of the log what a filter cannot be worked out for.
 */
export const logFilters: Judge = {
  says: [fault, unknown, kind, never],
  kinds: [kinds.telemetry],
  judge: (subject) =>
    listAt(subject.object, 'spec', 'accessLogging').flatMap((each, index) => {
      const filter = at(each, 'filter')
      if (filter === undefined || filter === null) return []
      const source = textAt(filter, 'expression') ?? ''
      return judgeFilter(subject, source, `/spec/accessLogging/${index}/filter/expression`)
    }),
}

function judgeFilter(subject: Subject, source: string, pointer: string): Finding[] {
  const node = parseCel(source)
  if (node === undefined) return [found(subject, fault, { pointer, params: { expression: source } })]
  const spot = { source, pointer, node }
  const [lost] = pathsOf(node, []).filter(({ path }) => !roots.includes(path.split('.')[0] ?? ''))
  if (lost !== undefined) return [ofAttribute(subject, spot, lost)]
  const [odd] = relationsOf(node).filter(isOdd)
  if (odd !== undefined) return [ofType(subject, spot, odd)]
  return holds(node) ? [] : [found(subject, never, { pointer, params: { expression: source } })]
}

type Spot = { source: string; pointer: string; node: Node }
type Path = Extract<Node, { kind: 'path' }>
type Relation = Extract<Node, { kind: 'relation' }>

/** Attributes that Envoy has (envoyproxy.io, Attributes). */
const roots = [
  'request',
  'response',
  'connection',
  'upstream',
  'source',
  'destination',
  'metadata',
  'filter_state',
  'upstream_filter_state',
  'xds',
]
/** Those of them that are whole numbers. */
const numbers = [
  'response.code',
  'response.flags',
  'response.grpc_status',
  'response.size',
  'response.total_size',
  'request.size',
  'request.total_size',
  'source.port',
  'destination.port',
  'upstream.port',
  'connection.id',
]

function pathsOf(node: Node, locals: readonly string[]): Path[] {
  switch (node.kind) {
    case 'path':
      return locals.includes(node.path.split('.')[0] ?? '') ? [] : [node]
    case 'text':
    case 'number':
      return []
    case 'relation':
      return [node.left, node.right].flatMap((each) => pathsOf(each, locals))
    case 'and':
      return node.parts.flatMap((each) => pathsOf(each, locals))
    case 'other':
      return node.parts.flatMap((each) => pathsOf(each, [...locals, ...node.locals]))
  }
}

/** Those that must hold for the filter to hold. */
function relationsOf(node: Node): Relation[] {
  if (node.kind === 'relation') return [node]
  return node.kind === 'and' ? node.parts.flatMap(relationsOf) : []
}

function ofAttribute(subject: Subject, { source, pointer }: Spot, { path, from }: Path): Finding {
  const [root = ''] = path.split('.')
  const right = nearestWord(roots, root)
  if (right === undefined) return found(subject, unknown, { pointer, params: { path } })
  const text = `${source.slice(0, from)}${right}${source.slice(from + root.length)}`
  const fixes = [fix(subject, { code: 'near-name', params: { right } }, [replace(pointer, text)])]
  return found(subject, unknown, { pointer, params: { path }, fixes })
}

/** A whole number held against a text. */
function isOdd({ left, right, sign }: Relation): boolean {
  const isNumber = (node: Node) => node.kind === 'path' && numbers.includes(node.path)
  if (sign === 'in' || sign === '!=') return false
  return (isNumber(left) && right.kind === 'text') || (left.kind === 'text' && isNumber(right))
}

function ofType(subject: Subject, { source, pointer }: Spot, { left, right }: Relation): Finding {
  const [text, path] = left.kind === 'text' ? [left, right] : [right, left]
  const params = { path: path.kind === 'path' ? path.path : '', text: text.kind === 'text' ? text.text : '' }
  const number = /^["'](\d+)["']$/.exec(params.text)?.[1]
  if (number === undefined || text.kind !== 'text') return found(subject, kind, { pointer, params })
  const plain = `${source.slice(0, text.from)}${number}${source.slice(text.to)}`
  const fixes = [fix(subject, { code: 'number', params: { right: number } }, [replace(pointer, plain)])]
  return found(subject, kind, { pointer, params, fixes })
}

/** Whether some response can have a code that all that is asked of it allows; 0 where there is no response. */
function holds(node: Node): boolean {
  const tests = relationsOf(node).flatMap(testOf)
  return codes.some((code) => tests.every((test) => test(code)))
}

const codes = [0, ...Array.from({ length: 500 }, (_, index) => index + 100)]
const turned: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function testOf({ sign, left, right }: Relation): ((code: number) => boolean)[] {
  const isCode = (node: Node) => node.kind === 'path' && node.path === 'response.code'
  if (isCode(left) && right.kind === 'number') return compared(sign, Number.parseInt(right.text, 10))
  return isCode(right) && left.kind === 'number' ? compared(turned[sign] ?? sign, Number.parseInt(left.text, 10)) : []
}

function compared(sign: string, bound: number): ((code: number) => boolean)[] {
  switch (sign) {
    case '<':
      return [(code) => code < bound]
    case '<=':
      return [(code) => code <= bound]
    case '>':
      return [(code) => code > bound]
    case '>=':
      return [(code) => code >= bound]
    case '==':
      return [(code) => code === bound]
    case '!=':
      return [(code) => code !== bound]
    default:
      return []
  }
}
