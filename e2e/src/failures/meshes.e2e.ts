import { deployments, istios, services } from '@orbweaver/kube/resources'
import { expect, type Page } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { anHourLater } from '../harness/clock.ts'
import { beginMesh, mesh } from '../harness/jobs.ts'
import { askForRemoval, choose, createMesh, meshIsReady, removeMesh } from '../harness/mesh-pages.ts'
import { carryOut } from '../harness/plan-drawer.ts'
import { refuseIstios } from '../harness/policy.ts'
import type { Stage } from '../harness/stage.ts'
import { languages, type Words } from '../harness/words.ts'

// Nothing gives addresses in Beijing. The old lab is registered, so that it can be chosen.
const loadBalancer = { mode: 'none', range: { from: 60, to: 99 }, delayMs: 0 } as const
test.use({
  story: 'mesh-failures',
  otherwise: { 'beijing-prod': { loadBalancer }, 'lab-old': { registered: true } },
})

/** What is only said where a mesh fails. */
const said = {
  'en-GB': {
    stages: 'Stages',
    failed: 'Failed',
    running: 'Running',
    repair: 'Repair',
    repairVerb: 'Repair mesh',
    noEvidence: /No load balancer in beijing-prod yet/,
    addressPending: /Service istiod-\S+-entrance has no address from the load balancer yet/,
    noAddress: /The load balancer gave no address in time/,
    giveAddress: 'Give an address instead',
    given: 'Given address',
    updateVerb: 'Apply changes',
    noOperator: /frankfurt-edge has no Sail Operator/,
    install: 'Install the Sail Operator with these commands',
    versionNeeded: 'Choose a version.',
    notRunning: /The Sail Operator of beijing-prod has no ready Pod/,
    silent: /The Sail Operator has not looked at it yet/,
    openCluster: 'Open cluster beijing-prod',
    tooOld: /needs Kubernetes 1\.30; lab-old runs v1\.29\.15/,
    upgrade: 'Upgrade Kubernetes, or choose an older Istio',
    unreachable: /Cluster beijing-prod cannot be reached/,
    partial: /^Partial: 1 of/,
    which: 'Show which',
    dark: /beijing-prod.*unreachable.*for \d/,
    refused: /The API server refuses it .*no Istio on Fridays/,
    correct: /^Correct what it names/,
    missing: /It waited for: Istio\/\S+ is not there yet/,
    terminating: 'Being deleted',
    evidence: 'Evidence',
    pause: 'Pause',
    pauseVerb: 'Pause mesh',
    paused: 'Paused',
    resume: 'Go on',
    resumeVerb: 'Let mesh go on',
  },
  'zh-CN': {
    stages: '阶段',
    failed: '失败',
    running: '进行中',
    repair: '修复',
    repairVerb: '修复网格',
    noEvidence: /集群 beijing-prod 中还没有负载均衡/,
    addressPending: /负载均衡尚未给服务 istiod-\S+-entrance 分配地址/,
    noAddress: /负载均衡未能按时分配地址/,
    giveAddress: '改为填写地址',
    given: '自定义地址',
    updateVerb: '应用修改',
    noOperator: /集群 frankfurt-edge 没有 Sail Operator/,
    install: '使用以下命令安装 Sail Operator',
    versionNeeded: '请选择版本。',
    notRunning: /集群 beijing-prod 的 Sail Operator 没有就绪的 Pod/,
    silent: /Sail Operator 尚未处理/,
    openCluster: '打开集群 beijing-prod',
    tooOld: /需要 Kubernetes 1\.30；集群 lab-old 运行 v1\.29\.15/,
    upgrade: '升级 Kubernetes，或选择较低的 Istio 版本',
    unreachable: /无法连接集群 beijing-prod/,
    partial: /^数据不完整：\d+ 个集群中有 1 个/,
    which: '查看集群',
    dark: /beijing-prod.*已持续/,
    refused: /API 服务器拒绝了该对象.*no Istio on Fridays/,
    correct: /^按提示修正/,
    missing: /等待的是：Istio\/\S+ 尚不存在/,
    terminating: '删除中',
    evidence: '查看依据',
    pause: '暂停',
    pauseVerb: '暂停网格',
    paused: '已暂停',
    resume: '继续',
    resumeVerb: '继续网格',
  },
} as const

type Say = (typeof said)[keyof typeof said]

/** The one stage that says this. */
const stageSaying = (page: Page, say: Say, text: RegExp) =>
  page.getByRole('list', { name: say.stages }).getByRole('listitem').filter({ hasText: text })

