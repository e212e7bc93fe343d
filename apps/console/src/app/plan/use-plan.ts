import type { Change } from '@orbweaver/contracts/history'
import type { Intent } from '@orbweaver/contracts/intent'
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

export type PlanDoor = {
  /** Shows what the intent would do and, once confirmed, its progress. The only way this console writes. */
  open: (intent: Intent, options?: PlanOptions) => void
}

export const PlanContext = createContext<PlanDoor>({ open: () => undefined })

export function usePlan(): PlanDoor {
  return useContext(PlanContext)
}
