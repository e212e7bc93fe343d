import { expect, type Page } from '@playwright/test'
import { carryOut } from './plan-drawer.ts'
import type { Words } from './words.ts'

/** How long clusters may take (ms); real ones are given more. */
const patienceMs = 45_000

/**
 * What the list offers is drawn apart from what it tells assistive technology: a person clicks what they see, as soon as
 * it can be chosen.
 */
export async function choose(page: Page, field: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  const offered = page.locator('[aria-disabled="false"]').filter({ hasText: option, visible: true })
  await offered.last().click()
}

type Wanted = {
  kind: RegExp
  name: string
  cluster: RegExp
  /** What is looked at before the form is sent. */
  look?: () => Promise<void>
}

/** Fills the form as far as every kind needs it; the rest is as it is proposed. */
export async function createMesh(page: Page, words: Words, wanted: Wanted): Promise<void> {
  await page.getByRole('radio', { name: wanted.kind }).check()
  await page.getByRole('textbox', { name: /metadata\.name/ }).fill(wanted.name)
  await choose(page, /controlPlane\.cluster/, wanted.cluster)
  await wanted.look?.()
  await page.getByRole('button', { name: words.plan }).click()
  await carryOut(page, words, { verb: words.createMesh })
  await page.goto(new URL(`/meshes/${wanted.name}`, page.url()).href)
  await expect(page.getByRole('heading', { level: 1, name: wanted.name })).toBeVisible()
}

/** On the page of a cluster with an Istio that nobody governs: makes it an external mesh. */
export async function adoptFound(page: Page, words: Words, name: string): Promise<void> {
  await page.getByRole('link', { name: words.adopt }).first().click()
  await expect(page.getByRole('textbox', { name: /metadata\.name/ })).not.toHaveValue('')
  await page.getByRole('textbox', { name: /metadata\.name/ }).fill(name)
  await page.getByRole('button', { name: words.plan }).click()
  await carryOut(page, words, { verb: words.createMesh })
  await page.goto(new URL(`/meshes/${name}`, page.url()).href)
  await meshIsReady(page, words)
}

/** The mesh whose page is open, as its state beside the title says; revisions and components have states of their own. */
export async function meshIsReady(page: Page, words: Words, forMs = patienceMs): Promise<void> {
  const head = page.getByRole('main').getByRole('heading', { level: 1 }).locator('..')
  await expect(head.getByText(words.ready, { exact: true })).toBeVisible({ timeout: forMs })
}

type Removal = { name: string; how: string | undefined; forMs?: number }

export async function removeMesh(page: Page, words: Words, removal: Removal): Promise<void> {
  await askForRemoval(page, words, removal)
  await page.goto(new URL('/meshes', page.url()).href)
  await expect(page.getByRole('link', { name: removal.name, exact: true })).toHaveCount(0, {
    timeout: removal.forMs ?? patienceMs,
  })
}

/** The record may stay for as long as something of the mesh does. */
export async function askForRemoval(page: Page, words: Words, { name, how }: Removal): Promise<void> {
  await page.goto(new URL(`/meshes/${name}`, page.url()).href)
  await page.getByRole('button', { name: words.more }).click()
  await page.getByRole('menuitem', { name: words.deleteMesh }).click()
  if (how !== undefined) await page.getByRole('radio', { name: how }).check()
  await page.getByRole('dialog').last().getByRole('button', { name: words.plan }).click()
  await carryOut(page, words, { verb: words.deleteMesh, confirm: name })
}
