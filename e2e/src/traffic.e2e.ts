import { at, listAt } from '@orbweaver/contracts/json'
import { virtualServices } from '@orbweaver/kube/resources'
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import type { Stage } from './harness/stage.ts'
import { languages } from './harness/words.ts'

test.use({ story: 'traffic' })
test.beforeAll(({ stage }) => adoptEdge(stage))

const rule = (name: string) =>
  `/meshes/edge/objects/frankfurt-edge/VirtualService.v1.networking.istio.io/bookinfo/${name}`
const reviews = { namespace: 'bookinfo', name: 'reviews' }

/** What these pages say beside the words of every job. */
const said = {
  'en-GB': {
    finding: /^ratings VirtualService bookinfo ratings Error 1 finding/,
    findings: 'Findings',
    template: 'Template',
    timeouts: 'Timeout and retries',
    blocked: 'This cannot be executed',
    hostNotFound: 'No service named nowhere',
    errors: /^2 errors,/,
    unknownField: 'Unknown field mirorr',
    changes: 'Changes',
    moved: 'Somebody else changed this rule since you opened it.',
    merge: 'Merge both versions',
    keepMine: /^Keep yours/,
    takeTheirs: /^Take theirs/,
    useMerged: 'Use the merged object',
  },
  'zh-CN': {
    finding: /^ratings VirtualService bookinfo ratings 错误 1 个问题/,
    findings: '问题',
    template: '模板',
    timeouts: '超时与重试',
    blocked: '无法执行',
    hostNotFound: '没有名为 nowhere 的服务',
    errors: /^2 个错误，/,
    unknownField: '未知字段 mirorr',
    changes: '差异',
    moved: '您打开之后，有人修改了此规则。',
    merge: '合并两个版本',
    keepMine: /^保留您的修改/,
    takeTheirs: /^采用服务器的/,
    useMerged: '使用合并结果',
  },
} as const

/** Goes to the line that says this, by the keys of the editor, and types another in its place. */
async function retype(editor: Locator, line: string, replacement: string): Promise<void> {
  const { keyboard } = editor.page()
  await expect(editor).toContainText(line)
  const lines = (await editor.innerText()).split('\n').map((each) => each.trim())
  await editor.focus()
  await keyboard.press('Control+Home')
  for (let down = lines.indexOf(line); down > 0; down -= 1) await keyboard.press('ArrowDown')
  await keyboard.press('End')
  await keyboard.press('Shift+Home')
  await keyboard.type(replacement)
}

/** What the cluster holds now: weights of the last route of `reviews`. */
async function weights(stage: Stage): Promise<unknown[]> {
  const held = await stage.fleet.admin('frankfurt-edge').get(virtualServices, reviews)
  return listAt(listAt(held, 'spec', 'http').at(-1), 'route').map((route) => at(route, 'weight'))
}

/** As somebody with kubectl would, while the page is open. */
async function changeBehind(stage: Stage, to: { weights: [number, number]; timeout: string }): Promise<void> {
  const [first, second] = to.weights
  const body = [
    { op: 'replace', path: '/spec/http/1/route/0/weight', value: first },
    { op: 'replace', path: '/spec/http/1/route/1/weight', value: second },
    { op: 'add', path: '/spec/http/0/timeout', value: to.timeout },
  ]
  await stage.fleet.admin('frankfurt-edge').patch(virtualServices, reviews, { type: 'json', body })
}

