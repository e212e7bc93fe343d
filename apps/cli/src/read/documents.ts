import { isJson, isRecord, type Json } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml'

/** Where something stands in a file; lines and columns count from 1. */
export type Position = { file: string; line: number; column: number }

/** One object as a file has it. */
export type Sourced = {
  object: KubernetesObject
  /** Of a JSON pointer into the object; of what is not there, the nearest around it. */
  at(pointer: string): Position
}

/** What cannot be read, and why. */
type Unread = Position & { message: string }

export type Read = {
  objects: Sourced[]
  unread: Unread[]
  /** What cannot be read and claims to be no object: templates and data beside objects. */
  leftOut: Unread[]
}

/** What becomes of a document that does not even claim to be an object: values of a chart, settings of a tool. */
export type Foreign = 'unread' | 'skipped'

/** Every object of a text of YAML (JSON is YAML): several documents, `List`s taken apart. */
export function documentsIn(file: string, text: string, foreign: Foreign = 'unread'): Read {
  const lines = new LineCounter()
  const read: Read = { objects: [], unread: [], leftOut: [] }
  const mayBeTemplate = text.includes('{{')
  for (const document of parseAllDocuments(text, { ...kubernetesYaml, lineCounter: lines, prettyErrors: false })) {
    const position = positions(file, lines)
    const [error] = document.errors
    const [from, , to] = document.range
    if (error === undefined) {
      if (!mayBeTemplate || !isTemplate(document)) take(read, { document, foreign }, position)
      else if (foreign === 'unread') read.unread.push({ ...position(from), message: unfilled })
      else if (document.has('kind')) read.leftOut.push({ ...position(from), message: unfilled })
      continue
    }
    const isLeftOut = foreign === 'skipped' && !claims(text.slice(from, to))
    read[isLeftOut ? 'leftOut' : 'unread'].push({ ...position(error.pos[0]), message: error.message })
  }
  return read
}

/** Whether a text that cannot be read was meant for an object: before they are filled in, templates are none. */
function claims(text: string): boolean {
  return (
    ['apiVersion', 'kind'].every((key) => new RegExp(`(?:^|[{,])\\s*"?${key}"?\\s*:`, 'm').test(text)) &&
    !text.includes('{{')
  )
}

const unfilled = 'a template, in which what stands between {{ and }} is not filled in'

/** Values of a chart in a text of one line: whole templates are data of some objects, as of the injector’s own ConfigMap. */
const ofChart = /^[^\n]*\{\{-?\s*(\.(Values|Release|Chart|Capabilities)\b|(include|template|tpl)\s)[^\n]*$/

/**
 * Whether it is a template that happens to be YAML: without quotes `{{ x }}` is a mapping with a mapping for its key, which no
 * object has; with them, what a chart fills in, or a name that no object can have.
 */
function isTemplate(document: Document): boolean {
  let is = ['name', 'namespace'].some((key) => String(document.getIn(['metadata', key])).includes('{{'))
  const stopIf = (found: boolean) => {
    is ||= found
    return found ? visit.BREAK : undefined
  }
  visit(document, {
    Pair: (_, { key }) => stopIf(isCollection(key)),
    Scalar: (_, { value }) => stopIf(typeof value === 'string' && ofChart.test(value)),
  })
  return is
}

type PositionOf = (offset: number) => Position

function positions(file: string, lines: LineCounter): PositionOf {
  return (offset) => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
}

function take(read: Read, { document, foreign }: { document: Document; foreign: Foreign }, position: PositionOf): void {
  const value = jsonOf(document)
  if (value === undefined) {
    read.unread.push({ ...position(0), message: 'the document cannot be read as JSON' })
    return
  }
  if (value === null) return
  const root = document.contents
  const nodes = isList(value) ? itemsOf(value, root) : [{ value, node: root }]
  for (const each of nodes) {
    if (foreign === 'skipped' && isForeign(each.value)) continue
    const start = position(offsetOf(each.node) ?? 0)
    if (!isKubernetesObject(each.value)) {
      read.unread.push({ ...start, message: 'no Kubernetes object: apiVersion, kind or metadata.name is missing' })
      continue
    }
    read.objects.push({
      object: each.value,
      at: (pointer) => {
        const offset = each.node === null ? undefined : offsetAt(each.node, stepsOf(pointer))
        return offset === undefined ? start : position(offset)
      },
    })
  }
}

/** Files of tools look like objects and are none: no cluster ever has them. */
const ofTools = /^(install\.istio\.io|kind\.x-k8s\.io|kustomize\.config\.k8s\.io|skaffold)\//

function isForeign(value: Json): boolean {
  if (!isRecord(value)) return true
  const { apiVersion, kind } = value
  // A chart says of which version it is, and no kind.
  const isChart = kind === undefined && typeof value.name === 'string' && value.version !== undefined
  const isOfTool = typeof apiVersion === 'string' && ofTools.test(apiVersion)
  return (apiVersion === undefined && kind === undefined) || isChart || isOfTool
}

/** Aliases may make a text grow without bound: the library refuses those, and we say so. */
function jsonOf(document: Document): Json | undefined {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return value === undefined ? null : isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isList(value: Json): value is { items: Json[]; kind: string } {
  return isRecord(value) && value.kind === 'List' && Array.isArray(value.items)
}

function itemsOf(list: { items: Json[] }, root: unknown): { value: Json; node: Node | null }[] {
  const items = isMap(root) ? root.get('items', true) : undefined
  const nodes = isSeq(items) ? items.items : []
  return list.items.map((value, index) => ({ value, node: asNode(nodes[index]) }))
}

function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) ? value : null
}

function offsetOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Of the key where there is one: that is where a reader looks. */
function offsetAt(node: unknown, steps: readonly string[]): number | undefined {
  const [first, ...rest] = steps
  if (first === undefined) return offsetOf(node)
  if (isSeq(node)) {
    const item = node.items[Number(first)]
    return item === undefined ? undefined : (offsetAt(item, rest) ?? offsetOf(item))
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find((each) => isPair(each) && isScalar(each.key) && String(each.key.value) === first)
  if (pair === undefined) return undefined
  return (rest.length > 0 ? offsetAt(pair.value, rest) : undefined) ?? offsetOf(pair.key)
}
