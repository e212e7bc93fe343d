import { expect, type Page } from '@playwright/test'
import { faultsIn } from './harness/axe.ts'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import { languages, type Words } from './harness/words.ts'

test.use({ story: 'metrics', contextOptions: { reducedMotion: 'reduce' } })
test.beforeAll(({ stage }) => adoptEdge(stage))

/** What is only said on the pages of metrics. */
const said = {
  'en-GB': {
    nav: 'Metrics',
    say: 'Say where the Prometheus of frankfurt-edge is',
    none: 'None',
    service: 'A Service in this cluster',
    verb: 'Apply changes',
    missing: 'Service monitoring/nowhere:9090, named as the Prometheus of frankfurt-edge, is not there.',
    check: 'Check the cluster',
    left: 'Namespaces whose Pods you may not list are not counted in any number here.',
    unsaid: /^Nobody has said where the Prometheus of this mesh is, so/,
    week: '7 days',
  },
  'zh-CN': {
    nav: '流量监控',
    say: '填写 frankfurt-edge 的 Prometheus 地址',
    none: '无',
    service: '此集群中的 Service',
    verb: '应用修改',
    missing: 'frankfurt-edge 的 Prometheus 所指定的 Service monitoring/nowhere:9090 不存在。',
    check: '检查集群',
    left: '您无权列出 Pod 的命名空间不计入此处的任何数值。',
    unsaid: /^尚未指定此网格的 Prometheus，因此/,
    week: '7 天',
  },
}

async function planned(page: Page, words: Words, verb: string) {
  await page.getByRole('main').getByRole('button', { name: words.plan }).click()
  await carryOut(page, words, { verb })
}

for (const { locale, words } of languages) {
  const { nav, say, none, service, verb, missing, check, left, unsaid, week } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('leads from a mesh without a Prometheus to the form that names it, and says why one is silent', async ({
      enter,
    }) => {
      const page = await enter('ada', '/meshes/edge')
      await expect(page.getByText(unsaid)).toBeVisible()
      await page.getByRole('main').getByRole('link', { name: nav, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: nav })).toBeVisible()
      await page.getByRole('link', { name: say }).click()
      await page.getByRole('radio', { name: service }).click()
      await page.getByRole('textbox', { name: /prometheus\.service\.namespace/ }).fill('monitoring')
      await page.getByRole('textbox', { name: /prometheus\.service\.name$/ }).fill('nowhere')
      expect(await faultsIn(page)).toEqual([])
      await planned(page, words, verb)
      await expect(page.getByRole('main').getByText('monitoring/nowhere:9090', { exact: true })).toBeVisible()

      await page.goto(new URL('/meshes/edge/metrics', page.url()).href)
      await expect(page.getByText(missing)).toBeVisible()
      await expect(page.getByRole('link', { name: check })).toHaveAttribute('href', '/clusters/frankfurt-edge')
      await expect(page.getByRole('figure')).toHaveCount(3)
      await expect(page.getByText(left)).toHaveCount(0)
      expect(await faultsIn(page)).toEqual([])
    })

    test('tells who sees one namespace that others are in no number', async ({ enter }) => {
      const page = await enter('nils', '/meshes/edge/metrics')
      await expect(page.getByText(missing)).toBeVisible()
      await expect(page.getByText(left)).toBeVisible()
    })

    test('is found by the search, and its time is chosen by keys and kept in the address', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').fill(nav)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\/meshes\/edge\/metrics$/)
      await page.getByRole('radio', { checked: true }).focus()
      for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight')
      await expect(page).toHaveURL(/minutes=10080/)
      await expect(page.getByRole('radio', { name: week })).toBeChecked()
    })

    test('forgets where a Prometheus is', async ({ enter }) => {
      const page = await enter('ada', '/clusters/frankfurt-edge/edit')
      await page.getByRole('radio', { name: none, exact: true }).click()
      await planned(page, words, verb)
      await page.goto(new URL('/meshes/edge/metrics', page.url()).href)
      await expect(page.getByRole('link', { name: say })).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
    })
  })
}
