import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../areas.ts'
import { type Result, runChecks } from '../run.ts'
import { startTarget } from '../start-target.ts'
import type { Target, TargetName } from '../target.ts'

/** Runs all checks at once, as the command does, and then tells each as a test of its own. */
export function conformance(name: TargetName, { broken }: { broken: boolean }): void {
  let target: Target | undefined
  let results: readonly Result[] = []
  beforeAll(async () => {
    target = await startTarget(name, { broken })
    results = await runChecks(target, areas, { broken })
  }, 3_600_000)
  afterAll(async () => {
    await target?.close()
  }, 60_000)
  const expected = broken ? 'different' : 'same'
  for (const { title, checks } of areas) {
    describe(title, () => {
      it.each(checks.map(({ says }) => says))('%s', (says) => {
        const { outcome, detail } = results.find((each) => each.says === says) ?? { outcome: 'not run', detail: '' }
        expect({ outcome, detail: outcome === expected ? '' : detail }).toEqual({ outcome: expected, detail: '' })
      })
    })
  }
}
