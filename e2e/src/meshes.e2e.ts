import { textAt } from '@orbweaver/contracts/json'
import { istioRevisionTags, istios, meshes, secrets } from '@orbweaver/kube/resources'
import { expect, type Page } from '@playwright/test'
import { test } from './harness/browser.ts'
import { mesh } from './harness/jobs.ts'
import { adoptFound, choose, createMesh, meshIsReady, removeMesh } from './harness/mesh-pages.ts'
import { carryOut } from './harness/plan-drawer.ts'
import type { Stage } from './harness/stage.ts'
import { languages, type Words } from './harness/words.ts'

test.use({ story: 'meshes' })

/** What is only said on the pages of meshes. */
const said = {
  'en-GB': {
    noOperator: /frankfurt-edge has no Sail Operator/,
    drift: 'Drift',
    repair: 'Repair',
    repairVerb: 'Repair mesh',
    adopt: 'Adopt 1',
    adoptVerb: 'Adopt',
    stages: /^All \d+ stages are done$/,
    synced: /beijing-prod.* Member Ready Synced/,
    unserved: 'Members that istiod does not serve',
    timedOut: /beijing-prod.*Timed out.*Check in .*that the token is valid/,
    degraded: 'Degraded',
    sections: { traffic: 'Traffic', telemetry: 'Access log and tracing', sidecar: 'Sidecars' },
    outbound: /REGISTRY_ONLY/,
    effects: ['At once', 'After workloads restart', 'istiod is renewed'],
    apply: 'Apply changes',
    otherValues: 'Other values',
    capacity: { title: 'Capacity', now: /^Now in shanghai/, nodes: /\d+ nodes? lets? Pods take/, fits: '· fits' },
  },
  'zh-CN': {
    noOperator: /frankfurt-edge 没有 Sail Operator/,
    drift: '配置偏差',
    repair: '修复',
    repairVerb: '修复网格',
    adopt: '采纳 1 处',
    adoptVerb: '采纳',
    stages: /^全部 \d+ 个阶段已完成$/,
    synced: /beijing-prod.* 工作集群 接入成功 已同步/,
    unserved: 'istiod 未能服务的工作集群',
    timedOut: /beijing-prod.*同步超时.*令牌是否有效/,
    degraded: '异常',
    sections: { traffic: '流量', telemetry: '访问日志与链路追踪', sidecar: '边车' },
    outbound: /REGISTRY_ONLY/,
    effects: ['立即生效', '工作负载重启后生效', 'istiod 将更新'],
    apply: '应用修改',
    otherValues: '其他参数',
    capacity: { title: '容量', now: /^shanghai.*的现状$/, nodes: /\d+ 个节点，可供 Pod 使用/, fits: '· 适合' },
  },
}

/** Breaks what istiod reads a member with: it is refused there from now on. */
async function spoilToken(stage: Stage, primary: string, member: string): Promise<void> {
  const target = { namespace: 'istio-system', name: `istio-remote-secret-${member}` }
  const held = await stage.admin(primary).get(secrets, target)
  const kubeconfig = Buffer.from(textAt(held, 'data', member) ?? '', 'base64').toString('utf8')
  const spoilt = kubeconfig.replace(/"token":"[^"]*"/, '"token":"spoilt"')
  expect(spoilt).not.toBe(kubeconfig)
  const body = { data: { [member]: Buffer.from(spoilt).toString('base64') } }
  await stage.admin(primary).patch(secrets, target, { type: 'merge', body })
}

type Said = (typeof said)['en-GB' | 'zh-CN']

/** A value without a setting of its own is looked for by what it does, and set. */
async function setOtherValue(page: Page, title: string): Promise<void> {
  await page.locator('summary').getByText(title, { exact: true }).click()
  await page.getByRole('searchbox').last().fill('worker threads')
  await page.getByRole('option', { name: 'meshConfig.defaultConfig.concurrency' }).click()
  await page.getByRole('spinbutton', { name: 'meshConfig.defaultConfig.concurrency' }).fill('3')
}

