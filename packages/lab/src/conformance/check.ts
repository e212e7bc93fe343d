import type { Breakage } from './breakage.ts'
import type { Scene } from './scene.ts'
import type { Shared } from './once-a-run.ts'

/** One behaviour, in one sentence, and what a target without it is like. */
export type Check = {
  readonly says: string
  /** The check must fail on a target that is broken in this way. */
  readonly broken: Breakage
  /** Throws a Difference when the target does not behave as the sentence says. */
  readonly run: (scene: Scene) => Promise<void>
  /** Runs when all others have ended, since it changes more than its own namespace. */
  readonly alone?: true
}

export type Area = {
  readonly title: string
  readonly checks: readonly Check[]
  /** What its checks share and what takes its time: begun when the run begins, if one of them is chosen. */
  readonly shares?: readonly Shared<unknown>[]
}

export const check = (says: string, broken: Breakage, run: Check['run']): Check => ({ says, broken, run })

export const alone = (says: string, broken: Breakage, run: Check['run']): Check => ({ says, broken, run, alone: true })
