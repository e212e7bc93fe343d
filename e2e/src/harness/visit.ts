import { expect, type Page } from '@playwright/test'
import type { AnyStage } from './stage.ts'

/** Opens the console signed in as somebody, in the language of the test's locale. The page of signing in has tests of its own. */
export type Enter = (persona: 'ada' | 'vic' | 'nils', path?: string) => Promise<Page>

export function entrance(page: Page, { console: { url } }: AnyStage): Enter {
  return async (persona, path = '/') => {
    const signed = await page.context().request.post(`${url}/api/v1/session`, {
      headers: { origin: url },
      data: { mode: 'local', persona },
    })
    await expect(signed).toBeOK()
    await page.goto(`${url}${path}`)
    return page
  }
}