/** Settings and a value that take effect in three ways: the plan keeps them apart, and the Mesh says them afterwards. */
async function changeSettings(page: Page, words: Words, said: Said): Promise<void> {
  const { sections, outbound, effects, apply } = said
  await page.goto(new URL('/meshes/payments/settings', page.url()).href)
  for (const title of Object.values(sections)) {
    await page.locator('summary').getByText(title, { exact: true }).click()
  }
  await choose(page, /outboundTrafficPolicy/, outbound)
  await page.getByRole('spinbutton', { name: /tracing\.sampling/ }).fill('5')
  await choose(page, /proxyLogLevel/, /^info$/)
  await setOtherValue(page, said.otherValues)
  await page.getByRole('button', { name: words.plan }).click()
  const drawer = page.getByRole('dialog').last()
  for (const effect of effects) await expect(drawer.getByRole('region', { name: effect })).toBeVisible()
  await carryOut(page, words, { verb: apply })
  await page.goto(new URL('/meshes/payments/settings', page.url()).href)
  await page.getByText('YAML', { exact: true }).first().click()
  const text = page.getByRole('main')
  await expect(text).toContainText('outboundTrafficPolicy: REGISTRY_ONLY')
  await expect(text).toContainText('sampling: 5')
  await expect(text).toContainText('proxyLogLevel: info')
  await expect(text).toContainText('concurrency: 3')
}

for (const { locale, words } of languages) {
  const { noOperator, drift: driftTitle, repair, repairVerb, adopt, adoptVerb, stages, capacity } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('makes a dedicated mesh, and uninstalls it again', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh')
      await createMesh(page, words, {
        kind: words.dedicated,
        name: 'payments',
        cluster: /shanghai-prod/,
      })
      await meshIsReady(page, words)
      await changeSettings(page, words, said[locale])
      await removeMesh(page, words, { name: 'payments', how: words.uninstall })
    })

    test('adopts an Istio that runs already, and lets it go', async ({ enter }) => {
      const page = await enter('ada', '/clusters/frankfurt-edge')
      await adoptFound(page, words, 'edge')
      await removeMesh(page, words, { name: 'edge', how: undefined })
    })

    test('makes a managed mesh, and joins a cluster to it', async ({ enter }) => {
      test.setTimeout(120_000)
      const page = await enter('ada', '/new/mesh')
      await createMesh(page, words, { kind: words.managed, name: 'fleet', cluster: /shanghai-prod/ })
      await meshIsReady(page, words)
      await page.goto(new URL('/meshes/fleet/clusters', page.url()).href)
      await page.getByRole('button', { name: words.join }).click()
      const dialog = page.getByRole('dialog').last()
      await dialog.getByRole('checkbox', { name: /beijing-prod/ }).check()
      await dialog.getByRole('button', { name: words.plan }).click()
      await carryOut(page, words, { verb: words.joinVerb })
      const joined = new RegExp(`beijing-prod.* ${words.joined}`)
      await expect(page.getByRole('row', { name: joined })).toBeVisible({ timeout: 45_000 })
      await removeMesh(page, words, { name: 'fleet', how: words.uninstall })
    })

    test('says what istiod says of a member, what to do when it cannot read it, and that it does again', async ({
      enter,
      stage,
    }) => {
      test.setTimeout(120_000)
      const { synced, unserved, timedOut, degraded } = said[locale]
      const name = `unserved-${locale.slice(0, 2)}`
      await mesh(stage, name, {
        kind: 'Managed',
        version: 'v1.30.3',
        controlPlane: { cluster: 'shanghai-prod' },
        members: [{ cluster: 'beijing-prod' }],
        values: { pilot: { env: { PILOT_REMOTE_CLUSTER_TIMEOUT: '2s' } } },
      })
      const page = await enter('ada', `/meshes/${name}/clusters`)
      const member = page.getByRole('row', { name: synced })
      // No object changes when istiod changes its mind: an open page would see it within half a minute.
      const sees = (look: () => Promise<void>) =>
        expect(async () => {
          await page.reload()
          await look()
        }).toPass({ timeout: 30_000 })
      await sees(() => expect(member).toBeVisible({ timeout: 3_000 }))
      await spoilToken(stage, 'shanghai-prod', 'beijing-prod')
      const region = page.getByRole('region', { name: unserved })
      await sees(() => expect(region).toContainText(timedOut, { timeout: 3_000 }))
      await expect(member).toBeHidden()
      await page.goto(new URL(`/meshes/${name}`, page.url()).href)
      await expect(page.getByRole('main').getByText(degraded, { exact: true })).toBeVisible()
      await region.getByRole('button', { name: repair }).click()
      await carryOut(page, words, { verb: repairVerb })
      await page.goto(new URL(`/meshes/${name}/clusters`, page.url()).href)
      await sees(() => expect(member).toBeVisible({ timeout: 3_000 }))
      await expect(region).toBeHidden()
      await removeMesh(page, words, { name, how: words.uninstall })
    })

    test('shows the preflight and the objects beside the form', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('payments')
      const cluster = page.getByRole('combobox', { name: /controlPlane\.cluster/ })
      await cluster.click()
      await expect(page.getByText(noOperator)).toBeVisible()
      await cluster.fill('shanghai')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: words.preflight }).getByRole('group')).toBeVisible()
      const preview = page.getByRole('region', { name: words.objects })
      await expect(preview.getByText('istio-system')).toBeVisible()
      await expect(preview.getByText('IstioRevisionTag')).toBeVisible()
    })

    test('says what sizes ask for, what the cluster holds, and which of them fits', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await choose(page, /controlPlane\.cluster/, /^shanghai/)
      await page.locator('summary').getByText(capacity.title, { exact: true }).click()
      const standing = page.getByRole('region', { name: capacity.now })
      await expect(standing).toContainText(capacity.nodes)
      await page.getByRole('combobox', { name: /controlPlane\.size/ }).click()
      const fitting = page.locator('.ant-select-item-option').filter({ hasText: capacity.fits, visible: true })
      await expect(fitting).toHaveCount(1)
      await expect(fitting).toContainText(/200m.*200Mi/)
      await fitting.click()
      await expect(page.getByRole('main').locator('.ant-select').filter({ hasText: capacity.fits })).toBeVisible()
    })

    test('repairs a mesh that drifted or adopts what is there, and forgets it while it goes on running', async ({
      enter,
      stage,
    }) => {
      test.setTimeout(120_000)
      const name = `drifting-${locale.slice(0, 2)}`
      const shanghai = stage.fleet.admin('shanghai-prod')
      await mesh(stage, name, {
        kind: 'Dedicated',
        version: 'v1.30.3',
        controlPlane: { cluster: 'shanghai-prod' },
        settings: { governance: { outboundTrafficPolicy: 'ALLOW_ANY' } },
      })
      const page = await enter('ada', `/meshes/${name}`)
      await expect(page.getByRole('main').getByText(stages)).toBeVisible()
      await shanghai.remove(istioRevisionTags, { name: 'default' })
      const drift = page.getByRole('region', { name: driftTitle })
      await expect(drift.getByText('default')).toBeVisible({ timeout: 30_000 })
      await drift.getByRole('button', { name: repair }).click()
      await carryOut(page, words, { verb: repairVerb })
      await expect(drift).toBeHidden({ timeout: 30_000 })
      const meshConfig = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
      await shanghai.patch(istios, { name }, { type: 'merge', body: { spec: { values: { meshConfig } } } })
      await drift.getByRole('button', { name: adopt, exact: true }).click({ timeout: 30_000 })
      await carryOut(page, words, { verb: adoptVerb })
      await expect(drift).toBeHidden({ timeout: 30_000 })
      const said = await stage.fleet.admin('hub').get(meshes, { name })
      expect(textAt(said, 'spec', 'settings', 'governance', 'outboundTrafficPolicy')).toBe('REGISTRY_ONLY')
      await removeMesh(page, words, { name, how: words.record })
      const { items } = await shanghai.list(istios)
      expect(items.map((each) => each.metadata.name)).toContain(name)
      await shanghai.remove(istios, { name })
      await shanghai.remove(istioRevisionTags, { name: 'default' })
    })
  })
}

