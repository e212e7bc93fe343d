import { isRecord, type Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { step } from '../../../pointer.ts'
import { put, remove, replace } from '../../operations.ts'
import { valueAt } from '../spots.ts'

export type Operation = Fix['patches'][number]['operations'][number]

/** One way out of what is said of an object: its slug, what its sentence needs, and what it changes (RFC 6902). */
export type Way = { code: string; params?: Record<string, string>; operations: Operation[] }

/** The place a refusal or warning speaks of, and what fills its sentence. */
export type Spot = {
  object: KubernetesObject
  pointer: string
  value: Json | undefined
  params: Record<string, string>
}

/** The ways out of one thing; none where what is meant is not evident. */
export type Mend = (spot: Spot) => readonly Way[]

export const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'))
export const lastOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

/** Changes the value of the place, when it is known to what. */
export function changed(
  code: string,
  { pointer, value }: Pick<Spot, 'pointer' | 'value'>,
  by: Json | undefined,
): Way[] {
  if (by === undefined || by === value) return []
  const params = { value: typeof by === 'string' ? by : JSON.stringify(by) }
  return [{ code, params, operations: [value === undefined ? put(pointer, by) : replace(pointer, by)] }]
}

/** Takes away what is at the place. */
export const removed =
  (code: string): Mend =>
  ({ pointer, value }) =>
    value === undefined
      ? []
      : [{ code, params: { value: typeof value === 'string' ? value : '' }, operations: [remove(pointer)] }]

export function moved(object: Json, from: string, to: string): Operation[] {
  return [remove(from), put(to, valueAt(object, from) ?? null)]
}

/** Takes a field away, and each thing around it that then says nothing more. */
export function removedWhole(object: Json, pointer: string, upTo: string): Operation {
  const parent = parentOf(pointer)
  const around = valueAt(object, parent)
  const size = Array.isArray(around) ? around.length : Object.keys(isRecord(around) ? around : {}).length
  return size === 1 && parent.length > upTo.length ? removedWhole(object, parent, upTo) : remove(pointer)
}

/** The same entry under another name, unless that is taken. */
export function renamed(object: Json, pointer: string, name: string): Operation[] {
  const to = parentOf(pointer) + step(name)
  return to === pointer || valueAt(object, to) !== undefined ? [] : moved(object, pointer, to)
}
