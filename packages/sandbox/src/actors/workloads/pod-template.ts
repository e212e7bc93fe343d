import { createHash } from 'node:crypto'
import { type Json, type JsonRecord, canonicalJson, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

const hashes = new WeakMap<object, string>()

/** Short stable text for a Pod template, in the alphabet Kubernetes uses for such hashes. */
export function templateHash(template: Json | undefined): string {
  if (typeof template !== 'object' || template === null) return hashOf(template)
  // A cached object is replaced when it changes, never altered: what was computed for it stays true.
  const known = hashes.get(template) ?? hashOf(template)
  hashes.set(template, known)
  return known
}

function hashOf(template: Json | undefined): string {
  let hash = 0x811c9dc5
  for (const character of canonicalJson(template)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return String(hash).replace(/\d/g, (digit) => LETTERS[Number(digit)] ?? 'b')
}

export type Owner = { apiVersion: string; kind: string; object: KubernetesObject }

export function controllerReference({ apiVersion, kind, object }: Owner): JsonRecord {
  const { name, uid } = object.metadata
  return { apiVersion, kind, name, uid: uid ?? '', controller: true, blockOwnerDeletion: true }
}

/** Five letters as generateName appends them, each time others. */
export type Suffixes = (owner: KubernetesObject) => string

/** Told from the owner and from how many there were before, so that the same world has the same names every time. */
export function createSuffixes(): Suffixes {
  const counts = new Map<string, number>()
  return ({ kind, metadata: { namespace = '', name } }) => {
    const key = `${kind}/${namespace}/${name}`
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    const digest = createHash('sha256').update(`${key}/${count}`).digest()
    return [...digest.subarray(0, 5)].map((each) => LETTERS[each % LETTERS.length] ?? 'b').join('')
  }
}

/** Whether `object` is controlled by the owner with this UID. */
export function isControlledBy(object: KubernetesObject, uid: string | undefined): boolean {
  const references = object.metadata.ownerReferences
  if (!Array.isArray(references) || uid === undefined) return false
  return references.some((each) => {
    const reference = recordAt([each], 0)
    return reference.controller === true && reference.uid === uid
  })
}

/** A Pod of a template, owned by its controller; `extra` labels are the controller's own marks. */
export function podOf(owner: Owner, name: string, extra: Record<string, string>): KubernetesObject {
  const template = recordAt(owner.object, 'spec', 'template')
  const metadata = recordAt(template, 'metadata')
  const namespace = owner.object.metadata.namespace ?? 'default'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      name,
      namespace,
      labels: { ...textEntries(recordAt(metadata, 'labels')), ...extra },
      annotations: textEntries(recordAt(metadata, 'annotations')),
      ownerReferences: [controllerReference(owner)],
    },
    spec: recordAt(template, 'spec'),
  }
}

function textEntries(record: JsonRecord): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [key, value] of Object.entries(record)) if (typeof value === 'string') out[key] = value
  return out
}
