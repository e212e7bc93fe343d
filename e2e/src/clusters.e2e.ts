import { parseKubeconfig, writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { carryOut } from './harness/plan-drawer.ts'
import type { Stage } from './harness/stage.ts'
import { languages } from './harness/words.ts'

test.use({ story: 'clusters' })

/** What somebody who administers the old lab would paste. */
function pasted(stage: Stage): string {
  const parsed = parseKubeconfig(stage.fleet.fleet.kubeconfig)
  const context = parsed.ok ? parsed.contexts.find((each) => each.name === 'lab-old') : undefined
  if (context?.ok !== true) throw new Error('the world has no lab-old')
  return writeKubeconfig([{ name: 'lab-old', connection: context.connection }])
}

const exec = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: https://example.invalid } }]
users: [{ name: u, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: aws, args: [eks, get-token] } } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
`

/** What is only said on the pages of clusters. */
const said = {
  'en-GB': { result: 'Test', checks: '5 checks passed', download: 'Download manifest', runs: /runs the program aws/ },
  'zh-CN': { result: '测试', checks: '5 项检查通过', download: '下载清单', runs: /通过程序 aws 登录/ },
}

for (const { locale, words } of languages) {
  const { result, checks, download, runs } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('lists the registered clusters with their state', async ({ enter }) => {
      const page = await enter('ada', '/clusters')
      await expect(page.getByRole('row', { name: new RegExp(`shanghai-prod.*${words.connected}`) })).toBeVisible()
      await expect(page.getByRole('link', { name: /lab-old/ })).toBeVisible()
    })

    test('registers one by an offered context, and removes it', async ({ enter }) => {
      const page = await enter('ada', '/clusters')
      await page.getByRole('link', { name: /lab-old/ }).click()
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(words.passed)).toBeVisible()
      const tested = page.getByRole('region', { name: result, exact: true })
      await expect(tested.getByText('v1.29.15')).toBeVisible()
      await expect(tested.getByText(checks)).toBeVisible()
      await page.getByRole('main').getByRole('button', { name: words.register }).click()
      await carryOut(page, words, { verb: words.register })
      await page.goto(new URL('/clusters/lab-old', page.url()).href)
      await expect(page.getByRole('heading', { level: 1, name: 'lab-old' })).toBeVisible()
      await expect(page.getByRole('main').getByText(words.connected, { exact: true })).toBeVisible()
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.removeCluster }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('textbox', { name: words.confirm('lab-old') }).fill('lab-new')
      await expect(drawer.getByRole('button', { name: words.removeCluster })).toBeDisabled()
      await carryOut(page, words, { verb: words.removeCluster, confirm: 'lab-old' })
      await page.goto(new URL('/clusters', page.url()).href)
      await expect(page.getByRole('link', { name: /lab-old/ })).toBeVisible()
    })

    test('registers one by a pasted kubeconfig, under a name of its own', async ({ enter, stage }) => {
      const page = await enter('ada', '/new/cluster')
      await page.getByRole('textbox', { name: words.kubeconfig, exact: true }).fill(pasted(stage))
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(words.passed)).toBeVisible()
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('basement')
      await page.getByRole('main').getByRole('button', { name: words.register }).click()
      await carryOut(page, words, { verb: words.register })
      await page.goto(new URL('/clusters/basement', page.url()).href)
      await expect(page.getByRole('main').getByText(words.connected, { exact: true })).toBeVisible()
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.removeCluster }).click()
      await carryOut(page, words, { verb: words.removeCluster, confirm: 'basement' })
    })

    test('refuses a kubeconfig that runs a program, and offers an account instead', async ({ enter }) => {
      const page = await enter('ada', '/new/cluster')
      await page.getByRole('textbox', { name: words.kubeconfig, exact: true }).fill(exec)
      await page.getByRole('button', { name: words.test }).click()
      await expect(page.getByText(words.refused)).toBeVisible()
      await expect(page.getByText(runs)).toBeVisible()
      await expect(page.getByRole('link', { name: download })).toBeVisible()
      const account = page.getByRole('region', { name: words.manifest })
      await expect(account.getByText(/kubectl/).first()).toBeVisible()
      await expect(page.getByRole('main').getByRole('button', { name: words.register })).toBeDisabled()
    })
  })
}

test('shows a cluster that swallows everything with what it last knew, and since when', async ({ enter, stage }) => {
  const faults = stage.fleet.fleet.clusters.get('beijing-prod')?.server.faults
  const page = await enter('ada', '/clusters')
  await expect(page.getByRole('row', { name: /beijing-prod.*Connected/ })).toBeVisible()
  faults?.set({ blackHole: true })
  await expect(page.getByRole('row', { name: /beijing-prod.*Unreachable for \d/ })).toBeVisible({ timeout: 45_000 })
  await expect(page.getByRole('row', { name: /shanghai-prod.*Connected/ })).toBeVisible()
  const partial = page.getByRole('region', { name: /^Partial: 1 of/ })
  await partial.getByRole('button', { name: 'Show which' }).click()
  await expect(partial.getByRole('listitem')).toHaveText(/beijing-prod.*unreachable.*for \d.*last known/)
  faults?.set({ blackHole: false })
  await expect(page.getByRole('row', { name: /beijing-prod.*Connected/ })).toBeVisible({ timeout: 60_000 })
})