test.describe('networks', () => {
  test.use({ locale: 'en-GB' })

  test('the way between two is broken while services are not exposed, and whole again by its own next step', async ({
    enter,
    stage,
  }) => {
    test.setTimeout(120_000)
    const [{ words }] = languages
    const name = 'apart'
    await mesh(stage, name, {
      kind: 'Managed',
      version: 'v1.30.3',
      controlPlane: { cluster: 'shanghai-prod' },
      members: [{ cluster: 'beijing-prod' }],
    })
    const page = await enter('ada', `/meshes/${name}/networks`)
    await expect(page.getByRole('region', { name: 'beijing' })).toContainText('1 Pod ready')
    const ways = page.getByRole('link', { name: 'Connectivity' })
    const way = (state: string) => page.getByRole('button', { name: `shanghai-prod to beijing-prod: ${state}` })
    await ways.click()
    // What istiod says of a new member is asked again every 30 s; somebody who waits for it reloads.
    await expect(async () => {
      await page.reload()
      await expect(way('Way complete')).toBeVisible({ timeout: 4_000 })
    }).toPass({ timeout: 45_000 })
    await page.getByRole('link', { name: 'Networks', exact: true }).last().click()
    await page.getByRole('button', { name: 'Stop exposing' }).click()
    await carryOut(page, words, { verb: 'Apply changes' })
    await ways.click()
    await way('Broken').click({ timeout: 40_000 })
    await page.getByRole('dialog').getByRole('button', { name: 'Expose services' }).click()
    await carryOut(page, words, { verb: 'Apply changes' })
    await expect(way('Way complete')).toBeVisible({ timeout: 40_000 })
    await page.goto(new URL(`/meshes/${name}`, page.url()).href)
    await removeMesh(page, words, { name, how: words.uninstall })
  })
})
