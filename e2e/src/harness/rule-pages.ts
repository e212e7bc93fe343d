import { expect, type Locator, type Page } from '@playwright/test'
import { carryOut } from './plan-drawer.ts'
import type { Words } from './words.ts'

/** Goes to the line that says this, by the keys of the editor, and types another in its place. */
export async function retype(editor: Locator, line: string, replacement: string): Promise<void> {
  const { keyboard } = editor.page()
  await expect(editor).toContainText(line)
  const lines = (await editor.innerText()).split('\n').map((each) => each.trim())
  await editor.focus()
  await keyboard.press('Control+Home')
  for (let down = lines.indexOf(line); down > 0; down -= 1) await keyboard.press('ArrowDown')
  await keyboard.press('End')
  await keyboard.press('Shift+Home')
  await keyboard.type(replacement)
}

type NewRule = {
  /** As the list of templates says it. */
  template: string
  namespace: string
  name: string
  host: string
  /** What the editor shows of the template. */
  shows: string
}

/** On the page of a new VirtualService: by a template, whose YAML is beside its fields, to the rule's own page. */
export async function createRule(page: Page, words: Words, rule: NewRule): Promise<void> {
  await page.getByRole('combobox', { name: words.template }).click()
  await page.getByTitle(rule.template).last().click()
  await page.getByRole('combobox', { name: /metadata\.namespace/ }).fill(rule.namespace)
  await page.getByRole('textbox', { name: /metadata\.name/ }).fill(rule.name)
  await page.getByRole('textbox', { name: /hosts\[\]/ }).fill(rule.host)
  await expect(page.getByRole('textbox', { name: words.editor })).toContainText(rule.shows)
  await page.getByRole('button', { name: words.review }).click()
  await carryOut(page, words, { verb: words.createVerb })
  await expect(page.getByRole('heading', { level: 1, name: rule.name })).toBeVisible()
}

/** Weight -3 in the last route: refused in istiod's own words, by the check and by the plan, which cannot be executed. */
export async function negativeWeight(page: Page, words: Words, before: string): Promise<void> {
  const refusal = /denied the request.*weight -3 < 0/
  await retype(page.getByRole('textbox', { name: words.editor }), `weight: ${before}`, 'weight: -3')
  await page.getByRole('button', { name: words.check }).click()
  await expect(page.getByText(refusal)).toBeVisible()
  await page.getByRole('button', { name: words.apply }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText(words.blocked, { exact: true })).toBeVisible()
  await expect(drawer.getByText(refusal).first()).toBeVisible()
  await expect(drawer.getByRole('button', { name: words.applyVerb })).toBeDisabled()
}

/** Somebody else changed the rule under one's hands: keeps one's own where both did, and goes on with the result. */
export async function mergeMine(page: Page, words: Words): Promise<void> {
  await expect(page.getByText(words.moved)).toBeVisible()
  await page.getByRole('button', { name: words.merge }).click()
  const use = page.getByRole('button', { name: words.useMerged })
  await expect(use).toBeDisabled()
  for (const choice of await page.getByRole('radio', { name: words.keepMine }).all()) await choice.check()
  await use.click()
}

/** On the rule's page: by its name, back to the list. */
export async function deleteRule(page: Page, words: Words, name: string): Promise<void> {
  await page.getByRole('button', { name: words.more }).click()
  await page.getByRole('menuitem', { name: words.delete }).click()
  const verb = page.getByRole('dialog').getByRole('button', { name: words.deleteVerb })
  await expect(verb).toBeDisabled()
  await carryOut(page, words, { verb: words.deleteVerb, confirm: name })
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
}
