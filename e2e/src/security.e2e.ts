import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { test } from './harness/browser.ts'
import { mesh } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import { languages } from './harness/words.ts'

// The fleet is that of the sidecars, which concern another cluster: it is started once for both.
test.use({ story: 'sidecars', locale: 'en-GB' })

const [{ words }] = languages

/** Makes a root in the open drawer, and keeps what is saved: its certificate and its key. */
async function newRoot(page: Page, organization: string): Promise<string> {
  const drawer = page.getByRole('dialog').last()
  await drawer.getByRole('textbox', { name: 'Organization' }).fill(organization)
  await drawer.getByRole('button', { name: 'Make it' }).click()
  const saved = page.waitForEvent('download')
  await drawer.getByRole('button', { name: 'Save root and key' }).click()
  const text = await readFile(await (await saved).path(), 'utf8')
  await drawer.getByRole('button', { name: words.plan }).click()
  return text
}

test('an authority made in the browser signs, and another root is trusted beside it', async ({ enter, stage }) => {
  await mesh(stage, 'signed', { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'shanghai-prod' } })
  const page = await enter('ada', '/meshes/signed/certificates')
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  const shown = page.getByRole('list', { name: 'What istiod shows' })
  await expect(shown).toContainText('Leads to O=cluster.local')
  await page.getByRole('button', { name: 'Plug in CA' }).click()
  const first = await newRoot(page, 'First')
  await carryOut(page, words, { verb: 'Plug in CA' })
  await expect(page.getByText('Plugged in (cacerts)')).toBeVisible()
  // istiod begins anew, and another Pod of it shows what the new root has signed.
  await expect(async () => {
    await page.reload()
    await expect(shown).toContainText('Leads to O=First, CN=Root CA', { timeout: 1_000 })
  }).toPass()
  await page.getByRole('button', { name: 'Add another root' }).click()
  const second = await newRoot(page, 'Second')
  await carryOut(page, words, { verb: 'Change roots' })
  const evidence = page.getByRole('list', { name: 'How far each cluster is' })
  await expect(evidence).toContainText('Hands out these roots', { timeout: 45_000 })
  await expect(page.getByRole('button', { name: 'Sign under the new root' })).toBeVisible()
  for (const saved of [first, second]) {
    const [key = ''] = /-----BEGIN PRIVATE KEY-----[^-]+/.exec(saved) ?? []
    expect(key.length).toBeGreaterThan(100)
    expect(sent.filter((each) => each.includes(JSON.stringify(key).slice(1, -1)))).toEqual([])
  }
})
