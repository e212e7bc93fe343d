import type { Change } from '@orbweaver/contracts/history'
import type { Intent } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { createContext, useContext } from 'react'

export type PlanOptions = {
  /** The change was accepted and goes on by itself: the moment to close a form. */
  onStarted?: (change: Change) => void
  /** Every item of it is done. */
  onDone?: (change: Change) => void
  /** The drawer is shut, by whichever way: the moment to go back to what it was opened from. */
  onClosed?: () => void
  /** For a small toggle: a narrow panel with the differences folded. */
  compact?: boolean
  /** Deleting asks for this name to be typed. */
  confirmName?: string
  /** What stays when `confirmName` goes, one sentence each. */
  stays?: string[]
}

/** A plan that is shown, or was left to look at what it makes of things. In memory only: its intent may carry a secret. */
export type PlanDraft = { id: string; mesh: string; intent: Intent; title: Message }

export type PlanDoor = {
  /** What the pages that explain compare with, until it is dropped. */
  draft: PlanDraft | undefined
  setDraft: (draft: PlanDraft | undefined) => void
  /** Shows what the intent would do and, once confirmed, its progress. The only way this console writes. */
  open: (intent: Intent, options?: PlanOptions) => void
}

export const PlanContext = createContext<PlanDoor>({
  open: () => undefined,
  draft: undefined,
  setDraft: () => undefined,
})

export function usePlan(): PlanDoor {
  return useContext(PlanContext)
}
