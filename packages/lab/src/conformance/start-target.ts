import { labTarget } from './lab-target.ts'
import { sandboxTarget } from './sandbox-target.ts'
import type { Target, TargetName } from './target.ts'

type Wish = {
  /** Something that will not come is waited for: for a shorter time. */
  readonly broken: boolean
  /** Run directory of a lab that is up. */
  readonly dir?: string | undefined
}

const patience = { sandbox: 30_000, lab: 60_000, broken: 1_500 }

export function startTarget(name: TargetName, { broken, dir }: Wish): Promise<Target> {
  const patienceMs = broken ? patience.broken : patience[name]
  return name === 'sandbox' ? sandboxTarget(patienceMs) : labTarget({ dir, patienceMs })
}
