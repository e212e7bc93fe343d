import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { changeInjection, namespaceRow } from './harness/sidecar-pages.ts'
import { languages } from './harness/words.ts'

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