for (const { locale, words } of languages) {
  const say = said[locale]
  const choose = async (page: Page, label: string, option: string) => {
    await page.getByRole('combobox', { name: label }).click()
    await page.getByTitle(option).click()
  }

  test.describe(locale, () => {
    test.use({ locale })

    test('lists rules with what is wrong with them', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/traffic')
      await page.getByRole('row', { name: say.finding }).getByRole('link', { name: 'ratings' }).first().click()
      await expect(page.getByRole('region', { name: say.findings })).toContainText('v2')
    })

    test('creates a virtual service from a template, and deletes it by its name', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/new/object?kind=VirtualService')
      await choose(page, say.template, say.timeouts)
      await page.getByRole('combobox', { name: /metadata\.namespace/ }).fill('bookinfo')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('patient')
      await page.getByRole('textbox', { name: /hosts\[\]/ }).fill('details')
      await expect(page.getByRole('textbox', { name: words.editor })).toContainText('perTryTimeout: 3s')
      await page.getByRole('button', { name: words.review }).click()
      await carryOut(page, words, { verb: words.createVerb })
      await expect(page.getByRole('heading', { level: 1, name: 'patient' })).toBeVisible()
      await page.getByRole('button', { name: words.more }).click()
      await page.getByRole('menuitem', { name: words.delete }).click()
      const verb = page.getByRole('dialog').getByRole('button', { name: words.deleteVerb })
      await expect(verb).toBeDisabled()
      await carryOut(page, words, { verb: words.deleteVerb, confirm: 'patient' })
      await expect(page.getByRole('link', { name: 'reviews', exact: true }).first()).toBeVisible()
      await expect(page.getByRole('link', { name: 'patient', exact: true })).toHaveCount(0)
    })

    test('creates a rule in spite of an error that its plan showed', async ({ enter, stage }) => {
      const name = `astray-${locale.slice(0, 2)}`
      const page = await enter('ada', '/meshes/edge/new/object?kind=VirtualService')
      await choose(page, say.template, say.timeouts)
      await page.getByRole('combobox', { name: /metadata\.namespace/ }).fill('bookinfo')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill(name)
      await page.getByRole('textbox', { name: /hosts\[\]/ }).fill('nowhere')
      await page.getByRole('button', { name: words.review }).click()
      await expect(page.getByRole('dialog').getByText(say.hostNotFound).first()).toBeVisible()
      await carryOut(page, words, { verb: words.createVerb })
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await stage.fleet.admin('frankfurt-edge').remove(virtualServices, { namespace: 'bookinfo', name })
    })

    test('a weight of −3 is refused in the words of istiod, by the check and by the plan', async ({ enter, stage }) => {
      const before = await weights(stage)
      const page = await enter('ada', rule('reviews'))
      await retype(page.getByRole('textbox', { name: words.editor }), `weight: ${String(before[1])}`, 'weight: -3')
      await page.getByRole('button', { name: words.check }).click()
      await expect(page.getByText(/denied the request.*weight -3 < 0/)).toBeVisible()
      await page.getByRole('button', { name: words.apply }).click()
      const drawer = page.getByRole('dialog')
      await expect(drawer.getByText(say.blocked, { exact: true })).toBeVisible()
      await expect(drawer.getByText(/denied the request.*weight -3 < 0/).first()).toBeVisible()
      await expect(drawer.getByRole('button', { name: words.applyVerb })).toBeDisabled()
      expect(await weights(stage)).toEqual(before)
    })

    test('completes from the schema of the cluster, and marks what it does not know', async ({ enter }) => {
      const page = await enter('ada', rule('ratings'))
      const editor = page.getByRole('textbox', { name: words.editor })
      await retype(editor, 'timeout: 5s', 'timeout: 5s\nmirr')
      await expect(page.getByRole('option', { name: /^mirrorPercentage/ })).toBeVisible()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('orr: x')
      // The rule had one already: its finding.
      await expect(page.getByText(say.errors)).toBeVisible()
      await editor.getByText('mirorr', { exact: true }).hover()
      await expect(page.getByText(say.unknownField)).toBeVisible()
    })

    test('shows the difference, merges with somebody who was faster, and applies', async ({ enter, stage }) => {
      const [mine, timeout] = locale === 'en-GB' ? [[75, 25], '7s'] : [[80, 20], '8s']
      const before = await weights(stage)
      const page = await enter('ada', rule('reviews'))
      const editor = page.getByRole('textbox', { name: words.editor })
      await retype(editor, `weight: ${String(before[0])}`, `weight: ${String(mine[0])}`)
      await retype(editor, `weight: ${String(before[1])}`, `weight: ${String(mine[1])}`)
      await page.getByText(say.changes, { exact: true }).click()
      await expect(page.getByRole('main')).toContainText(`weight: ${String(before[0])}`)
      await expect(page.getByRole('main')).toContainText(`weight: ${String(mine[0])}`)
      await changeBehind(stage, { weights: [60, 40], timeout })
      await expect(page.getByText(say.moved)).toBeVisible()
      await page.getByRole('button', { name: say.merge }).click()
      const use = page.getByRole('button', { name: say.useMerged })
      await expect(use).toBeDisabled()
      for (const choice of await page.getByRole('radio', { name: say.keepMine }).all()) await choice.check()
      await use.click()
      await page.getByRole('button', { name: words.apply }).click()
      await expect(page.getByRole('dialog')).toContainText('weight: 60')
      await carryOut(page, words, { verb: words.applyVerb })
      expect(await weights(stage)).toEqual(mine)
      await expect(editor).toContainText(`timeout: ${timeout}`)
      await expect(page.getByText(say.moved)).toHaveCount(0)
    })
  })
}
