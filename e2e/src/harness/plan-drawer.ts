import { expect, type Page } from '@playwright/test'
import type { Words } from './words.ts'

/** The one drawer of plans: presses its verb, waits until everything is done, and closes it. */
export async function carryOut(page: Page, words: Words, { verb, confirm }: { verb: string; confirm?: string }) {
  const drawer = page.getByRole('dialog').last()
  if (confirm !== undefined) await drawer.getByRole('textbox', { name: words.confirm(confirm) }).fill(confirm)
  await drawer.getByRole('button', { name: verb, exact: true }).click()
  await expect(drawer.getByText(words.succeeded).first()).toBeVisible({ timeout: 30_000 })
  await expect(drawer.getByText(words.goesOn)).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
}
