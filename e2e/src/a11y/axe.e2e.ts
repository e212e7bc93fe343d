import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { adoptEdge, done } from '../harness/jobs.ts'

test.use({ story: 'axe' })

const review = 'frankfurt-edge/VirtualService.v1.networking.istio.io/bookinfo/bookinfo'

/** Every page of the console's site map, each with something on it. */
const pages = [
  '/',
  '/meshes',
  '/new/mesh?kind=Managed',
  '/new/mesh?kind=External&cluster=frankfurt-edge&namespace=istio-system&revision=default',
  '/meshes/edge',
  '/meshes/edge/clusters',
  '/meshes/edge/settings',
  '/meshes/edge/history',
  '/meshes/edge/sidecars',
  '/meshes/edge/sidecars?tab=workloads',
  '/meshes/edge/traffic',
  '/meshes/edge/security',
  '/meshes/edge/objects',
  '/meshes/edge/new/object?kind=VirtualService',
  `/meshes/edge/objects/${review}`,
  '/clusters',
  '/clusters/frankfurt-edge',
  '/new/cluster',
  '/history',
  '/nothing/here',
]

let change = ''
test.beforeAll(async ({ stage }) => {
  test.setTimeout(120_000)
  await adoptEdge(stage)
  const namespaces = [{ cluster: 'frankfurt-edge', namespace: 'shop-web' }]
  change = await done(stage, { type: 'sidecars.namespaces', mesh: 'edge', namespaces, action: 'enable', restart: true })
})

/** What axe finds on the page as it is now, in short. Animations are over when nothing moves any more. */
async function found(page: Page): Promise<string[]> {
  await page.waitForFunction('document.getAnimations().every((each) => each.playState !== "running")')
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

/** Each theme and each language, not each with each: colours know nothing of words. */
for (const { colorScheme, locale } of [
  { colorScheme: 'light', locale: 'en-GB' },
  { colorScheme: 'dark', locale: 'zh-CN' },
] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale, contextOptions: { reducedMotion: 'reduce' } })

    test('axe finds nothing on any page', async ({ enter }) => {
      test.setTimeout(180_000)
      const page = await enter('ada')
      const all: Record<string, string[]> = {}
      for (const path of [...pages, `/history/${change}`]) {
        await page.goto(new URL(path, page.url()).href)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
        const here = await found(page)
        if (here.length > 0) all[path] = here
      }
      expect(all).toEqual({})
    })

    test('nor on the way in, nor where something is asked', async ({ page, stage, enter }) => {
      await page.goto(`${stage.console.url}/sign-in`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await found(page)).toEqual([])
      await enter('ada', '/meshes/edge/traffic')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await found(page)).toEqual([])
    })

    test('nor in a plan', async ({ enter }) => {
      const page = await enter('ada', `/history/${change}`)
      await page.getByRole('button', { name: /^(Undo|撤销)$/ }).click()
      await expect(page.getByRole('dialog').getByRole('button', { name: /^(Undo|撤销)$/ })).toBeEnabled()
      expect(await found(page)).toEqual([])
    })
  })
}
