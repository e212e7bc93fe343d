import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { secrets, virtualServices } from '@orbweaver/kube/resources'
import { createAuthority } from '@orbweaver/sandbox/actors/istiod/certificate'
import { expect } from '@playwright/test'
import { faultsIn } from './harness/axe.ts'
import { test } from './harness/browser.ts'
import { adoptEdge } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import { createRule, deleteRule, mergeMine, negativeWeight, retype } from './harness/rule-pages.ts'
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
    finding: /^ratings VirtualService bookinfo ratings Error \d findings?/,
    findings: 'Findings',
    template: { template: 'Timeout and retries', shows: 'perTryTimeout: 3s' },
    compared: {
      title: 'What it makes of traffic',
      banner: /^Compared with a plan that is not executed/,
      stop: 'Stop comparing',
      leave: 'Leave and discard',
    },
    ask: { request: 'Explain a request', call: 'Explain a call', injection: 'Explain the sidecar' },
    actions: /^Actions for/,
    errors: /^2 errors,/,
    unknownField: 'Unknown field mirorr',
  },
  'zh-CN': {
    finding: /^ratings VirtualService bookinfo ratings 错误 \d 个问题/,
    findings: '问题',
    // Its versions are not defined: a problem that whoever confirms the plan has seen is no obstacle.
    template: { template: '在两个服务版本之间分配流量', shows: 'weight: 90' },
    compared: { title: '对流量的影响', banner: /^正与一个尚未执行的计划比较/, stop: '停止比较', leave: '离开并放弃' },
    ask: { request: '解释请求', call: '解释调用', injection: '解释边车' },
    actions: / 的操作$/,
    errors: /^2 个错误，/,
    unknownField: '未知字段 mirorr',
  },
} as const

/**
 * Rows that lead to a question: where they are, what the menu says, what of the question is filled in, and by which level
 * of heading its answer is known; none where who asks is for the reader to say.
 */
const questions = [
  {
    list: 'traffic',
    row: /^bookinfo VirtualService/,
    ask: 'request',
    filled: { gateway: 'yes', host: 'bookinfo.edge.example', port: '443', protocol: 'https' },
    answer: 2,
  },
  {
    list: 'traffic',
    row: /^reviews DestinationRule/,
    ask: 'request',
    filled: { host: 'reviews', port: '9080' },
    answer: 0,
  },
  {
    list: 'security',
    row: /^ratings-from-reviews/,
    ask: 'call',
    filled: { to: 'frankfurt-edge/Deployment.v1.apps/bookinfo/ratings-v1' },
    answer: 2,
  },
  {
    list: 'sidecars?tab=workloads&search=reviews-v1',
    row: /reviews-v1/,
    ask: 'injection',
    filled: { of: 'frankfurt-edge/Deployment.v1.apps/bookinfo/reviews-v1' },
    answer: 2,
  },
  {
    list: 'sidecars?search=bookinfo',
    row: /bookinfo/,
    ask: 'injection',
    filled: { of: 'frankfurt-edge/Namespace.v1/-/bookinfo' },
    answer: 2,
  },
] as const

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

  test.describe(locale, () => {
    test.use({ locale })

    test('lists rules with what is wrong with them', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/traffic')
      await page.getByRole('row', { name: say.finding }).getByRole('link', { name: 'ratings' }).first().click()
      await expect(page.getByRole('region', { name: say.findings })).toContainText('v2')
    })

    test('rows of lists lead to a question about them, filled in', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge')
      for (const { list, row, ask, filled, answer } of questions) {
        await page.goto(new URL(`/meshes/edge/${list}`, page.url()).href)
        await page.getByRole('row', { name: row }).getByRole('button', { name: say.actions }).click()
        await page.getByRole('menuitem', { name: say.ask[ask] }).click()
        await expect(page).toHaveURL(/\/explain/)
        expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(filled)
        const answered = page.locator(`main h${String(answer)}`)
        if (answer > 0) await expect(answered.last()).toBeVisible()
      }
      expect(await faultsIn(page)).toEqual([])
    })

    test('creates a virtual service from a template, and deletes it by its name', async ({ enter }) => {
      const page = await enter('ada', '/meshes/edge/new/object?kind=VirtualService')
      await createRule(page, words, { ...say.template, namespace: 'bookinfo', name: 'patient', host: 'details' })
      await deleteRule(page, words, 'patient')
      await expect(page.getByRole('link', { name: 'reviews', exact: true }).first()).toBeVisible()
    })

    test('a weight of −3 is refused in the words of istiod, by the check and by the plan', async ({ enter, stage }) => {
      const before = await weights(stage)
      const page = await enter('ada', rule('reviews'))
      await negativeWeight(page, words, String(before[1]))
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

    test('shows what a plan makes of a request, which is explained with it', async ({ enter, stage }) => {
      const before = await weights(stage)
      const from = 'frankfurt-edge%2FDeployment.v1.apps%2Fbookinfo%2Fproductpage-v1'
      const page = await enter('ada', `/meshes/edge/explain?from=${from}&host=reviews&port=9080`)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await expect(page.getByRole('heading', { level: 2 })).toBeVisible()
      await page.goto(new URL(rule('reviews'), page.url()).href)
      const editor = page.getByRole('textbox', { name: words.editor })
      await retype(editor, `weight: ${String(before[0])}`, 'weight: 45')
      await retype(editor, `weight: ${String(before[1])}`, 'weight: 55')
      await page.getByRole('button', { name: words.apply }).click()
      const drawer = page.getByRole('dialog', { name: /reviews/ })
      await expect(drawer.getByRole('heading', { name: say.compared.title })).toBeVisible()
      const request = drawer.getByRole('listitem').filter({ hasText: 'http://reviews:9080/' })
      await expect(request).toContainText(new RegExp(`${String(before[0])} %.*45 %`))
      expect(await faultsIn(page)).toEqual([])
      await request.getByRole('link').first().click()
      await page.getByRole('button', { name: say.compared.leave }).click()
      await expect(page.getByText(say.compared.banner)).toBeVisible()
      await expect(drawer).toBeHidden()
      await expect(page.getByRole('main')).toContainText('45 %')
      expect(await faultsIn(page)).toEqual([])
      await page.getByRole('button', { name: say.compared.stop }).click()
      await expect(page.getByText(say.compared.banner)).toHaveCount(0)
      expect(await weights(stage)).toEqual(before)
    })

    test('shows the difference, merges with somebody who was faster, and applies', async ({ enter, stage }) => {
      const [mine, timeout] = locale === 'en-GB' ? [[75, 25], '7s'] : [[80, 20], '8s']
      const before = await weights(stage)
      const page = await enter('ada', rule('reviews'))
      const editor = page.getByRole('textbox', { name: words.editor })
      await retype(editor, `weight: ${String(before[0])}`, `weight: ${String(mine[0])}`)
      await retype(editor, `weight: ${String(before[1])}`, `weight: ${String(mine[1])}`)
      await page.getByText(words.changes, { exact: true }).click()
      await expect(page.getByRole('main')).toContainText(`weight: ${String(before[0])}`)
      await expect(page.getByRole('main')).toContainText(`weight: ${String(mine[0])}`)
      await changeBehind(stage, { weights: [60, 40], timeout })
      await mergeMine(page, words)
      await page.getByRole('button', { name: words.apply }).click()
      await expect(page.getByRole('dialog')).toContainText('weight: 60')
      await carryOut(page, words, { verb: words.applyVerb })
      expect(await weights(stage)).toEqual(mine)
      await expect(editor).toContainText(`timeout: ${timeout}`)
      await expect(page.getByText(words.moved)).toHaveCount(0)
    })
  })
}