/** The Sail Operator of a cluster: stopped, or running again. */
async function scaleOperator(stage: Stage, cluster: string, replicas: number): Promise<void> {
  const target = { namespace: 'sail-operator', name: 'sail-operator' }
  await stage.admin(cluster).patch(deployments, target, { type: 'merge', body: { spec: { replicas } } })
}

function blackHole(stage: Stage, cluster: string, on: boolean): void {
  stage.fleet.fleet.clusters.get(cluster)?.server.faults.set({ blackHole: on })
}

/** On the page of a mesh that is under way. */
async function pausedAndResumed(page: Page, words: Words, say: Say): Promise<void> {
  await page.getByRole('button', { name: words.more }).click()
  await page.getByRole('menuitem', { name: say.pause }).click()
  await carryOut(page, words, { verb: say.pauseVerb })
  await expect(page.getByRole('main').getByText(say.paused, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: say.resume, exact: true }).click()
  await carryOut(page, words, { verb: say.resumeVerb })
  await expect(page.getByRole('main').getByText(say.paused, { exact: true })).toHaveCount(0)
}

const dedicated = (cluster: string) => ({ kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster } })

for (const { locale, words } of languages) {
  const say = said[locale]
  const named = (name: string) => `${name}-${locale.slice(0, 2)}`

  test.describe(locale, () => {
    test.use({ locale })
    test.setTimeout(120_000)

    test('an entrance that gets no address says so, and takes a given one in place', async ({ enter, stage }) => {
      const name = named('stranded')
      const page = await enter('ada', '/new/mesh?kind=Managed')
      const evidence = page.getByRole('region', { name: words.preflight }).getByText(say.noEvidence)
      const look = () => expect(evidence).toBeVisible()
      await createMesh(page, words, { kind: words.managed, name, cluster: /beijing-prod/, look })
      const waiting = stageSaying(page, say, say.addressPending)
      await expect(waiting.getByRole('link', { name: say.giveAddress })).toBeVisible()
      await waiting.getByText(say.evidence, { exact: true }).click()
      await expect(waiting).toContainText(/istiod-\S+-entrance.*LoadBalancer=False/)
      await pausedAndResumed(page, words, say)
      await anHourLater(stage, name)
      const failed = stageSaying(page, say, say.noAddress)
      await expect(failed).toContainText(say.failed, { timeout: 30_000 })
      await expect(failed).toContainText(say.addressPending)
      await expect(failed.getByRole('button', { name: say.repair })).toBeVisible()
      await failed.getByRole('link', { name: say.giveAddress }).click()
      await page.getByRole('radio', { name: say.given }).check()
      await page.getByRole('textbox', { name: /controlPlane\.entrance\.address/ }).fill('10.9.8.7')
      await page.getByRole('button', { name: words.plan }).click()
      await carryOut(page, words, { verb: say.updateVerb })
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await meshIsReady(page, words)
      await removeMesh(page, words, { name, how: words.uninstall })
      const left = await stage.admin('beijing-prod').list(services, { namespace: 'istio-system' })
      expect(left.items.map((each) => each.metadata.name)).toEqual([])
    })

    test('a cluster without an operator says how to install one, and has no plan', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('impossible')
      await choose(page, /controlPlane\.cluster/, /^frankfurt-edge/)
      const preflight = page.getByRole('region', { name: words.preflight })
      await expect(preflight.getByText(say.noOperator)).toBeVisible()
      await expect(preflight.getByText(say.install)).toBeVisible()
      await expect(preflight.getByText(/^helm upgrade --install sail-operator/)).toBeVisible()
      await page.getByRole('button', { name: words.plan }).click()
      await expect(page.getByText(say.versionNeeded)).toBeVisible()
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await page.goto(new URL('/clusters/frankfurt-edge', page.url()).href)
      await expect(page.getByText(/^helm upgrade --install sail-operator/)).toHaveCount(1)
    })

    test('an operator that does not run is missed before, and while the mesh waits for it', async ({
      enter,
      stage,
    }) => {
      const name = named('unattended')
      await scaleOperator(stage, 'beijing-prod', 0)
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      const evidence = page.getByRole('region', { name: words.preflight }).getByText(say.notRunning)
      const look = () => expect(evidence).toBeVisible()
      await createMesh(page, words, { kind: words.dedicated, name, cluster: /beijing-prod/, look })
      const waiting = stageSaying(page, say, say.silent)
      await expect(waiting.getByRole('link', { name: say.openCluster })).toBeVisible()
      await anHourLater(stage, name)
      await expect(waiting).toContainText(say.failed, { timeout: 30_000 })
      await waiting.getByRole('link', { name: say.openCluster }).click()
      await expect(page.getByText(say.notRunning)).toBeVisible()
      await page.goBack()
      await waiting.getByRole('button', { name: say.repair }).click()
      await scaleOperator(stage, 'beijing-prod', 1)
      await carryOut(page, words, { verb: say.repairVerb })
      await meshIsReady(page, words)
      await removeMesh(page, words, { name, how: words.uninstall })
    })

    test('a cluster whose Kubernetes is too old blocks the plan, with the way out', async ({ enter }) => {
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('old')
      await choose(page, /controlPlane\.cluster/, /^lab-old/)
      const preflight = page.getByRole('region', { name: words.preflight })
      await expect(preflight.getByText(say.tooOld)).toBeVisible()
      await expect(preflight.getByText(say.upgrade)).toBeVisible()
      await expect(page.getByRole('button', { name: words.plan })).toBeDisabled()
    })

    test('a cluster that goes dark is named, and the mesh goes on when it is back', async ({ enter, stage }) => {
      const name = named('dark')
      await beginMesh(stage, name, dedicated('beijing-prod'))
      blackHole(stage, 'beijing-prod', true)
      const page = await enter('ada', `/meshes/${name}`)
      const waiting = stageSaying(page, say, say.unreachable)
      await expect(waiting.getByRole('link', { name: say.openCluster })).toBeVisible({ timeout: 60_000 })
      const partial = page.getByRole('region', { name: say.partial })
      await partial.getByRole('button', { name: say.which }).click()
      await expect(partial.getByRole('listitem')).toHaveText(say.dark)
      await anHourLater(stage, name)
      await expect(waiting).toContainText(say.failed, { timeout: 30_000 })
      blackHole(stage, 'beijing-prod', false)
      await meshIsReady(page, words)
      await expect(partial).toBeHidden()
      await removeMesh(page, words, { name, how: words.uninstall })
    })

    test('a mesh whose cluster stays dark is given up', async ({ enter, stage }) => {
      const name = named('lost')
      const allow = await refuseIstios(stage, 'beijing-prod', 'no Istio on Fridays')
      await beginMesh(stage, name, dedicated('beijing-prod'))
      blackHole(stage, 'beijing-prod', true)
      const page = await enter('ada', `/meshes/${name}`)
      await expect(stageSaying(page, say, say.unreachable)).toBeVisible({ timeout: 60_000 })
      await askForRemoval(page, words, { name, how: words.uninstall })
      await expect(page.getByRole('main').getByText(say.terminating, { exact: true })).toBeVisible()
      await expect(page.getByRole('link', { name: say.openCluster }).first()).toBeVisible()
      await removeMesh(page, words, { name, how: words.record })
      blackHole(stage, 'beijing-prod', false)
      await allow()
    })

    test('a stage that the API server refused goes on after a repair', async ({ enter, stage }) => {
      const name = named('forbidden')
      const allow = await refuseIstios(stage, 'beijing-prod', 'no Istio on Fridays')
      await beginMesh(stage, name, dedicated('beijing-prod'))
      const page = await enter('ada', '/meshes')
      await page.getByRole('link', { name, exact: true }).click()
      const refused = stageSaying(page, say, say.refused)
      await expect(refused).toContainText(say.failed)
      await expect(refused.getByText(say.correct)).toBeVisible()
      await refused.getByRole('button', { name: say.repair }).click()
      await allow()
      await carryOut(page, words, { verb: say.repairVerb })
      await meshIsReady(page, words)
      await removeMesh(page, words, { name, how: words.uninstall })
    })

    test('a mesh that lost its control plane fails, and is whole again after a repair', async ({ enter, stage }) => {
      const name = named('robbed')
      await mesh(stage, name, dedicated('shanghai-prod'))
      const page = await enter('ada', `/meshes/${name}`)
      await stage.admin('shanghai-prod').remove(istios, { name })
      const missing = stageSaying(page, say, /Istio\/\S+/)
      await expect(missing).toContainText(say.running, { timeout: 30_000 })
      await anHourLater(stage, name)
      await expect(missing).toContainText(say.missing, { timeout: 30_000 })
      await missing.getByRole('button', { name: say.repair }).click()
      await carryOut(page, words, { verb: say.repairVerb })
      await meshIsReady(page, words)
      await removeMesh(page, words, { name, how: words.uninstall })
    })

    test('a mesh that failed for good is uninstalled', async ({ enter, stage }) => {
      const name = named('hopeless')
      const allow = await refuseIstios(stage, 'beijing-prod', 'no Istio on Fridays')
      await beginMesh(stage, name, dedicated('beijing-prod'))
      const page = await enter('ada', `/meshes/${name}`)
      await expect(stageSaying(page, say, say.refused)).toBeVisible()
      await removeMesh(page, words, { name, how: words.uninstall })
      await allow()
    })
  })
}
