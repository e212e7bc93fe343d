import { deployments, istios, namespaces, resourceQuotas, services } from '@orbweaver/kube/resources'
import { expect, type Page } from '@playwright/test'
import { test } from '../harness/browser.ts'
import { anHourLater } from '../harness/clock.ts'
import { beginMesh, mesh } from '../harness/jobs.ts'
import { askForRemoval, choose, createMesh, meshIsReady, removeMesh } from '../harness/mesh-pages.ts'
import { carryOut } from '../harness/plan-drawer.ts'
import { refuseIstios } from '../harness/policy.ts'
import { retype } from '../harness/rule-pages.ts'
import type { Stage } from '../harness/stage.ts'
import { languages, type Words } from '../harness/words.ts'
import { type Say, said } from './words.ts'

// Nothing gives addresses in Beijing. The old lab is registered, so that it can be chosen.
const loadBalancer = { mode: 'none', range: { from: 60, to: 99 }, delayMs: 0 } as const
test.use({
  story: 'mesh-failures',
  otherwise: { 'beijing-prod': { loadBalancer }, 'lab-old': { registered: true } },
})

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
      const version = page.getByRole('combobox', { name: /version$/ })
      const offered = page.locator('.ant-select-item-option').filter({ visible: true })
      await expect(page.getByRole('main').locator('.ant-select').filter({ hasText: say.recommended })).toBeVisible()
      await version.fill('v1.29.2')
      await expect(offered.filter({ hasText: say.tooOld })).toHaveAttribute('aria-disabled', 'true')
      await page.keyboard.press('Escape')
      // In YAML anything can be written; the preflight stands before the plan all the same.
      await page.getByText('YAML', { exact: true }).first().click()
      const editor = page.getByRole('main').locator('.cm-content')
      await expect(editor).toContainText('version: v')
      const [line = ''] = /version: \S+/.exec(await editor.innerText()) ?? []
      await retype(editor, line, 'version: v1.29.2')
      const preflight = page.getByRole('region', { name: words.preflight })
      await expect(preflight.getByText(say.tooOld)).toBeVisible()
      await expect(preflight.getByText(say.upgrade)).toBeVisible()
      await expect(page.getByRole('button', { name: words.plan })).toBeDisabled()
    })

    test('a row says what it was seen in and how to mend it; mended and asked again, it lets the plan be made', async ({
      enter,
      stage,
    }) => {
      const beijing = stage.admin('beijing-prod')
      const quota = { namespace: 'istio-system', name: 'none' }
      const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: quota.namespace } }
      await beijing.patch(namespaces, { name: quota.namespace }, { type: 'apply', body, fieldManager: 'kubectl' })
      await beijing.create(resourceQuotas, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: quota,
        spec: { hard: { pods: '0' } },
      })
      const page = await enter('ada', '/new/mesh?kind=Dedicated')
      await page.getByRole('textbox', { name: /metadata\.name/ }).fill('roomy')
      await choose(page, /controlPlane\.cluster/, /^beijing-prod/)
      const row = page
        .getByRole('region', { name: words.preflight })
        .getByRole('listitem')
        .filter({ hasText: say.quotaFull })
      await expect(row.getByText('istio-system/none', { exact: true })).toBeVisible()
      await expect(row.getByText('kubectl edit resourcequota none --namespace istio-system')).toBeVisible()
      await expect(page.getByRole('button', { name: words.plan })).toBeDisabled()
      await beijing.patch(resourceQuotas, quota, { type: 'merge', body: { spec: { hard: { pods: '20' } } } })
      await row.getByRole('button', { name: say.again }).click()
      await expect(row).toHaveCount(0)
      await page.getByRole('button', { name: words.plan }).click()
      await expect(page.getByRole('dialog').getByRole('button', { name: words.createMesh })).toBeEnabled()
      await beijing.remove(resourceQuotas, quota)
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
