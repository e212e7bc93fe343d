import { expect } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'
import { assets } from '../harness/console.ts'
import { startConsole } from '../harness/console.ts'
import { adoptEdge, done, mesh } from '../harness/jobs.ts'
import { opened, planned, press, rule } from './opened.ts'

test.use({ story: 'axe' })

/** Every page of the console's site map, each with something on it; `<change>` is the one change that was made. */
const pages = [
  '/',
  '/meshes',
  '/meshes?looks=table',
  '/meshes/fleet',
  '/meshes/fleet/clusters',
  '/meshes/fleet/networks',
  '/meshes/edge/networks?tab=locality',
  '/meshes/fleet/networks?tab=services',
  '/meshes/fleet/certificates',
  '/meshes/edge/certificates?tab=proxies&cluster=frankfurt-edge&namespace=bookinfo',
  '/meshes/fleet/metrics',
  '/meshes/fleet/settings',
  '/new/mesh?kind=Managed',
  '/new/mesh?kind=External&cluster=frankfurt-edge&namespace=istio-system&revision=default',
  '/new/mesh-import',
  '/meshes/edge',
  '/meshes/edge/clusters',
  '/meshes/edge/settings',
  '/meshes/edge/history',
  '/meshes/edge/sidecars',
  '/meshes/edge/sidecars?tab=workloads',
  '/meshes/edge/traffic',
  '/meshes/edge/security',
  '/meshes/edge/tls-secrets',
  '/meshes/edge/objects',
  '/meshes/edge/findings',
  '/meshes/edge/explain?from=frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Fproductpage-v1&host=ratings&port=9080',
  '/meshes/edge/explain/call?from=frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Fproductpage-v1&to=frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Freviews-v1&port=9080',
  '/meshes/edge/explain/injection?of=frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Freviews-v1',
  '/help/findings?search=gateway.port-not-served',
  '/meshes/edge/traffic?search=nothing-is-called-so',
  '/meshes/edge/new/object',
  '/meshes/edge/new/object?kind=VirtualService',
  `/meshes/edge/objects/${rule}`,
  '/clusters',
  '/clusters/frankfurt-edge',
  '/clusters/frankfurt-edge/edit',
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
        expect(await faultsIn(page)).toEqual([])
      })
    }

    test('nor on the way in, nor where something is asked', async ({ page, stage, enter }) => {
      await page.goto(`${stage.console.url}/sign-in`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
      await enter('ada', '/meshes/edge/traffic')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
    })

    for (const [what, path, open] of opened) {
      test(`nor in ${what}`, async ({ enter }) => {
        const page = await enter('ada', path.replace('<change>', change))
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await open(page)
        expect(await faultsIn(page)).toEqual([])
      })
    }

    test('nor in read-only mode, where a plan is read and not carried out', async ({ page, stage }) => {
      const looking = await startConsole({ ...stage.fleet.files, instance: 'looking', readOnly: true, assets })
      try {
        await page.goto(`${looking.url}/sign-in?next=${encodeURIComponent(`/history/${change}`)}`)
        await press(page, /^Ada/)
        await expect(page.getByRole('region', { name: /^(Read-only mode|只读模式)$/ })).toBeVisible()
        await press(page, /^(Undo|撤销)$/)
        await planned(page)
        const drawer = page.getByRole('dialog')
        await expect(drawer.getByText(/not executed\.|不能执行。/).first()).toBeVisible()
        await expect(drawer.getByRole('button', { name: /^(Undo|撤销)$/ })).toBeDisabled()
        expect(await faultsIn(page)).toEqual([])
      } finally {
        await looking.stop()
      }
    })

    test('nor beside a cluster that went dark', async ({ enter, stage }) => {
      const faults = stage.fleet.fleet.clusters.get('frankfurt-edge')?.server.faults
      faults?.set({ blackHole: true })
      try {
        const page = await enter('ada', '/meshes/edge/traffic')
        await page.getByRole('button', { name: /^(Show which|查看集群)$/ }).click({ timeout: 45_000 })
        await expect(page.getByRole('listitem').filter({ hasText: 'frankfurt-edge' }).first()).toBeVisible()
        expect(await faultsIn(page)).toEqual([])
      } finally {
        faults?.set({ blackHole: false })
      }
    })
  })
}
