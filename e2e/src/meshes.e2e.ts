import type { Page } from '@playwright/test'
import { istioRevisionTags, istios } from '@orbweaver/kube/resources'
import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { done, mesh } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import { languages, type Words } from './harness/words.ts'

test.use({ story: 'meshes' })

/** What the list offers is drawn apart from what it tells assistive technology: a person clicks what they see. */
async function choose(page: Page, field: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByText(option).filter({ visible: true }).last().click()
}

/** Fills the form as far as every kind needs it; the rest is as it is proposed. */
async function create(page: Page, words: Words, wanted: { kind: RegExp; name: string; cluster: RegExp }) {
  await page.getByRole('radio', { name: wanted.kind }).check()
  await page.getByRole('textbox', { name: /metadata\.name/ }).fill(wanted.name)
  await choose(page, /controlPlane\.cluster/, wanted.cluster)
  await page.getByRole('button', { name: words.plan }).click()
  await carryOut(page, words, { verb: words.createMesh })
  await page.goto(new URL(`/meshes/${wanted.name}`, page.url()).href)
  await expect(page.getByRole('heading', { level: 1, name: wanted.name })).toBeVisible()
}

async function isReady(page: Page, words: Words): Promise<void> {
  await expect(page.getByRole('main').getByText(words.ready, { exact: true }).first()).toBeVisible({ timeout: 45_000 })
}

async function remove(page: Page, words: Words, { name, how }: { name: string; how: string | undefined }) {
  await page.goto(new URL(`/meshes/${name}`, page.url()).href)
  await page.getByRole('button', { name: words.more }).click()
  await page.getByRole('menuitem', { name: words.deleteMesh }).click()
  if (how !== undefined) await page.getByRole('radio', { name: how }).check()
  await page.getByRole('dialog').last().getByRole('button', { name: words.plan }).click()
  await carryOut(page, words, { verb: words.deleteMesh, confirm: name })
  await page.goto(new URL('/meshes', page.url()).href)
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0, { timeout: 45_000 })
}

/** What is only said on the pages of meshes. */
const said = {
  'en-GB': {
    preflight: 'Preflight',
    objects: 'Objects that will exist',
    noOperator: /frankfurt-edge has no Sail Operator/,
    drift: 'Drift',
    repair: 'Repair',
    repairVerb: 'Repair mesh',
    stages: /^All \d+ stages are done$/,
    managedStep: 'Create a managed mesh',
    monitoringStep: 'Monitoring',
    notBuilt: 'not in this version',
  },
  'zh-CN': {
    preflight: '环境检测',
    objects: '将创建的对象',
    noOperator: /frankfurt-edge 没有 Sail Operator/,
    drift: '配置偏差',
    repair: '修复',
    repairVerb: '修复网格',
    stages: /^全部 \d+ 个阶段已完成$/,
    managedStep: '创建托管网格',
    monitoringStep: '流量监控',
    notBuilt: '当前版本不支持',
  },
}

