import { test as base } from '@playwright/test'
import { setLabStage } from './lab-stage.ts'
import type { AnyStage } from './stage.ts'
import { type Enter, entrance } from './visit.ts'

/** A lab that was built starts in a minute; one that was not is built first. */
const startMs = 3_600_000

/** Playwright's test with a lab and a console before it, started once. */
export const test = base.extend<{ enter: Enter }, { stage: AnyStage }>({
  stage: [
    async ({ playwright: _playwright }, use) => {
      const stage = await setLabStage()
      await use(stage)
      await stage.stop()
    },
    { scope: 'worker', timeout: startMs },
  ],
  enter: ({ page, stage }, provide) => provide(entrance(page, stage)),
})
