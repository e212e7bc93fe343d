import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { adoptEdge, done, mesh } from '../harness/jobs.ts'

test.use({ story: 'axe' })

const review = 'frankfurt-edge/VirtualService.v1.networking.istio.io/bookinfo/bookinfo'

/** Every page of the console's site map, each with something on it; `<change>` is the one change that was made. */
const pages = [
  '/',
  '/meshes',
  '/meshes?looks=table',
  '/meshes/fleet',
  '/meshes/fleet/clusters',
  '/meshes/fleet/settings',
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
  '/meshes/edge/traffic?search=nothing-is-called-so',
  '/meshes/edge/new/object',
  '/meshes/edge/new/object?kind=VirtualService',
  `/meshes/edge/objects/${review}`,
  '/clusters',
  '/clusters/frankfurt-edge',
  '/new/cluster',
  '/history',
  '/history/<change>',
  '/nothing/here',
]

let change = ''
test.beforeAll(async ({ stage }) => {
  test.setTimeout(120_000)
  await adoptEdge(stage)
  await mesh(stage, 'fleet', { kind: 'Managed', version: 'v1.30.3', controlPlane: { cluster: 'shanghai-prod' } })
  const namespaces = [{ cluster: 'frankfurt-edge', namespace: 'shop-web' }]
  change = await done(stage, { type: 'sidecars.namespaces', mesh: 'edge', namespaces, action: 'enable', restart: true })
})

async function press(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
}

async function choose(page: Page, item: RegExp): Promise<void> {
  await press(page, /^(More actions|更多操作)$/)
  await page.getByRole('menuitem', { name: item }).click()
}

/** A plan with everything it says; nothing here is carried out. */
async function planned(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 3, name: /^(What changes|变更内容)$/ })).toBeVisible()
  for (const each of await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Show what changes|查看差异)$/ })
    .all()) {
    await each.click()
  }
}

async function tick(page: Page, row: RegExp): Promise<void> {
  await page.getByRole('row', { name: row }).getByRole('checkbox').check()
}

const tested = `apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: https://127.0.0.1:1 } }]
users: [{ name: u, user: { token: t } }]
contexts: [{ name: x, context: { cluster: c, user: u } }]
current-context: x
`

/** What opens over a page or in it, each with something in it. */
const opened: [what: string, path: string, open: (page: Page) => Promise<void>][] = [
  [
    'what the search finds',
    '/meshes/edge',
    async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('reviews')
      await expect(page.getByRole('option', { name: /VirtualService/ })).toBeVisible()
    },
  ],
  [
    'the list of keys',
    '/meshes',
    async (page) => {
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  ],
  [
    'a menu of the frame',
    '/meshes/edge',
    async (page) => {
      await page.getByRole('banner').getByRole('button', { name: /Ada/ }).click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
  ],
  [
    'the choice of columns',
    '/meshes/edge/traffic',
    async (page) => {
      await press(page, /^(Columns|列)$/)
      await expect(page.getByRole('menu')).toBeVisible()
    },
  ],
  [
    'the bar of ticked rows',
    '/meshes/edge/sidecars',
    async (page) => {
      await tick(page, /shop-catalog/)
      await expect(page.getByRole('toolbar')).toBeVisible()
    },
  ],
  [
    'the drawer that joins clusters',
    '/meshes/fleet/clusters',
    async (page) => {
      await press(page, /^(Join clusters|添加集群)$/)
      await page
        .getByRole('dialog')
        .getByRole('checkbox', { name: /beijing-prod/ })
        .check()
    },
  ],
  [
    'the plan that joins clusters',
    '/meshes/fleet/clusters',
    async (page) => {
      await press(page, /^(Join clusters|添加集群)$/)
      await page
        .getByRole('dialog')
        .getByRole('checkbox', { name: /beijing-prod/ })
        .check()
      await press(page, /^(Show the plan|查看计划)$/)
      await planned(page)
    },
  ],
  [
    'the ways to delete a mesh',
    '/meshes/fleet',
    async (page) => {
      await choose(page, /^(Delete mesh|删除网格)$/)
      await expect(page.getByRole('dialog').getByRole('radio').first()).toBeVisible()
    },
  ],
  [
    'the plan that deletes a mesh',
    '/meshes/fleet',
    async (page) => {
      await choose(page, /^(Delete mesh|删除网格)$/)
      await page.getByRole('dialog').getByRole('radio').last().check()
      await press(page, /^(Show the plan|查看计划)$/)
      await planned(page)
    },
  ],
  [
    'the plan that deletes a rule',
    `/meshes/edge/objects/${review}`,
    async (page) => {
      await choose(page, /^(Delete|删除)$/)
      await planned(page)
    },
  ],
  [
    'the plan that restarts workloads',
    '/meshes/edge/sidecars?tab=workloads',
    async (page) => {
      await tick(page, /reviews-v1/)
      await press(page, /^(Restart|重启)$/)
      await planned(page)
    },
  ],
  [
    'the plan that undoes a change',
    '/history/<change>',
    async (page) => {
      await press(page, /^(Undo|撤销)$/)
      await planned(page)
    },
  ],
  [
    'a test of credentials that failed',
    '/new/cluster',
    async (page) => {
      await page.getByRole('textbox', { name: /^kubeconfig$/i }).fill(tested)
      await press(page, /^(Test connection|测试连接)$/)
      await expect(
        page.getByRole('region', { name: /^(Test|测试)$/ }).getByText(/^(How to fix it|如何修复)$/),
      ).toBeVisible()
    },
  ],
  [
    'a form with faults',
    '/new/mesh?kind=Dedicated',
    async (page) => {
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('Not-A-Name')
      await page.keyboard.press('Tab')
      await expect(page.getByText(/^(A lower-case letter first|以小写字母开头)/)).toBeVisible()
    },
  ],
  [
    'the preflight of a mesh',
    '/new/mesh?kind=Dedicated',
    async (page) => {
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('payments')
      await page.getByRole('combobox', { name: /controlPlane\.cluster/ }).fill('beijing')
      await page.keyboard.press('Enter')
      await expect(page.getByText('IstioRevisionTag').first()).toBeVisible()
    },
  ],
]

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

    for (const path of pages) {
      test(`axe finds nothing on ${path}`, async ({ enter }) => {
        const page = await enter('ada', path.replace('<change>', change))
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
        expect(await found(page)).toEqual([])
      })
    }

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

    for (const [what, path, open] of opened) {
      test(`nor in ${what}`, async ({ enter }) => {
        const page = await enter('ada', path.replace('<change>', change))
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await open(page)
        expect(await found(page)).toEqual([])
      })
    }

    test('nor beside a cluster that went dark', async ({ enter, stage }) => {
      const faults = stage.fleet.fleet.clusters.get('frankfurt-edge')?.server.faults
      faults?.set({ blackHole: true })
      try {
        const page = await enter('ada', '/meshes/edge/traffic')
        await page.getByRole('button', { name: /^(Show which|查看集群)$/ }).click({ timeout: 45_000 })
        await expect(page.getByRole('listitem').filter({ hasText: 'frankfurt-edge' }).first()).toBeVisible()
        expect(await found(page)).toEqual([])
      } finally {
        faults?.set({ blackHole: false })
      }
    })
  })
}