for (const { locale, words } of languages) {
  const { preflight, objects, noOperator, drift: driftTitle, repair, repairVerb, stages } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('the drawing on the start page leads on by a click, and says what is not built yet', async ({ enter }) => {
      const { managedStep, monitoringStep, notBuilt } = said[locale]
      const page = await enter('ada')
      const drawing = page.locator('.ow-picture-drawing[data-state="drawn"]')
      const monitoring = drawing.locator('.node', { hasText: monitoringStep })
      await expect(monitoring).toContainText(notBuilt)
      await monitoring.click()
      await expect(page).toHaveURL((url) => url.pathname === '/')
      await drawing.locator('.node', { hasText: managedStep }).click()
      await expect(page).toHaveURL(/\/new\/mesh\?kind=Managed$/)
      await expect(page.getByRole('radio', { name: words.managed })).toBeChecked()
    })

    test('makes a dedicated mesh, and uninstalls it again', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh')
      await create(page, words, {
        kind: words.dedicated,
        name: 'payments',
        cluster: /shanghai-prod/,
      })
      await isReady(page, words)
      await remove(page, words, { name: 'payments', how: words.uninstall })
    })

    test('adopts an Istio that runs already, and lets it go', async ({ enter }) => {
      const page = await enter('ada', '/clusters/frankfurt-edge')
      await page
        .getByRole('link', { name: /adopt|external|接入/i })
        .first()
        .click()
      await expect(page.getByRole('textbox', { name: /metadata\.name/ })).not.toHaveValue('')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('edge')
      await page.getByRole('button', { name: words.plan }).click()
      await carryOut(page, words, { verb: words.createMesh })
      await page.goto(new URL('/meshes/edge', page.url()).href)
      await isReady(page, words)
      await remove(page, words, { name: 'edge', how: undefined })
    })

    test('makes a managed mesh, and joins a cluster to it', async ({ enter }) => {
      test.setTimeout(120_000)
      const page = await enter('ada', '/new/mesh')
      await create(page, words, { kind: words.managed, name: 'fleet', cluster: /shanghai-prod/ })
      await isReady(page, words)
      await page.goto(new URL('/meshes/fleet/clusters', page.url()).href)
      await page.getByRole('button', { name: words.join }).click()
      const dialog = page.getByRole('dialog').last()
      await dialog.getByRole('checkbox', { name: /beijing-prod/ }).check()
      await dialog.getByRole('button', { name: words.plan }).click()
      await carryOut(page, words, { verb: words.joinVerb })
      const joined = new RegExp(`beijing-prod.* ${words.joined}`)
      await expect(page.getByRole('row', { name: joined })).toBeVisible({ timeout: 45_000 })
      await remove(page, words, { name: 'fleet', how: words.uninstall })
    })
    test('shows the preflight and the objects beside the form', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('payments')
      const cluster = page.getByRole('combobox', { name: /controlPlane\.cluster/ })
      await cluster.click()
      await expect(page.getByText(noOperator)).toBeVisible()
      await cluster.fill('shanghai')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: preflight }).getByRole('group')).toBeVisible()
      const preview = page.getByRole('region', { name: objects })
      await expect(preview.getByText('istio-system')).toBeVisible()
      await expect(preview.getByText('IstioRevisionTag')).toBeVisible()
    })

    test('repairs a mesh that drifted, and forgets it while it goes on running', async ({ enter, stage }) => {
      test.setTimeout(120_000)
      const name = `drifting-${locale.slice(0, 2)}`
      const shanghai = stage.fleet.admin('shanghai-prod')
      await mesh(stage, name, { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'shanghai-prod' } })
      const page = await enter('ada', `/meshes/${name}`)
      await expect(page.getByRole('main').getByText(stages)).toBeVisible()
      await shanghai.remove(istioRevisionTags, { name: 'default' })
      const drift = page.getByRole('region', { name: driftTitle })
      await expect(drift.getByText('default')).toBeVisible({ timeout: 30_000 })
      await drift.getByRole('button', { name: repair }).click()
      await carryOut(page, words, { verb: repairVerb })
      await expect(drift).toBeHidden({ timeout: 30_000 })
      await remove(page, words, { name, how: words.record })
      const { items } = await shanghai.list(istios)
      expect(items.map((each) => each.metadata.name)).toContain(name)
      await shanghai.remove(istios, { name })
      await shanghai.remove(istioRevisionTags, { name: 'default' })
    })
  })
}

test('a cluster whose Kubernetes is too old blocks the plan, with the reason and the way out', async ({
  enter,
  stage,
}) => {
  const source = { kind: 'offered', context: 'lab-old' }
  await done(stage, { type: 'clusters.register', name: 'lab-old', spec: {}, source })
  const page = await enter('ada', '/new/mesh?kind=Dedicated')
  await page.getByRole('textbox', { name: /metadata\.name/ }).fill('old')
  await page.getByRole('combobox', { name: /controlPlane\.cluster/ }).fill('lab-old')
  await page.keyboard.press('Enter')
  const preflight = page.getByRole('region', { name: 'Preflight' })
  await expect(preflight.getByText(/needs Kubernetes 1\.30; lab-old runs v1\.29\.15/)).toBeVisible()
  await expect(preflight.getByText('Upgrade Kubernetes, or choose an older Istio')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled()
})

test('says what a mesh waits for when its cluster goes dark, and since when', async ({ enter, stage }) => {
  test.setTimeout(120_000)
  const faults = stage.fleet.fleet.clusters.get('beijing-prod')?.server.faults
  const ada = await stage.person('ada')
  const spec = { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'beijing-prod' } }
  await (await ada.plan({ type: 'meshes.create', name: 'dark', spec }))()
  faults?.set({ blackHole: true })
  const page = await enter('ada', '/meshes/dark')
  await expect(page.getByRole('link', { name: 'Open cluster beijing-prod' })).toBeVisible({ timeout: 60_000 })
  const partial = page.getByRole('region', { name: /^Partial: 1 of/ })
  await partial.getByRole('button', { name: 'Show which' }).click()
  await expect(partial.getByRole('listitem')).toHaveText(/beijing-prod.*unreachable.*since/)
  faults?.set({ blackHole: false })
  await expect(partial).toBeHidden({ timeout: 45_000 })
})
