import { expect } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'

test.use({ story: 'metrics-load', world: 'demo', contextOptions: { reducedMotion: 'reduce' } })

/** What was not answered in time is asked for again after 10 s. */
const patient = { timeout: 30_000 }

const said = {
  'en-GB': { most: 'Most requests', unset: 'Not set', shanghai: /shanghai-prod.*Answered/ },
  'zh-CN': { most: '请求最多', unset: '未设置', shanghai: /shanghai-prod.*已响应/ },
}

for (const locale of ['en-GB', 'zh-CN'] as const) {
  const { most, unset, shanghai } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('draws what each cluster answers, ranks its services, and says who is not asked', async ({ enter }) => {
      const page = await enter('ada', '/meshes/retail/metrics')
      await expect(page.getByRole('region', { name: most }).getByRole('link').first()).toBeVisible(patient)
      await expect(page.getByRole('slider')).toHaveCount(3)
      const main = page.getByRole('main')
      await expect(main.getByText(shanghai).first()).toBeVisible()
      await expect(main.getByText(unset)).toHaveCount(1)
      expect(await faultsIn(page)).toEqual([])
      await page.getByRole('slider').first().focus()
      await page.keyboard.press('ArrowLeft')
      await expect(page.getByRole('slider').first()).toHaveValue('59')
      await expect(page.locator('output').filter({ hasText: 'shanghai-prod' }).first()).toBeAttached()
    })

    test('has the last hour on the overview', async ({ enter }) => {
      const page = await enter('ada', '/meshes/retail')
      await expect(page.getByRole('slider')).toHaveCount(3, patient)
      expect(await faultsIn(page)).toEqual([])
    })
  })
}
