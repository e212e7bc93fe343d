import { expect, type Page } from '@playwright/test'

/** A rule of the world, as it stands in an address. */
export const rule = 'frankfurt-edge/VirtualService.v1.networking.istio.io/bookinfo/bookinfo'

export async function press(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
}

async function choose(page: Page, item: RegExp): Promise<void> {
  await press(page, /^(More actions|更多操作)$/)
  await page.getByRole('menuitem', { name: item }).click()
}

/** A plan with everything it says; nothing here is carried out. */
export async function planned(page: Page): Promise<void> {
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
export const opened: [what: string, path: string, open: (page: Page) => Promise<void>][] = [
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
      await page.getByRole('combobox', { name: /inject|注入/ }).click()
      await expect(page.getByRole('dialog').getByText('shop-web', { exact: true })).toBeVisible()
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
    'the drawer of a gateway',
    '/meshes/fleet/networks',
    async (page) => {
      await press(page, /^(Gateway settings|网关设置)/)
      await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible()
    },
  ],
  [
    'the drawer of another authority',
    '/meshes/fleet/certificates',
    async (page) => {
      await press(page, /^(Plug in CA|接入 CA)$/)
      await expect(page.getByRole('dialog').getByRole('radio').first()).toBeVisible()
    },
  ],
  [
    'the drawer of another root',
    '/meshes/fleet/certificates',
    async (page) => {
      await press(page, /^(Add another root|添加另一个根证书)$/)
      await expect(page.getByRole('dialog').getByRole('radio').first()).toBeVisible()
    },
  ],
  [
    'the form of a TLS secret, with faults',
    '/meshes/edge/tls-secrets',
    async (page) => {
      await press(page, /^(Create secret|创建密钥)$/)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(Show the plan|查看计划)$/ })
        .click()
      await expect(page.getByText(/^(This is needed|必填)$/).first()).toBeVisible()
    },
  ],
  [
    'what goes into a support bundle',
    '/meshes/edge',
    async (page) => {
      await choose(page, /^(Support bundle|支持包)$/)
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
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
    'the files of a mesh',
    '/meshes/edge',
    async (page) => {
      await choose(page, /^(Export YAML|导出 YAML)$/)
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
    },
  ],
  [
    'the plan that deletes a rule, with its files',
    `/meshes/edge/objects/${rule}`,
    async (page) => {
      await choose(page, /^(Delete|删除)$/)
      await planned(page)
      await press(page, /^(Download|下载)$/)
      await expect(page.getByRole('menu')).toBeVisible()
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
