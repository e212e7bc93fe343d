import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { useState } from 'react'
import { type Draft, type DraftView, meet, openDraft, viewDraft } from './draft.ts'
import type { DraftStore } from './draft-store.ts'

export type RuleDraft = DraftView & {
  base: KubernetesObject
  text: string
  /** Somebody else changed the object since: what is here has to be merged before it can be applied. */
  moved: boolean
  /** Taken up from an edit that was left unfinished in this tab. */
  restored: boolean
  /** Whether an object just read is somebody else's newer one. */
  overtaken: (live: KubernetesObject | undefined) => boolean
  edit: (text: string) => void
  /** Begins anew at another object, with a text of its own where one is given. */
  rebase: (base: KubernetesObject, text?: string) => void
}

type State = { draft: Draft; seen: KubernetesObject; moved: boolean; restored: boolean }

/** The edit of one object while the object itself is read again and again. */
export function useRuleDraft(live: KubernetesObject, store: DraftStore): RuleDraft {
  const [state, setState] = useState((): State => {
    const stored = store.read()
    if (stored === undefined) return { draft: openDraft(live), seen: live, moved: false, restored: false }
    return { ...met(stored, live), restored: true }
  })
  let now = state
  if (state.seen !== live) {
    now = { ...met(state.draft, live), restored: state.restored }
    setState(now)
  }
  const { draft } = now
  const keep = (next: Draft) => (viewDraft(next).dirty ? store.write(next) : store.clear())
  return {
    ...viewDraft(draft),
    ...draft,
    moved: now.moved,
    restored: now.restored,
    overtaken: (live) => live !== undefined && meet(draft, live).state === 'moved',
    edit: (text) => {
      keep({ ...draft, text })
      setState({ ...now, draft: { ...draft, text } })
    },
    rebase: (base, text) => {
      const next = text === undefined ? openDraft(base) : { base, text }
      keep(next)
      setState({ draft: next, seen: now.seen, moved: false, restored: false })
    },
  }
}

function met(draft: Draft, live: KubernetesObject): Omit<State, 'restored'> {
  const meeting = meet(draft, live)
  return { draft: meeting.draft, seen: live, moved: meeting.state === 'moved' }
}
