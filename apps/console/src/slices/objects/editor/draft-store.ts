import { isKubernetesObject, refKey, type ObjectRef } from '@orbweaver/contracts/kubernetes'
import { isRecord } from '@orbweaver/contracts/json'
import type { Draft } from './draft.ts'

/**
 * Edits outlive a reload or a lost session, in this tab and for the same person only. Without storage an edit lasts as
 * long as the page, which asks before it is left.
 */
export type DraftStore = { read: () => Draft | undefined; write: (draft: Draft) => void; clear: () => void }

export function draftStore(user: string, ref: ObjectRef): DraftStore {
  const key = `orbweaver.draft.${user}.${refKey(ref)}`
  return {
    read: () => attempt(() => parse(sessionStorage.getItem(key))),
    write: (draft) => attempt(() => sessionStorage.setItem(key, JSON.stringify(draft))),
    clear: () => attempt(() => sessionStorage.removeItem(key)),
  }
}

function parse(text: string | null): Draft | undefined {
  const value: unknown = text === null ? undefined : JSON.parse(text)
  if (!isRecord(value) || typeof value.text !== 'string' || !isKubernetesObject(value.base)) return undefined
  return { base: value.base, text: value.text }
}

/** Storage may be blocked, full, or hold what another version wrote: then there is no stored draft. */
function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
