import { isRecord, type Json, sameJson, textAt } from '@orbweaver/contracts/json'
import { step } from '../../../pointer.ts'
import { nearestWord } from '../../../values/nearest.ts'
import type { StructureFault } from '../../../validation/structure.ts'
import { put, remove } from '../../operations.ts'
import { valueAt } from '../spots.ts'
import { longEnough, spelledDuration } from './durations.ts'
import { keepEach } from './entries.ts'
import { changed, lastOf, type Mend, moved, parentOf, removed, type Spot, type Way } from './way.ts'

/** A place, and what else a schema lets stand there. */
type Shape = Spot & { known: readonly string[] }

/** Ways out of what a schema has against an object, where one is evident. */
export const SHAPES: Readonly<Record<StructureFault['what'], (shape: Shape) => readonly Way[]>> = {
  'type-wrong': (shape) => changed('use-type', shape, asType(shape.value, shape.params['wanted'])),
  'value-unknown': (shape) =>
    typeof shape.value === 'string' ? changed('use-value', shape, nearestWord(shape.known, shape.value)) : [],
  'field-unknown': nearestField,
  'field-missing': certainField,
  'value-unfit': fitting,
  'choice-wrong': ({ object, pointer, params: { fields = '' } }) =>
    keepEach(pointer, givenOf(valueAt(object, pointer), fields.split(', '))),
  'item-twice': sameItem,
  'rule-broken': (shape) => RULES.find(({ form }) => form.test(shape.params['rule'] ?? ''))?.mend(shape) ?? [],
}

function givenOf(value: Json | undefined, fields: readonly string[]): string[] {
  return fields.filter((field) => isRecord(value) && value[field] !== undefined)
}

/** The same value as another type, where it is one: '80' as 80, and one thing as a list of it. */
function asType(value: Json | undefined, wanted: string | undefined): Json | undefined {
  if (wanted === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  if (wanted === 'array') return typeof value === 'string' || isRecord(value) ? [value] : undefined
  return typeof value === 'string' ? read(value.trim(), wanted) : undefined
}

function read(text: string, wanted: string | undefined): Json | undefined {
  if (wanted === 'boolean') return { true: true, false: false }[text.toLowerCase()]
  const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  return wanted === 'number' || (wanted === 'integer' && Number.isInteger(number)) ? number : undefined
}

function nearestField({ object, pointer, known }: Shape): Way[] {
  const place = parentOf(pointer)
  const parent = valueAt(object, place)
  const given = Object.keys(isRecord(parent) ? parent : {}).find((key) => step(key) === `/${lastOf(pointer)}`)
  const free = known.filter((each) => isRecord(parent) && parent[each] === undefined)
  const better = given === undefined ? undefined : nearestWord(free, given)
  if (better === undefined) return []
  return [{ code: 'use-field', params: { value: better }, operations: moved(object, pointer, place + step(better)) }]
}

/** What a port's name says of its protocol, and a group of its only kind that policies may refer to. */
const PREFIXES = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'MONGO', 'REDIS', 'MYSQL', 'TCP', 'TLS']
const KINDS: Readonly<Record<string, string>> = { '': 'Service', 'networking.istio.io': 'ServiceEntry' }

function certainField({ object, pointer, params: { field = '' } }: Shape): Way[] {
  const value = valueAt(object, pointer)
  const meant =
    field === 'protocol'
      ? protocolOf(textAt(value, 'name'))
      : field === 'kind'
        ? KINDS[textAt(value, 'group') ?? '-']
        : undefined
  if (meant === undefined) return []
  return [{ code: 'add-field', params: { value: meant }, operations: [put(`${pointer}/${field}`, meant)] }]
}

function protocolOf(name = ''): string | undefined {
  const fitting = PREFIXES.filter((each) => name === each.toLowerCase() || name.startsWith(`${each.toLowerCase()}-`))
  return fitting.toSorted((a, b) => b.length - a.length)[0]
}

/** Numbers of ports are names rather than amounts: none is near another. */
const PORTS = new Set(['port', 'number', 'targetPort', 'portNumber'])

/** The nearest that the bound allows, and a text without blanks around it. */
function fitting(shape: Shape): Way[] {
  const [, side, bound] = /^(minimum|maximum): (-?\d+(?:\.\d+)?)$/.exec(shape.params['rule'] ?? '') ?? []
  if (side !== undefined && typeof shape.value === 'number' && !PORTS.has(lastOf(shape.pointer))) {
    return changed('use-value', shape, Number(bound))
  }
  return typeof shape.value === 'string' ? changed('use-value', shape, shape.value.trim()) : []
}

function sameItem({ object, pointer, value }: Shape): Way[] {
  const list = valueAt(object, parentOf(pointer))
  const index = Number(lastOf(pointer))
  const isSame = Array.isArray(list) && list.slice(0, index).some((each) => sameJson(each, value))
  return isSame ? [{ code: 'remove-item', operations: [remove(pointer)] }] : []
}

/** Of two fields each may be the one that was meant. For whom a policy is, is not decided so. */
const oneOfFields: Mend = ({ object, pointer, params: { rule = '' } }) => {
  const [, first = '', second = ''] = /only one of (\S+) or (\S+)/.exec(rule) ?? []
  return keepEach(
    pointer,
    givenOf(
      valueAt(object, pointer),
      [first, second].map((each) => `${each.charAt(0).toLowerCase()}${each.slice(1)}`),
    ),
  )
}

const withoutValue: Mend = ({ object, pointer }) => [
  ...removed('remove-value')({
    object,
    pointer: `${pointer}/value`,
    value: valueAt(object, `${pointer}/value`),
    params: {},
  }),
]

/** Rules of CEL in Istio's definitions, by what they tell. */
const RULES: readonly { form: RegExp; mend: Mend }[] = [
  { form: /^only one of (?!target)/, mend: oneOfFields },
  { form: /valid duration/, mend: (spot) => (longEnough(spot).length > 0 ? longEnough(spot) : spelledDuration(spot)) },
  { form: /^value (must not|may only) be set/, mend: withoutValue },
  {
    form: /^cross namespace/,
    mend: (spot) => (spot.value === spot.object.metadata.namespace ? removed('remove-value')(spot) : []),
  },
  {
    form: /^DNS_ROUND_ROBIN mode/,
    mend: ({ pointer }) => [{ code: 'resolve-dns', operations: [put(`${pointer}/resolution`, 'DNS')] }],
  },
]
