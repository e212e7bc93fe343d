import { stringsAt } from '@orbweaver/contracts/json'
import { protobuf } from '../builtins/generated/protobuf.ts'
import { parseJson } from '../clone.ts'

/** A field of a message: one of the object's own, or a message whose fields are told as the object's. */
export type MessageField = { name: string; keepsZero: boolean } | { inlined: string }

const texts = stringsAt({ messages: parseJson(protobuf) }, 'messages')
const known = new Map<string, (MessageField | undefined)[]>()

/** The fields of a message by number, less one; undefined for a kind that this server does not read as protobuf. */
export function messageFields(message: string): (MessageField | undefined)[] | undefined {
  const text = texts[message]
  if (text === undefined) return undefined
  const fields = known.get(message) ?? text.split(' ').map(fieldOf)
  known.set(message, fields)
  return fields
}

function fieldOf(text: string): MessageField | undefined {
  if (text === '-') return undefined
  if (text.startsWith('>')) return { inlined: text.slice(1) }
  const keepsZero = text.endsWith('*')
  return { name: keepsZero ? text.slice(0, -1) : text, keepsZero }
}
