import { at, isRecord, type Json, type JsonRecord, listAt, recordAt, sameJson, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { quantity } from '../quantity.ts'
import { authored, escape } from './touched.ts'

/** Field manager of what a blueprint says; people's fields beside it stay theirs. */
export const builderManager = 'orbweaver-mesh'

/**
 * Pointers at which an object is not as a blueprint asks: where it does not hold what is asked, where it still holds what a
 * blueprint put there and asks for no more, and what anybody put where the blueprint alone decides. What it holds beyond
 * that is others' business, except in lists: Istio's and Sail's are atomic.
 */
export function differing(live: KubernetesObject, asked: KubernetesObject): string[] {
  return [
    ...new Set([...lacking(authored(live), authored(asked), ''), ...surplus(live, asked), ...beyond(live, asked)]),
  ]
}

/**
 * Pointers to what others wrote beside a blueprint where one more word makes another Istio: the values of Sail's Istio, and
 * what a gateway's proxy asks for and may use. Applying leaves it: the fields are theirs.
 */
export function beyond(live: KubernetesObject, asked: KubernetesObject): string[] {
  if (asked.kind === 'Istio') {
    const values = at(asked, 'spec', 'values')
    return values === undefined ? [] : extra(at(live, 'spec', 'values'), values, '/spec/values')
  }
  if (asked.kind !== 'Deployment') return []
  const containers = listAt(live, 'spec', 'template', 'spec', 'containers')
  return listAt(asked, 'spec', 'template', 'spec', 'containers').flatMap((each, index) => {
    const there = containers[index]
    if (textAt(there, 'name') !== textAt(each, 'name')) return []
    const pointer = `/spec/template/spec/containers/${index}`
    return extra(resourcesOf(there), resourcesOf(each), pointer)
  })
}

function resourcesOf(container: Json | undefined): JsonRecord {
  const resources = recordAt(container, 'resources')
  return isNothing(resources) ? {} : { resources }
}

function extra(live: Json | undefined, asked: Json, pointer: string): string[] {
  if (!isRecord(live) || !isRecord(asked)) return []
  return Object.entries(live).flatMap(([key, each]) => {
    const [wanted, here] = [asked[key], `${pointer}/${escape(key)}`]
    if (each === undefined || isNothing(each)) return []
    return wanted === undefined ? [here] : extra(each, wanted, here)
  })
}

/** Maps that hold nothing but maps that hold nothing. */
function isNothing(value: Json | undefined): boolean {
  return isRecord(value) && Object.values(value).every(isNothing)
}

function lacking(live: Json | undefined, asked: Json | undefined, pointer: string): string[] {
  if (isRecord(asked)) {
    if (!isRecord(live)) return Object.keys(asked).length === 0 ? [] : [pointer]
    return Object.entries(asked).flatMap(([key, each]) => lacking(live[key], each, `${pointer}/${escape(key)}`))
  }
  if (Array.isArray(asked) && Array.isArray(live) && live.length === asked.length) {
    return asked.flatMap((each, index) => lacking(live[index], each, `${pointer}/${index}`))
  }
  return asked === undefined || sameJson(live, asked) || isSameAmount(live, asked, pointer) ? [] : [pointer]
}

/** API servers write `1000m` as `1`. */
function isSameAmount(live: Json | undefined, asked: Json, pointer: string): boolean {
  if (!/\/resources\/(?:requests|limits)\/[^/]+$/.test(pointer)) return false
  const amount = quantity(live)
  return amount !== undefined && amount === quantity(asked)
}

/** By the fields that the API server says the builder owns; applying again without them takes them away. */
function surplus(live: KubernetesObject, asked: KubernetesObject): string[] {
  return listAt(live, 'metadata', 'managedFields')
    .filter(isBuilders)
    .flatMap((each) => owned(recordAt(each, 'fieldsV1'), { live, asked, pointer: '' }))
}

/** An entry of managedFields that server-side apply by the builder made. */
export function isBuilders(entry: Json): boolean {
  return textAt(entry, 'manager') === builderManager && textAt(entry, 'operation') === 'Apply'
}

type Place = { live: Json | undefined; asked: Json | undefined; pointer: string }

/** Keys of maps are `f:<name>` (structured-merge-diff); items of lists are compared with the lists themselves. */
function owned(fields: JsonRecord, { live, asked, pointer }: Place): string[] {
  return Object.entries(fields).flatMap(([key, below]) => {
    if (!key.startsWith('f:')) return []
    const name = key.slice(2)
    const here = isRecord(live) ? live[name] : undefined
    if (here === undefined) return []
    const wanted = isRecord(asked) ? asked[name] : undefined
    const place = { live: here, asked: wanted, pointer: `${pointer}/${escape(name)}` }
    if (wanted === undefined) return [place.pointer]
    return isRecord(below) ? owned(below, place) : []
  })
}
