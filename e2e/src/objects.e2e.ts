import { canonicalJson } from '@orbweaver/contracts/json'
import type { RuleKind } from '@orbweaver/contracts/objects'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { expect } from '@playwright/test'
import { faultsIn } from './harness/axe.ts'
import { test } from './harness/browser.ts'
import { deleteRule, retype } from './harness/rule-pages.ts'
import { adoptEdge } from './harness/jobs.ts'
import { carryOut } from './harness/plan-drawer.ts'
import { languages } from './harness/words.ts'

test.use({ story: 'objects' })
test.beforeAll(({ stage }) => adoptEdge(stage))

/** What the catalogue of findings says beside the words of every job. */
const catalogue = {
  'en-GB': { retry: 'Try again', title: 'No Service leads to port' },
  'zh-CN': { retry: '重试', title: '没有服务通往网关的端口' },
} as const

/** A rule of this kind by a template, and lines of it with what a person makes of them. */
type Job = { resource: Resource; template: string; edits: [line: string, replacement: string][]; holds: string }

const jobs: Record<RuleKind, Job> = {
  VirtualService: {
    resource: kinds.virtualServices,
    template: 'split-traffic',
    edits: [
      ['weight: 90', 'weight: 80'],
      ['weight: 10', 'weight: 20'],
    ],
    holds: '"weight":80',
  },
  DestinationRule: {
    resource: kinds.destinationRules,
    template: 'load-balancing',
    edits: [['simple: LEAST_REQUEST', 'simple: RANDOM']],
    holds: '"simple":"RANDOM"',
  },
  Gateway: {
    resource: kinds.istioGateways,
    template: 'http-entry',
    edits: [['- shop.example.com', '- books.example.com']],
    holds: '"hosts":["books.example.com"]',
  },
  ServiceEntry: {
    resource: kinds.serviceEntries,
    template: 'external-https',
    edits: [['- api.example.com', '- www.example.com']],
    holds: '"hosts":["www.example.com"]',
  },
  PeerAuthentication: {
    resource: kinds.peerAuthentications,
    template: 'mtls-workload-port',
    edits: [['mode: PERMISSIVE', 'mode: DISABLE']],
    holds: '"mode":"DISABLE"',
  },
  RequestAuthentication: {
    resource: kinds.requestAuthentications,
    template: 'jwt',
    edits: [['forwardOriginalToken: true', 'forwardOriginalToken: false']],
    holds: '"forwardOriginalToken":false',
  },
  AuthorizationPolicy: {
    resource: kinds.authorizationPolicies,
    template: 'deny-path',
    edits: [['- /admin/*', '- /internal/*']],
    holds: '"paths":["/internal/*"]',
  },
}

const inEnglish = Object.entries(jobs)
const inChinese = inEnglish.filter(([kind]) => kind === 'DestinationRule')

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale })

    for (const [kind, { resource, template, edits, holds }] of locale === 'en-GB' ? inEnglish : inChinese) {
      test(`${kind} is made from a template, edited, and deleted`, async ({ enter, stage }) => {
        const target = { namespace: 'bookinfo', name: `made-${kind.toLowerCase()}` }
        const edge = stage.fleet.admin('frankfurt-edge')
        const page = await enter('ada', `/meshes/edge/new/object?kind=${kind}&template=${template}`)
        await page.getByRole('combobox', { name: /metadata\.namespace/ }).fill(target.namespace)
        await page.getByRole('textbox', { name: /metadata\.name/ }).fill(target.name)
        await page.getByRole('button', { name: words.review }).click()
        await carryOut(page, words, { verb: words.createVerb })
        await expect(page.getByRole('heading', { level: 1, name: target.name })).toBeVisible()
        const made = await edge.get(resource, target)
        expect(canonicalJson(made.spec)).not.toContain(holds)

        const editor = page.getByRole('textbox', { name: words.editor })
        for (const [line, replacement] of edits) await retype(editor, line, replacement)
        await page.getByRole('button', { name: words.apply }).click()
        await carryOut(page, words, { verb: words.applyVerb })
        const edited = await edge.get(resource, target)
        expect(canonicalJson(edited.spec)).toContain(holds)
        expect(edited.metadata.uid).toBe(made.metadata.uid)

        await deleteRule(page, words, target.name)
        await expect(edge.get(resource, target)).rejects.toMatchObject({ code: 'not_found' })
      })
    }
  })
}

test('a finding is read, mended by its plan, and another muted with a reason', async ({ enter, stage }) => {
  const [{ words }] = languages
  const page = await enter('ada', '/meshes/edge/findings')
  const rows = page.getByRole('table', { name: 'Findings' }).getByRole('row')
  await page
    .getByRole('row', { name: /No Service leads to port 80/ })
    .getByRole('button', { name: /^Show more/ })
    .click()
  await expect(page.getByRole('link', { name: 'About this code' })).toBeVisible()
  await page.getByRole('button', { name: /^Review this fix/ }).click()
  await expect(page.getByRole('dialog').getByText('Solved')).toBeVisible()
  await carryOut(page, words, { verb: 'Apply fix' })
  await expect(rows.filter({ hasText: 'No Service leads to port 80' })).toHaveCount(0)
  const service = { namespace: 'istio-ingress', name: 'istio-ingressgateway' }
  const mended = await stage.fleet.admin('frankfurt-edge').get(kinds.services, service)
  expect(canonicalJson(mended.spec)).toContain('"port":80')

  await page
    .getByRole('row', { name: /No service named search-next/ })
    .getByRole('button', { name: /^Show more/ })
    .click()
  await page.getByRole('button', { name: 'Mute', exact: true }).click()
  await page.getByRole('textbox', { name: /^Reason/ }).fill('It comes on Monday')
  await page.getByRole('button', { name: 'Review', exact: true }).click()
  await carryOut(page, words, { verb: 'Mute' })
  await expect(rows.filter({ hasText: 'No service named search-next' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Muted 1/ }).click()
  await expect(page.getByText('“It comes on Monday”')).toBeVisible()
})

for (const { locale } of languages) {
  const say = catalogue[locale]

  test.describe(`help, ${locale}`, () => {
    test.use({ locale, contextOptions: { reducedMotion: 'reduce' } })

    test('codes that could not be read are asked for again', async ({ page, enter }) => {
      const codes = '**/api/v1/finding-codes'
      await page.route(codes, (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }))
      await enter('vic', '/help/findings?search=gateway.port-not-served')
      const failed = page.getByRole('alert')
      await expect(failed).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
      await page.unroute(codes)
      await failed.getByRole('button', { name: say.retry }).click()
      await expect(failed).toHaveCount(0)
      await expect(page.getByRole('row', { name: /gateway\.port-not-served/ })).toContainText(say.title)
    })
  })
}
