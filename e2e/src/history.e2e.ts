import { readFile } from 'node:fs/promises'
import { virtualServices } from '@orbweaver/kube/resources'
import { expect, type Locator } from '@playwright/test'
import { filesOf } from './harness/archive.ts'
import { test } from './harness/browser.ts'
import { adoptEdge, done } from './harness/jobs.ts'
import { choose } from './harness/mesh-pages.ts'
import { carryOut } from './harness/plan-drawer.ts'
import type { Stage } from './harness/stage.ts'
import { languages } from './harness/words.ts'

test.use({ story: 'history' })
test.beforeAll(({ stage }) => adoptEdge(stage))

const search = { namespace: 'shop-catalog', name: 'search' }
const ref = {
  cluster: 'frankfurt-edge',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  ...search,
}

const said = {
  'en-GB': {
    deleted: 'Delete VirtualService search',
    row: /^Delete VirtualService search Done 1\/1 edge ada.* (just now|ago)/,
    by: /^by ada/,
    undoes: 'Undoes',
    facts: 'About this change',
    undone: /^Undo/,
    why: 'Too many answers were stale',
    download: 'Download',
    yaml: 'YAML for kubectl',
    patch: 'Changes as a patch',
    stage: '# Stage 2 of 3: Control plane, cluster shanghai-prod\n',
    exportYaml: 'Export YAML',
    support: 'Support bundle',
    make: 'Make and download',
  },
  'zh-CN': {
    deleted: '删除 VirtualService search',
    row: /^删除 VirtualService search 已完成 1\/1 edge ada.* (刚刚|.*前)/,
    by: /^由 ada/,
    undoes: '撤销的是',
    facts: '变更信息',
    undone: /^撤销/,
    why: '过期结果太多',
    download: '下载',
    yaml: '用于 kubectl 的 YAML',
    patch: '变更补丁',
    stage: '# 第 2/3 阶段：控制面，集群 shanghai-prod\n',
    exportYaml: '导出 YAML',
    support: '支持包',
    make: '生成并下载',
  },
} as const

async function deleteSearch(stage: Stage): Promise<unknown> {
  const held = await stage.fleet.admin('frankfurt-edge').get(virtualServices, search)
  await done(stage, { type: 'objects.delete', mesh: 'edge', ref, uid: held.metadata.uid })
  return Reflect.get(held, 'spec')
}

/** What the browser keeps when something is pressed. */
async function downloaded(pressed: Locator): Promise<{ name: string; content: Buffer }> {
  const coming = pressed.page().waitForEvent('download')
  await pressed.click()
  const file = await coming
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
}

async function kept(pressed: Locator): Promise<{ name: string; text: string }> {
  const { name, content } = await downloaded(pressed)
  return { name, text: content.toString('utf8') }
}

for (const { locale, words } of languages) {
  const say = said[locale]

  test.describe(locale, () => {
    test.use({ locale })

    test('knows who changed what and when, and takes it back', async ({ enter, stage }) => {
      const spec = await deleteSearch(stage)
      const page = await enter('ada', '/history')
      await page.getByRole('row', { name: say.row }).first().getByRole('link', { name: say.deleted }).click()
      await expect(page.getByRole('heading', { level: 1, name: say.deleted })).toBeVisible()
      await expect(page.getByText(say.by).first()).toBeVisible()
      await page.getByRole('button', { name: words.undo, exact: true }).click()
      await page.getByRole('dialog').getByPlaceholder(/./).fill(say.why)
      await carryOut(page, words, { verb: words.undo })
      await expect(page.getByRole('heading', { level: 1, name: say.undone })).toBeVisible()
      const facts = page.getByRole('region', { name: say.facts })
      await expect(facts).toContainText(say.undoes)
      await expect(facts).toContainText(say.why)
      const back = await stage.fleet.admin('frankfurt-edge').get(virtualServices, search)
      expect(Reflect.get(back, 'spec')).toEqual(spec)
      await page.goto(new URL('/meshes/edge/traffic?search=search', page.url()).href)
      await expect(page.getByRole('link', { name: 'search', exact: true }).first()).toBeVisible()
    })

    test('gives plans and meshes away as files', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('payments')
      await choose(page, /controlPlane\.cluster/, /shanghai-prod/)
      await page.getByRole('button', { name: words.plan }).click()
      const drawer = page.getByRole('dialog').last()
      const take = async (entry: string) => {
        await drawer.getByRole('button', { name: say.download, exact: true }).click()
        return kept(page.getByRole('menuitem', { name: entry }))
      }
      const plan = await take(`${say.yaml} payments-shanghai-prod.yaml`)
      expect(plan.name).toBe('payments-shanghai-prod.yaml')
      expect(plan.text).toContain(say.stage)
      expect(plan.text).toMatch(/^kind: Istio$/m)
      const patch = await take(`${say.patch} payments.patch`)
      expect(patch.text).toMatch(/^--- \/dev\/null\n\+\+\+ b\/[\w-]+\/mesh\.orbweaver\.dev\/payments\.yaml$/m)

      await page.goto(new URL('/meshes/edge', page.url()).href)
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: say.exportYaml }).click()
      const exported = await kept(page.getByRole('button', { name: `${say.download} edge-frankfurt-edge.yaml` }))
      expect(exported.text).toMatch(/^kind: VirtualService\nmetadata:\n( {2}.*\n)* {2}name: search$/m)
      expect(exported.text).not.toMatch(/^kind: Secret$|resourceVersion|managedFields|argocd|helm\.sh/m)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: say.support }).click()
      const bundle = await downloaded(page.getByRole('button', { name: say.make }))
      expect(bundle.name).toMatch(/^orbweaver-edge-\d{8}T\d{6}Z\.tar\.gz$/)
      const files = filesOf(bundle.content)
      expect(files['README.txt']).toMatch(/^Support bundle of mesh edge, made at .* with the rights of ada\.$/m)
      expect(files['mesh.yaml']).toMatch(/^kind: Mesh$/m)
      expect(files['clusters/frankfurt-edge/control-plane.yaml']).toMatch(/^ {2}name: istiod/m)
    })

    test('a mesh keeps its own', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/history')
      await expect(page.getByRole('link', { name: say.deleted }).first()).toBeVisible()
    })
  })
}
