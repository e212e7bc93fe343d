import { findingKey, type Fix } from '@orbweaver/contracts/plan'
import type { Judge, Subject } from '../finding.ts'
import type { MeshWorld } from '../world.ts'
import { patchedIfFits } from './apply.ts'

/** Whether a change of an object lets some judges say something of it that they do not say now; a change that does not fit does. */
export function bringsMore(
  subject: Subject,
  world: MeshWorld,
  { operations, judges }: { operations: Fix['patches'][number]['operations']; judges: readonly Judge[] },
): boolean {
  const object = patchedIfFits(subject.object, operations)
  if (object === undefined) return true
  return judges.some((judge) => {
    const before = new Set(judge.judge(subject, world).map(findingKey))
    return judge.judge({ ...subject, object }, world).some((each) => !before.has(findingKey(each)))
  })
}
