import { isRecord } from '@orbweaver/contracts/json'
import type { Sentences } from './messages.ts'

/** `{a: {b: 'x'}}` as `{'p.a.b': 'x'}`. */
export function flat(text: unknown, prefix: string): Sentences {
  if (typeof text === 'string') return { [prefix]: text }
  if (!isRecord(text)) return {}
  return joined(Object.entries(text).map(([key, value]) => flat(value, `${prefix}.${key}`)))
}

export function joined(parts: Sentences[]): Sentences {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)))
}
