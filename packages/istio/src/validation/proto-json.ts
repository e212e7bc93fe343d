import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { nanoseconds } from './durations.ts'
import { quoted } from './names.ts'

/** Messages by name: their fields by JSON name, each with its type. */
export type Messages = ReadonlyMap<string, ReadonlyMap<string, string>>

export type Decoded = { value: JsonRecord; fault?: undefined } | { fault: string }

/**
 * A message as golang/protobuf's jsonpb reads it from JSON, with fields that it does not know let pass: fields by their
 * JSON names, null left out, numbers as numbers (istio pkg/util/protomarshal, ApplyJSON).
 */
export function decodeMessage(messages: Messages, name: string, json: Json): Decoded {
  if (json === null) return { value: {} }
  if (!isRecord(json)) return { fault: `${shown(json)} is no message` }
  const value: JsonRecord = {}
  for (const [field, type] of messages.get(name) ?? []) {
    const given = json[field] ?? json[protoName(field)] ?? null
    if (given === null) continue
    const read = decodeValue(messages, type, given)
    if (read.fault !== undefined) return { fault: `${field}: ${read.fault}` }
    value[field] = read.value
  }
  return { value }
}

type Read = { value: Json; fault?: undefined } | { fault: string }

function decodeValue(messages: Messages, type: string, json: Json): Read {
  if (type.endsWith('[]')) return decodeEach(messages, type.slice(0, -2), Array.isArray(json) ? json : undefined)
  if (type.endsWith('{}'))
    return decodeEach(messages, type.slice(0, -2), isRecord(json) ? Object.values(json) : undefined)
  if (messages.has(type)) return decodeMessage(messages, type, json)
  if (json === null) return { value: null }
  const value = type.includes('|') ? memberOf(type, json) : scalarOf(type, json)
  return value === undefined ? { fault: `${shown(json)} is no ${type}` } : { value }
}

function decodeEach(messages: Messages, type: string, items: readonly (Json | undefined)[] | undefined): Read {
  if (items === undefined) return { fault: `no collection of ${type}` }
  const read = items.map((each) => decodeValue(messages, type, each ?? null))
  const faulty = read.find((each) => each.fault !== undefined)
  return faulty ?? { value: read.flatMap((each) => (each.fault === undefined ? [each.value] : [])) }
}

/** `tracing_service_name` of tracingServiceName. */
function protoName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** By its name or its number. */
function memberOf(type: string, json: Json): Json | undefined {
  if (typeof json === 'string') return type.split('|').includes(json) ? json : undefined
  return isWhole(json) ? json : undefined
}

function scalarOf(type: string, json: Json): Json | undefined {
  switch (type) {
    case 'bool':
      return typeof json === 'boolean' ? json : undefined
    case 'string':
      return typeof json === 'string' ? json : undefined
    case 'int':
      return wholeOf(json)
    case 'number':
      return numberOf(json)
    case 'duration':
      return typeof json === 'string' && nanoseconds(json) !== undefined ? json : undefined
    default:
      return isRecord(json) ? json : undefined
  }
}

const isWhole = (json: Json): json is number =>
  typeof json === 'number' && Number.isInteger(json) && Math.abs(json) <= 2 ** 31

function wholeOf(json: Json): number | undefined {
  const number = typeof json === 'string' && /^\s*-?(0|[1-9]\d*)\s*$/.test(json) ? Number(json) : json
  return isWhole(number) ? number : undefined
}

function numberOf(json: Json): number | undefined {
  if (typeof json === 'number') return json
  return typeof json === 'string' && json.trim() !== '' && !Number.isNaN(Number(json)) ? Number(json) : undefined
}

function shown(json: Json): string {
  return typeof json === 'string' ? quoted(json) : JSON.stringify(json)
}