test.describe('TLS secrets', () => {
  const [{ words }] = languages
  test.use({ locale: 'en-GB' })

  test('the one a gateway waits for is made, is in use, and cannot be deleted', async ({ enter, stage }) => {
    const lasting = { from: new Date(), until: new Date(Date.now() + 90 * 86_400_000) }
    const made = createAuthority('edge.example', lasting)
    const other = createAuthority('edge.example', lasting)
    const page = await enter('ada', '/meshes/edge/tls-secrets')
    await page
      .getByRole('row', { name: /^edge-example-tls Missing/ })
      .getByRole('button', { name: /^Actions/ })
      .click()
    await page.getByRole('menuitem', { name: 'Create it' }).click()
    const form = page.getByRole('dialog', { name: 'Create a TLS secret' })
    await form.getByRole('textbox', { name: 'Certificate', exact: true }).fill(made.certificatePem)
    await form.getByRole('textbox', { name: 'Private key' }).fill(other.keyPem)
    await expect(form.getByText('The private key does not belong to the certificate.')).toBeVisible()
    await form.getByRole('textbox', { name: 'Private key' }).fill(made.keyPem)
    await expect(form.getByText('The key fits the certificate.')).toBeVisible()
    await form.getByRole('button', { name: 'Show the plan' }).click()
    await expect(page.getByRole('dialog').last()).toContainText('⟨secret ')
    await carryOut(page, words, { verb: 'Apply secret' })
    const row = page.getByRole('row', { name: /^edge-example-tls Valid/ })
    await row.getByRole('link', { name: 'edge-example-tls' }).click()
    const told = page.getByRole('dialog', { name: 'TLS secret edge-example-tls' })
    await expect(told).toContainText('Fits the certificate')
    await expect(told.getByRole('link', { name: 'Gateway istio-ingress/public' })).toBeVisible()
    await expect(told.getByRole('button', { name: 'Delete' })).toBeDisabled()
    const held = await stage.fleet
      .admin('frankfurt-edge')
      .get(secrets, { namespace: 'istio-ingress', name: 'edge-example-tls' })
    expect(Buffer.from(textAt(held, 'data', 'tls.key') ?? '', 'base64').toString()).toBe(made.keyPem)
  })
})
