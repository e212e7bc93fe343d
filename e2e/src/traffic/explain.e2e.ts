import { expect, type Page } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'
import { adoptEdge } from '../harness/jobs.ts'
import { languages } from '../harness/words.ts'

test.use({ story: 'explain' })
test.beforeAll(({ stage }) => adoptEdge(stage))

const productpage = 'frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Fproductpage-v1'
const ratings = 'frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Fratings-v1'
const request = `/meshes/edge/explain?from=${productpage}&host=reviews&port=9080`
const call = `/meshes/edge/explain/call?from=${productpage}&to=${ratings}&port=9080`

/** The pages that choose among objects, and how many fields of each stay empty when the lists cannot be read. */
const pages = [
  ['a request', '/meshes/edge/explain', 1],
  ['a call', '/meshes/edge/explain/call', 3],
  ['a sidecar', '/meshes/edge/explain/injection', 1],
] as const

const said = {
  'en-GB': {
    failed: 'What can be chosen could not be read.',
    retry: 'Try again',
    explain: 'Explain',
    unread: 'Show which',
    noneMet: 'No ALLOW rule is met',
  },
  'zh-CN': {
    failed: '无法读取可选的对象。',
    retry: '重试',
    explain: '解释',
    unread: '查看集群',
    noneMet: '没有命中任何 ALLOW 规则',
  },
} as const

/** Lists of what can be chosen answer 500 until they are let through. */
async function withoutLists(page: Page): Promise<() => Promise<void>> {
  const lists = (url: URL) => /^\/api\/v1\/.*\/(workloads|namespaces|objects)$/.test(url.pathname)
  await page.route(lists, (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }))
  return () => page.unroute(lists)
}

for (const { locale } of languages) {
  const say = said[locale]

  test.describe(locale, () => {
    test.use({ locale, contextOptions: { reducedMotion: 'reduce' } })

    for (const [what, path, fields] of pages) {
      test(`${what}: ends that could not be read are said, and asked for again`, async ({ page, enter }) => {
        const letThrough = await withoutLists(page)
        await enter('ada', path)
        const failed = page.getByRole('alert').filter({ hasText: say.failed })
        await expect(failed).toHaveCount(fields)
        expect(await faultsIn(page)).toEqual([])
        await letThrough()
        // The last asks for the lists of the others too.
        await failed.last().getByRole('button', { name: say.retry }).click()
        await expect(failed).toHaveCount(0)
        await page.getByRole('main').getByRole('combobox').first().click()
        await page.keyboard.type('productpage')
        await expect(page.getByRole('option', { name: /productpage-v1/ }).first()).toBeAttached()
        await page.keyboard.press('Enter')
        const chosen = page
          .getByRole('main')
          .getByText(/productpage-v1/)
          .filter({ visible: true })
        await expect(chosen.first()).toBeVisible()
      })
    }

    test('the first field that is missing has the focus', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/explain/call')
      await page.getByRole('button', { name: say.explain, exact: true }).click()
      await expect(page.getByRole('main').getByRole('combobox').first()).toBeFocused()
    })

    test('who is denied by none of the rules that allow is told so, with ways to what was looked at', async ({
      enter,
    }) => {
      const page = await enter('ada', call)
      await expect(page.getByRole('main').getByText(say.noneMet).first()).toBeVisible()
      await page.getByRole('link', { name: /^Service bookinfo\/ratings/ }).click()
      await expect(page).toHaveURL(/\/objects\/frankfurt-edge\/Service\.v1\/bookinfo\/ratings$/)
    })

    test('an answer says which cluster could not be read', async ({ enter, stage }) => {
      const faults = stage.fleet.fleet.clusters.get('frankfurt-edge')?.server.faults
      faults?.set({ blackHole: true })
      try {
        const page = await enter('ada', '/meshes/edge/traffic')
        await expect(page.getByRole('button', { name: say.unread })).toBeVisible({ timeout: 45_000 })
        for (const path of [request, call, `/meshes/edge/explain/injection?of=${ratings}`]) {
          await page.goto(new URL(path, page.url()).href)
          await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
          await page.getByRole('button', { name: say.unread }).first().click()
          await expect(page.getByRole('listitem').filter({ hasText: 'frankfurt-edge' }).first()).toBeVisible()
          expect(await faultsIn(page)).toEqual([])
        }
      } finally {
        faults?.set({ blackHole: false })
      }
    })
  })
}
