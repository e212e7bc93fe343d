import { canonicalJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { authored, touchedPaths } from '@orbweaver/istio/diff/touched'
import { type Reading, readYaml, yamlOf } from './yaml.ts'

/** An edit on its way: the object it began at, and the text as it stands. */
export type Draft = { base: KubernetesObject; text: string }

export function openDraft(base: KubernetesObject): Draft {
  return { base, text: yamlOf(base) }
}

export type DraftView = {
  reading: Reading
  /** Whether leaving now would lose something. */
  dirty: boolean
  /** Whether the object would change: a comment or other spacing does not. */
  changed: boolean
}

export function viewDraft({ base, text }: Draft): DraftView {
  const reading = readYaml(text)
  const changed = reading.ok && touchedPaths(base, reading.object).length > 0
  return { reading, changed, dirty: text !== yamlOf(base) }
}

/**
 * What becomes of an edit when the object is read again. Nothing of somebody else's work is overwritten and nothing of
 * one's own is dropped: an untouched editor follows, an edited one stays and is told to merge.
 */
export type Meeting = { state: 'same' | 'moved'; draft: Draft }

export function meet(draft: Draft, live: KubernetesObject): Meeting {
  if (sameAuthored(draft.base, live)) return { state: 'same', draft: { base: live, text: draft.text } }
  const { reading, dirty } = viewDraft(draft)
  const mineIsThere = reading.ok && sameAuthored(reading.object, live)
  if (!dirty || mineIsThere) return { state: 'same', draft: openDraft(live) }
  return { state: 'moved', draft }
}

/** A deleted and recreated object is another one, also when it says the same. */
function sameAuthored(a: KubernetesObject, b: KubernetesObject): boolean {
  const other = a.metadata.uid !== undefined && a.metadata.uid !== b.metadata.uid
  return !other && canonicalJson(authored(a)) === canonicalJson(authored(b))
}
