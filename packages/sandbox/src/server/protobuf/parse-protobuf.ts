import { isJson, isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { builtinComponent, componentOfKind } from '../builtins/definitions.ts'
import { ensureRecord } from '../clone.ts'
import { messageFields } from './messages.ts'
import { ProtobufError, type WireField, wireFields } from './wire.ts'

/** What comes before the envelope. Source: apimachinery pkg/runtime/serializer/protobuf v0.36. */
const prefix = Buffer.from('k8s\0')

/** The components that every group's clients send. */
const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1'

/**
 * The JSON form of a built-in object that was sent as protobuf; undefined for kinds that this server has no protobuf form of.
 * What Go leaves out of JSON because it is zero is left out here. Throws ProtobufError for other bytes.
 */
export function parseProtobuf(bytes: Buffer): JsonRecord | undefined {
  if (!bytes.subarray(0, prefix.length).equals(prefix)) {
    const expected = `[${[...prefix].join(' ')}]`
    throw new ProtobufError(`provided data does not appear to be a protobuf message, expected prefix ${expected}`)
  }
  const envelope = partsOf(bytes.subarray(prefix.length))
  const type = partsOf(envelope.get(1) ?? Buffer.of())
  const [apiVersion, kind] = [1, 2].map((number) => type.get(number)?.toString('utf8') ?? '')
  const component = kind === 'DeleteOptions' ? `${meta}.${kind}` : componentOfKind(apiVersion ?? '', kind ?? '')
  if (component === undefined || messageFields(component) === undefined) return undefined
  return { apiVersion: apiVersion ?? '', kind: kind ?? '', ...messageOf(component, envelope.get(2) ?? Buffer.of()) }
}

/** The embedded texts and messages of a small message, by number. */
function partsOf(message: Buffer): Map<number, Buffer> {
  return new Map([...wireFields(message)].map((each) => [each.number, bytesOf(each.value)]))
}

function bytesOf(value: WireField['value']): Buffer {
  if (typeof value === 'bigint') throw new ProtobufError('wrong wireType 0')
  return value
}

function messageOf(component: string, bytes: Buffer): JsonRecord {
  const out: JsonRecord = {}
  const properties = recordAt(builtinComponent(component), 'properties')
  readInto(out, { message: component, properties }, bytes)
  return out
}

function readInto(out: JsonRecord, as: { message: string; properties: JsonRecord }, bytes: Buffer): void {
  const fields = messageFields(as.message) ?? []
  for (const { number, value } of wireFields(bytes)) {
    const field = fields[number - 1]
    if (field === undefined) continue
    if ('inlined' in field) readInto(out, { ...as, message: field.inlined }, bytesOf(value))
    else addTo(out, field, { schema: recordAt(as.properties, field.name), value })
  }
}

type Read = { schema: JsonRecord; value: WireField['value'] }

function addTo(out: JsonRecord, field: { name: string; keepsZero: boolean }, { schema, value }: Read): void {
  const { name } = field
  if (schema.type === 'array') {
    out[name] = [...listAt(out, name), valueOf({ schema: recordAt(schema, 'items'), value }) ?? null]
  } else if (isRecord(schema.additionalProperties)) {
    addEntry(ensureRecord(out, name), schema.additionalProperties, bytesOf(value))
  } else {
    const found = valueOf({ schema, value })
    if (found !== undefined && (field.keepsZero || !isZero(found))) out[name] = found
  }
}

function addEntry(map: JsonRecord, schema: JsonRecord, bytes: Buffer): void {
  const entry = partsOf(bytes)
  map[entry.get(1)?.toString('utf8') ?? ''] = valueOf({ schema, value: entry.get(2) ?? Buffer.of() }) ?? null
}

function isZero(value: Json): boolean {
  return value === '' || value === 0 || value === false || (isRecord(value) && Object.keys(value).length === 0)
}

/** One value; undefined for a time that is not set. */
function valueOf({ schema, value }: Read): Json | undefined {
  const component = referenceOf(schema)
  if (component !== undefined) return componentOf(component, bytesOf(value))
  switch (schema.type) {
    case 'boolean':
      return value === 1n
    case 'integer':
      return typeof value === 'bigint' ? Number(value) : 0
    case 'array':
      // A list in a map is a message of its own, whose first field it is.
      return [...wireFields(bytesOf(value))].map(
        (each) => valueOf({ schema: recordAt(schema, 'items'), value: each.value }) ?? null,
      )
    default:
      return bytesOf(value).toString(schema.format === 'byte' ? 'base64' : 'utf8')
  }
}

function referenceOf(schema: JsonRecord): string | undefined {
  const reference = textAt(schema, '$ref') ?? textAt(schema, 'allOf', 0, '$ref')
  return reference?.slice('#/components/schemas/'.length)
}

type Special = (bytes: Buffer) => Json | undefined

/** Types that Go writes to JSON by hand. */
const special: Readonly<Record<string, Special>> = {
  [`${meta}.Time`]: (bytes) => timeOf(bytes, (at) => at.toISOString().replace(/\.\d+Z$/, 'Z')),
  [`${meta}.MicroTime`]: (bytes) => timeOf(bytes, (at, micros) => at.toISOString().replace(/\d{3}Z$/, `${micros}Z`)),
  [`${meta}.FieldsV1`]: embeddedJson,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': embeddedJson,
  'io.k8s.apimachinery.pkg.api.resource.Quantity': (bytes) => partsOf(bytes).get(1)?.toString('utf8') ?? '0',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': intOrString,
}

function componentOf(component: string, bytes: Buffer): Json | undefined {
  return Object.hasOwn(special, component) ? special[component]?.(bytes) : messageOf(component, bytes)
}

function timeOf(bytes: Buffer, write: (at: Date, micros: string) => string): string | undefined {
  if (bytes.length === 0) return undefined
  const numbers = numbersOf(bytes)
  const micros = Math.floor(Number(numbers.get(2) ?? 0n) / 1_000)
  const at = new Date(Number(numbers.get(1) ?? 0n) * 1_000)
  return write(at, String(micros).padStart(6, '0'))
}

function numbersOf(bytes: Buffer): Map<number, bigint> {
  const fields = [...wireFields(bytes)]
  return new Map(fields.flatMap(({ number, value }) => (typeof value === 'bigint' ? [[number, value]] : [])))
}

function intOrString(bytes: Buffer): Json {
  const fields = new Map([...wireFields(bytes)].map(({ number, value }) => [number, value]))
  if (fields.get(1) === 1n) return bytesOf(fields.get(3) ?? Buffer.of()).toString('utf8')
  return Number(fields.get(2) ?? 0n)
}

function embeddedJson(bytes: Buffer): Json | undefined {
  const text = partsOf(bytes).get(1)?.toString('utf8') ?? ''
  if (text === '') return undefined
  const value: unknown = JSON.parse(text)
  return isJson(value) ? value : undefined
}
