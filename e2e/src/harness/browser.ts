import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { demoWorld } from '@orbweaver/sandbox/worlds/demo'
import { type Stage, setStage } from './stage.ts'

/** The built console. */
export const assets = join(import.meta.dirname, '..', '..', '..', 'apps', 'console', 'dist', 'web')

type Story = {
  /** Files of different stories do not share a fleet: what one leaves behind, another never sees. */
  story: string
  stage: Stage
}

type Visit = {
  /** Opens the console signed in as somebody, in the language of the test's locale. */
  enter: (persona: 'ada' | 'vic' | 'nils', path?: string) => Promise<Page>
}

/** Playwright's test with a fleet of the demo world and a console before it, started once a story. */
export const test = base.extend<Visit, Story>({
  story: ['', { scope: 'worker', option: true }],
  stage: [
    async ({ story: _story }, use) => {
      const stage = await setStage(await demoWorld(), { assets })
      await use(stage)
      await stage.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  enter: async ({ page, stage }, provide) => {
    await provide(async (persona, path = '/') => {
      await page.goto(`${stage.console.url}/sign-in`)
      await page.getByRole('button', { name: new RegExp(`^${persona}`, 'i') }).click()
      await page.waitForURL((url) => url.pathname !== '/sign-in')
      if (path !== '/') await page.goto(`${stage.console.url}${path}`)
      return page
    })
  },
})
