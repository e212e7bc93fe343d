import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { admit } from '@orbweaver/istio/validation/admit'
import { structureFaults } from '@orbweaver/istio/validation/structure'
import { celFault } from '@orbweaver/sandbox/actors/istiod/cel-fault'
import type { Described } from './objects.ts'

/** What istiod's webhook said of an object's creation. */
export type Said = { readonly allowed: boolean; readonly message: string; readonly warnings: readonly string[] }

export type Verdicts = {
  refused: number
  allowed: number
  /** Of another type than their schema has: the API server refuses these, and istiod cannot read them. */
  unread: number
  different: { object: Json; theirs: Said; ours: Said }[]
}

/** Where our checks and istiod's webhook do not say the same: refused or not, and which warnings. */
export function compareVerdicts(
  described: readonly Described[],
  objects: readonly KubernetesObject[],
  said: readonly Said[],
): Verdicts {
  const schemas = new Map(described.map(({ kind, spec }) => [kind, spec]))
  const result: Verdicts = { refused: 0, allowed: 0, unread: 0, different: [] }
  objects.forEach((object, index) => {
    const theirs = said[index]
    if (theirs === undefined) return
    if (isUnread(object, schemas.get(object.kind) ?? {}, theirs)) {
      result.unread += 1
      return
    }
    const { allowed, message = '', warnings } = admit(object, 'CREATE', { celFault })
    const ours = { allowed, message, warnings }
    if (allowed !== theirs.allowed || !sameWords(warnings, theirs.warnings)) {
      result.different.push({ object, theirs, ours })
    }
    result[theirs.allowed ? 'allowed' : 'refused'] += 1
  })
  return result
}

/** What istiod cannot decode must not come past the API server. Numbers of enums it reads, and no schema has them. */
function isUnread(object: KubernetesObject, schema: Described['spec'], { message }: Said): boolean {
  const faults = structureFaults({ value: object['spec'] ?? null, schema, pointer: '' })
  if (faults.some(({ what }) => what === 'type-wrong' || what === 'value-unknown')) return true
  return message.startsWith('error decoding configuration') && faults.some(({ what }) => what !== 'field-unknown')
}

function sameWords(ours: readonly string[], theirs: readonly string[]): boolean {
  return [...new Set(ours)].toSorted().join('\n') === [...new Set(theirs)].toSorted().join('\n')
}
