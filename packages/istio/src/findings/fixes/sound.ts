import { refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kindOf } from '../../world/kinds.ts'
import type { Judge } from '../finding.ts'
import { bringsMore } from './brought.ts'

/**
 * A judge that sees one object alone, without the ways out that change whom a rule is about, where others then say more of it
 * than they do now.
 */
export function withSoundWays(judge: Judge, others: readonly Judge[]): Judge {
  return {
    ...judge,
    judge(subject, world) {
      const findings = judge.judge(subject, world)
      if (findings.every(({ fixes }) => fixes.length === 0)) return findings
      const own = refKey(refOf(subject.cluster, subject.object))
      const judges = others.filter(({ kinds }) => kinds.includes(kindOf(subject.object)))
      const isSound = ({ patches }: Fix) =>
        patches.every(
          ({ ref, operations }) =>
            refKey(ref) !== own ||
            operations.every(({ path }) => !path.startsWith('/spec/hosts/')) ||
            !bringsMore(subject, world, { operations, judges }),
        )
      return findings.map((each) => ({ ...each, fixes: each.fixes.filter(isSound) }))
    },
  }
}
