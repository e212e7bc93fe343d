import { readFile } from 'node:fs/promises'
import { virtualServices } from '@orbweaver/kube/resources'
import { expect, type Page } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { done, mesh } from '../harness/jobs.ts'
import { choose, meshIsReady, removeMesh } from '../harness/mesh-pages.ts'
import { carryOut } from '../harness/plan-drawer.ts'
import { languages } from '../harness/words.ts'

test.use({ story: 'removal' })

const [english, chinese] = languages
const spec = { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'shanghai-prod' } }

/** A fix opens over the dialog it was asked for in, and leads back to it. */
async function mend(page: Page, { verb, back }: { verb: string; back: string }): Promise<void> {
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: verb, exact: true }).click()
  await expect(drawer.getByText(english.words.succeeded).first()).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: back })).toBeVisible()
}

test.describe(english.locale, () => {
  test.use({ locale: english.locale })

  test('mends what stands in the way of deleting a protected mesh, and comes back each time', async ({
    enter,
    stage,
  }) => {
    test.setTimeout(120_000)
    const { words } = english
    await mesh(stage, 'guarded', { ...spec, protected: true })
    const namespaces = [{ cluster: 'shanghai-prod', namespace: 'shop-web' }]
    await done(stage, { type: 'sidecars.namespaces', mesh: 'guarded', namespaces, action: 'enable', restart: true })
    const page = await enter('ada', '/meshes/guarded')
    const back = 'Delete mesh guarded'
    await page.getByRole('button', { name: words.more }).click()
    await page.getByRole('menuitem', { name: words.deleteMesh }).click()
    const dialog = page.getByRole('dialog', { name: back })
    await expect(dialog.getByText('This mesh is protected from deletion')).toBeVisible()
    await dialog.getByRole('button', { name: 'Take protection off' }).click()
    await mend(page, { verb: 'Change protection', back })
    await dialog.getByRole('radio', { name: words.uninstall }).check()
    await expect(dialog.getByText('In shanghai-prod, 1 namespace still asks for injection')).toBeVisible()
    await dialog.getByRole('button', { name: 'Clear the policy and restart' }).click()
    await mend(page, { verb: words.changeInjection, back })
    // Pods of the old ReplicaSets go a moment later: the open dialog notices by itself.
    await expect(dialog.getByText('Nothing stands in the way.')).toBeVisible({ timeout: 30_000 })
    await dialog.getByRole('button', { name: words.plan }).click()
    await carryOut(page, words, { verb: words.deleteMesh, confirm: 'guarded' })
    await page.goto(new URL('/meshes', page.url()).href)
    await expect(page.getByRole('link', { name: 'guarded', exact: true })).toHaveCount(0, { timeout: 45_000 })
  })
})

test.describe(chinese.locale, () => {
  test.use({ locale: chinese.locale })

  test('exports a mesh, deletes it, and imports it in another name with its rules', async ({ enter, stage }) => {
    test.setTimeout(120_000)
    const { words } = chinese
    await mesh(stage, 'copied', spec)
    const target = { namespace: 'shop-web', name: 'imported' }
    const shanghai = stage.admin('shanghai-prod')
    const rule = { hosts: ['imported'], http: [{ route: [{ destination: { host: 'web' } }] }] }
    const object = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: target, spec: rule }
    await shanghai.create(virtualServices, object)
    const page = await enter('ada', '/meshes/copied')
    const files = await exported(page)
    await removeMesh(page, words, { name: 'copied', how: words.uninstall })
    await shanghai.remove(virtualServices, target)
    await page.goto(new URL('/new/mesh-import', page.url()).href)
    await page.getByLabel('选择文件').setInputFiles(files)
    await page.getByRole('textbox', { name: '网格名称' }).fill('again')
    await choose(page, /此处: shanghai-prod/, /shanghai-prod/)
    await page.getByRole('button', { name: words.plan }).first().click()
    await carryOut(page, words, { verb: words.createMesh })
    await page.getByRole('button', { name: words.plan }).first().click()
    await carryOut(page, words, { verb: '导入' })
    await expect(page.getByText('已全部导入。')).toBeVisible()
    const brought = await shanghai.get(virtualServices, target)
    expect(brought.spec).toEqual(rule)
    await page.getByRole('link', { name: '打开网格' }).click()
    await meshIsReady(page, words)
    await shanghai.remove(virtualServices, target)
    await removeMesh(page, words, { name: 'again', how: words.uninstall })
  })
})

/** Every file that the export offers, as it was downloaded. */
async function exported(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> {
  await page.getByRole('button', { name: chinese.words.more }).click()
  await page.getByRole('menuitem', { name: '导出 YAML' }).click()
  const files: { name: string; mimeType: string; buffer: Buffer }[] = []
  const offers = page.getByRole('dialog').getByRole('button', { name: /\.yaml$/ })
  await expect(offers).toHaveCount(2)
  for (const offer of await offers.all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), offer.click()])
    const buffer = await readFile(await download.path())
    files.push({ name: download.suggestedFilename(), mimeType: 'text/yaml', buffer })
  }
  await page.keyboard.press('Escape')
  return files
}
