import { expect } from '@playwright/test'
import { faultsIn } from './harness/axe.ts'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { changeInjection, namespaceRow } from './harness/sidecar-pages.ts'
import { languages } from './harness/words.ts'

/** What the pages say that explain. */
const compared = {
  'en-GB': {
    explain: 'Explain: reviews-v1',
    banner: /^Compared with a plan that is not executed/,
    stop: 'Stop comparing',
    injected: 'A new Pod gets a sidecar',
    not: 'A new Pod gets no sidecar',
  },
  'zh-CN': {
    explain: '解释: reviews-v1',
    banner: /^正与一个尚未执行的计划比较/,
    stop: '停止比较',
    injected: '新 Pod 会有边车',
    not: '新 Pod 不会有边车',
  },
} as const

test.use({ story: 'sidecars' })
test.beforeAll(({ stage }) => adoptEdge(stage))

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale })

    test('enables injection for two namespaces with the restarts, and clears it again', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/sidecars')
      const namespaces = ['shop-web', 'shop-catalog']
      await changeInjection(page, words, { namespaces, verb: words.enable, restart: true })
      await expect(namespaceRow(page, 'shop-web', words.enabled)).toContainText('6/6', { timeout: 30_000 })
      await expect(namespaceRow(page, 'shop-catalog', words.enabled)).toContainText('5/5', { timeout: 30_000 })
      await changeInjection(page, words, { namespaces, verb: words.clear, restart: true })
      await expect(namespaceRow(page, 'shop-web', words.notSet)).toContainText('0/6', { timeout: 30_000 })
    })

    test('explains with a plan what its new Pods get', async ({ enter }) => {
      const say = compared[locale]
      const page = await enter('ada', '/meshes/edge/sidecars')
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.getByRole('checkbox', { name: words.select('bookinfo') }).check()
      await page.getByRole('button', { name: words.disable }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('link', { name: say.explain }).click()
      await expect(page.getByText(say.banner)).toBeVisible()
      await expect(drawer).toBeHidden()
      const answer = page.getByRole('main')
      await expect(answer.locator('del')).toContainText([say.injected])
      await expect(answer.locator('ins')).toContainText([say.not])
      expect(await faultsIn(page)).toEqual([])
      await page.getByRole('button', { name: say.stop }).click()
      await expect(page.getByText(say.banner)).toHaveCount(0)
      await expect(page.getByRole('heading', { level: 2, name: say.injected })).toBeVisible()
    })

    test('disables one namespace, and leaves its Pods for later', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/sidecars')
      const change = { namespaces: ['bookinfo'], restart: false }
      await changeInjection(page, words, { ...change, verb: words.disable })
      await expect(namespaceRow(page, 'bookinfo', words.disabled)).toContainText('7/7')
      await changeInjection(page, words, { ...change, verb: words.enable })
      await expect(namespaceRow(page, 'bookinfo', words.enabled)).toBeVisible()
    })
  })
}
