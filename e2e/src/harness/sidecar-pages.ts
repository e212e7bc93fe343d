import type { Locator, Page } from '@playwright/test'
import { carryOut } from './plan-drawer.ts'
import type { Words } from './words.ts'

type Change = {
  namespaces: string[]
  /** Words of the button: enable, disable or clear. */
  verb: string
  restart: boolean
}

/** Changes the injection policy of namespaces, all in one plan. */
export async function changeInjection(page: Page, words: Words, change: Change): Promise<void> {
  for (const name of change.namespaces) await page.getByRole('checkbox', { name: words.select(name) }).check()
  await page.getByRole('checkbox', { name: words.alsoRestart }).setChecked(change.restart)
  await page.getByRole('button', { name: change.verb }).click()
  await carryOut(page, words, { verb: words.changeInjection })
}

/** A namespace whose policy is told in this word. */
export function namespaceRow(page: Page, name: string, policy: string): Locator {
  return page.getByRole('row', { name: new RegExp(`${name} .*${policy}`) })
}
