import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import { languages } from './harness/words.ts'

test.use({ story: 'sidecars' })
test.beforeAll(({ stage }) => adoptEdge(stage))

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale })

    test('enables injection for two namespaces with the restarts, and clears it again', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/sidecars')
      const row = (name: string, text: string) => page.getByRole('row', { name: new RegExp(`${name} .*${text}`) })
      const tick = async () => {
        for (const name of ['shop-web', 'shop-catalog'])
          await page.getByRole('checkbox', { name: words.select(name) }).check()
        const restart = page.getByRole('checkbox', { name: words.alsoRestart })
        if (!(await restart.isChecked())) await restart.check()
      }
      await tick()
      await page.getByRole('button', { name: words.enable }).click()
      await carryOut(page, words, { verb: words.changeInjection })
      await expect(row('shop-web', words.enabled)).toContainText('6/6', { timeout: 30_000 })
      await expect(row('shop-catalog', words.enabled)).toContainText('5/5', { timeout: 30_000 })
      await tick()
      await page.getByRole('button', { name: words.clear }).click()
      await carryOut(page, words, { verb: words.changeInjection })
      await expect(row('shop-web', words.notSet)).toContainText('0/6', { timeout: 30_000 })
    })

    test('disables one namespace, and leaves its Pods for later', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/sidecars')
      await page.getByRole('checkbox', { name: words.select('bookinfo') }).check()
      const restart = page.getByRole('checkbox', { name: words.alsoRestart })
      if (await restart.isChecked()) await restart.uncheck()
      await page.getByRole('button', { name: words.disable }).click()
      await carryOut(page, words, { verb: words.changeInjection })
      const row = page.getByRole('row', { name: new RegExp(`bookinfo .*${words.disabled}`) })
      await expect(row).toContainText('7/7')
      await page.getByRole('checkbox', { name: words.select('bookinfo') }).check()
      await page.getByRole('button', { name: words.enable }).click()
      await carryOut(page, words, { verb: words.changeInjection })
      await expect(page.getByRole('row', { name: new RegExp(`bookinfo .*${words.enabled}`) })).toBeVisible()
    })
  })
}
