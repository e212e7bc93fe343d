import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject, it, vi } from 'vitest'
import { awaken, metSoFar } from './awake.ts'

/** The tests of one file once for each of some mutants, over sources read anew each time: one leaves nothing to the next. */
const { file, mutants } = inject('batch')

for (const mutant of mutants) {
  describe(String(mutant), async () => {
    let isNoticed = false
    beforeAll(() => awaken(mutant))
    beforeEach((context) => context.skip(isNoticed))
    afterEach(({ task }) => {
      isNoticed ||= task.result?.state === 'fail'
    })
    awaken(mutant)
    vi.resetModules()
    try {
      await import(file)
    } catch (error) {
      it('can be read', () => {
        throw error
      })
    }
  })
}

afterAll(() => {
  const directory = inject('hits')
  if (directory !== '') writeFileSync(join(directory, 'hits.json'), JSON.stringify(metSoFar()))
})
