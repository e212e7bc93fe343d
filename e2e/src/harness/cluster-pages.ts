import { expect, type Page } from '@playwright/test'
import { carryOut } from './plan-drawer.ts'
import type { Words } from './words.ts'

/** From the list of clusters: tests a context that is offered there, and registers it under its own name. */
export async function registerOffered(page: Page, words: Words, wanted: { name: string; look?: () => Promise<void> }) {
  await page.getByRole('link', { name: new RegExp(wanted.name) }).click()
  await page.getByRole('button', { name: words.test }).click()
  await expect(page.getByText(words.passed)).toBeVisible()
  await wanted.look?.()
  await page.getByRole('main').getByRole('button', { name: words.register }).click()
  await carryOut(page, words, { verb: words.register })
  await page.goto(new URL(`/clusters/${wanted.name}`, page.url()).href)
  await expect(page.getByRole('heading', { level: 1, name: wanted.name })).toBeVisible()
  await expect(page.getByRole('main').getByText(words.connected, { exact: true })).toBeVisible()
}
