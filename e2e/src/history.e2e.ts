import { virtualServices } from '@orbweaver/kube/resources'
import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { adoptEdge, done } from './harness/jobs.ts'
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
  },
  'zh-CN': {
    deleted: '删除 VirtualService search',
    row: /^删除 VirtualService search 已完成 1\/1 edge ada.* (刚刚|.*前)/,
    by: /^由 ada/,
    undoes: '撤销的是',
    facts: '变更信息',
    undone: /^撤销/,
    why: '过期结果太多',
  },
} as const

async function deleteSearch(stage: Stage): Promise<unknown> {
  const held = await stage.fleet.admin('frankfurt-edge').get(virtualServices, search)
  await done(stage, { type: 'objects.delete', mesh: 'edge', ref, uid: held.metadata.uid })
  return Reflect.get(held, 'spec')
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

    test('a mesh keeps its own', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/history')
      await expect(page.getByRole('link', { name: say.deleted }).first()).toBeVisible()
    })
  })
}
