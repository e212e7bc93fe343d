import { expect, type Page } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'
import { adoptEdge } from '../harness/jobs.ts'

test.use({ story: 'a11y-findings' })
test.beforeAll(({ stage }) => adoptEdge(stage))

const workload = (name: string) => `frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2F${name}`
const productpage = workload('productpage-v1')

/** Pages that say what is wrong and what will happen; what stands where their answer fails is asked of each. */
const pages = [
  ['findings', '/meshes/edge/findings', '**/api/v1/meshes/edge/findings*'],
  ['a request', `/meshes/edge/explain?from=${productpage}&host=reviews&port=9080`, '**/api/v1/**/traffic/explain'],
  [
    'a call',
    `/meshes/edge/explain/call?from=${productpage}&to=${workload('ratings-v1')}&port=9080`,
    '**/api/v1/**/security/*',
  ],
  ['a sidecar', `/meshes/edge/explain/injection?of=${productpage}`, '**/api/v1/**/sidecars/explain'],
  ['the catalogue', '/help/findings?search=IST0101', '**/api/v1/finding-codes'],
] as const

/** How much wider than the window the page is (px). */
function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/** Each theme, each language and each viewer once; as Ada they are looked at in axe.e2e.ts. */
for (const { colorScheme, locale, person } of [
  { colorScheme: 'light', locale: 'en-GB', person: 'vic' },
  { colorScheme: 'dark', locale: 'zh-CN', person: 'nils' },
] as const) {
  test.describe(`${colorScheme}, ${locale}, ${person}`, () => {
    test.use({
      colorScheme,
      locale,
      contextOptions: { reducedMotion: 'reduce' },
      viewport: { width: 1280, height: 900 },
    })

    for (const [what, path, answers] of pages) {
      test(`axe finds nothing on ${what}: opened, and where it fails`, async ({ page, enter }) => {
        const settled = async () => {
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
          expect(await faultsIn(page)).toEqual([])
          expect(await overflow(page)).toBe(0)
        }
        await enter(person, path)
        await settled()
        const closed = page.getByRole('table').getByRole('button', { expanded: false })
        if ((await closed.count()) > 0) {
          await closed.first().click()
          await settled()
        }
        await page.route(answers, (route) =>
          route.fulfill({ status: 503, contentType: 'application/json', body: '{}' }),
        )
        await page.reload()
        await expect(page.getByRole('main').getByRole('alert').first()).toBeVisible()
        await settled()
      })
    }
  })
}

test('who may call is read in short rows, wherever one comes from', async ({ enter }) => {
  const page = await enter('ada', '/meshes/edge/findings?codes=workload.no-authorization')
  await page.setViewportSize({ width: 1280, height: 900 })
  const findings = page.getByRole('table', { name: 'Findings' })
  await findings
    .getByRole('button', { name: /^Show more/ })
    .first()
    .click()
  await findings.getByRole('link', { name: /^Explain: a call to/ }).click()
  const rows = page.getByRole('table', { name: /^Who may call/ }).getByRole('row')
  await expect(rows.nth(3)).toBeVisible()
  const boxes = await Promise.all((await rows.all()).map((each) => each.boundingBox()))
  expect(Math.max(...boxes.map((each) => each?.height ?? 0))).toBeLessThan(160)
})
