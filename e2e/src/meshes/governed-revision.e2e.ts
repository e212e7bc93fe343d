import { textAt } from '@orbweaver/contracts/json'
import { deployments, meshes } from '@orbweaver/kube/resources'
import { expect } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'
import { adoptEdge } from '../harness/jobs.ts'
import { choose } from '../harness/mesh-pages.ts'
import { carryOut } from '../harness/plan-drawer.ts'
import type { Stage } from '../harness/stage.ts'
import { languages } from '../harness/words.ts'

test.use({ story: 'governed revision' })

const said = {
  'en-GB': { hint: /^Another revision in the same namespace can be chosen/, from: 'no longer from' },
  'zh-CN': { hint: /^可改为同一命名空间中的其他修订版本/, from: '不再取自' },
}

/** The revision that the mesh governs now, and the other. */
async function governed(stage: Stage): Promise<{ from: string; to: string }> {
  const held = await stage.admin('hub').get(meshes, { name: 'edge' })
  const from = textAt(held, 'spec', 'controlPlane', 'revision') ?? ''
  return { from, to: from === 'default' ? '1-30' : 'default' }
}

/** One of those offered, in either language. */
const revision = (name: string) => new RegExp(`(revision|修订版本) ${name}`)

/** A newer revision that somebody installed beside the one that the mesh governs. */
async function installBeside(stage: Stage): Promise<void> {
  const labels = { app: 'istiod', 'istio.io/rev': '1-30' }
  await stage.admin('frankfurt-edge').create(deployments, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'istio-system', name: 'istiod-1-30', labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'discovery', image: 'registry.istio.io/release/pilot:1.30.3' }] },
      },
    },
  })
}

test.beforeAll(async ({ stage }) => {
  await adoptEdge(stage)
  await installBeside(stage)
})

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale, contextOptions: { reducedMotion: 'reduce' } })

    test('an external mesh governs another revision of its namespace, by a plan that says what that means', async ({
      enter,
      stage,
    }) => {
      const { from, to } = await governed(stage)
      const page = await enter('ada', '/meshes/edge/settings')
      await expect(page.getByText(said[locale].hint)).toBeVisible()
      await page.getByRole('combobox', { name: /controlPlane\.revision/ }).click()
      await expect(
        page.locator('[aria-disabled="false"]').filter({ hasText: '1-30', visible: true }).last(),
      ).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
      await page.keyboard.press('Escape')
      await choose(page, /controlPlane\.revision/, revision(to))
      await page.getByRole('button', { name: words.plan }).click()
      const drawer = page.getByRole('dialog').last()
      await expect(drawer.getByText(`${said[locale].from} ${from}`)).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
      await carryOut(page, words, { verb: words.applyVerb })
      await page.goto(new URL('/meshes/edge/settings', page.url()).href)
      await page.getByText('YAML', { exact: true }).first().click()
      await expect(page.getByRole('main')).toContainText(`revision: ${to}`)
    })

    test('who may only look reads the same plan, and is told that it may not be carried out', async ({
      enter,
      stage,
    }) => {
      const { to } = await governed(stage)
      const page = await enter('vic', '/meshes/edge/settings')
      await choose(page, /controlPlane\.revision/, revision(to))
      await page.getByRole('button', { name: words.plan }).click()
      const drawer = page.getByRole('dialog').last()
      await expect(drawer.getByText(words.blocked).first()).toBeVisible()
      await expect(drawer.getByRole('button', { name: words.applyVerb, exact: true })).toBeDisabled()
    })
  })
}
