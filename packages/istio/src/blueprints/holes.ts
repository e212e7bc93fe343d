import { isRecord, type Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Values that are known only once an earlier stage has passed. A plan shows them as ⟨…⟩; nothing is written with one. */
const known = ['entrance address', 'reader token'] as const
export type Hole = (typeof known)[number]

export function hole(name: Hole): string {
  return `⟨${name}⟩`
}

/** Holes anywhere in an object: while there are any, its stage must wait. */
export function holesIn(object: KubernetesObject): Hole[] {
  return known.filter((name) => mentions(object, hole(name)))
}

function mentions(value: Json | undefined, text: string): boolean {
  if (typeof value === 'string') return value.includes(text)
  if (Array.isArray(value)) return value.some((each) => mentions(each, text))
  return isRecord(value) && Object.values(value).some((each) => mentions(each, text))
}
