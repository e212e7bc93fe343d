import type { Page } from '@playwright/test'
import type { AnyStage } from './stage.ts'

/** Opens the console signed in as somebody, in the language of the test's locale. */
export type Enter = (persona: 'ada' | 'vic' | 'nils', path?: string) => Promise<Page>

export function entrance(page: Page, { console: { url } }: AnyStage): Enter {
  return async (persona, path = '/') => {
    await page.goto(`${url}/sign-in`)
    await page.getByRole('button', { name: new RegExp(`^${persona}`, 'i') }).click()
    await page.waitForURL(({ pathname }) => pathname !== '/sign-in')
    if (path !== '/') await page.goto(`${url}${path}`)
    return page
  }
}
