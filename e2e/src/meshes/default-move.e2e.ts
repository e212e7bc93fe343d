import { textAt } from '@orbweaver/contracts/json'
import { istioRevisionTags } from '@orbweaver/kube/resources'
import { expect } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'
import { done, mesh, settled } from '../harness/jobs.ts'
import { carryOut } from '../harness/plan-drawer.ts'
import { languages } from '../harness/words.ts'

test.use({ story: 'default after an upgrade' })

/** A tag `default` is one of a cluster: each language has its own. */
const said = {
  'en-GB': { cluster: 'shanghai-prod', make: 'Make it the default', verb: 'Move the default', isDefault: 'default' },
  'zh-CN': { cluster: 'beijing-prod', make: '设为默认', verb: '移动默认修订版本', isDefault: '默认' },
}

for (const { locale, words } of languages) {
  test.describe(locale, () => {
    test.use({ locale, contextOptions: { reducedMotion: 'reduce' } })

    test('after an upgrade the default is moved to the new revision by plan, and by nobody who may only look', async ({
      enter,
      stage,
    }) => {
      test.setTimeout(180_000)
      const { cluster, make, verb, isDefault } = said[locale]
      const name = `moving-${locale.slice(0, 2)}`
      const spec = { kind: 'Dedicated', version: 'v1.30.2', controlPlane: { cluster } }
      await mesh(stage, name, spec)
      await done(stage, { type: 'meshes.update', name, spec: { ...spec, version: 'v1.30.3' } })
      await settled(stage, name)
      const target = async () =>
        textAt(await stage.admin(cluster).get(istioRevisionTags, { name: 'default' }), 'spec', 'targetRef', 'name')
      expect(await target()).toBe(`${name}-v1-30-2`)

      const looking = await enter('vic', `/meshes/${name}`)
      await looking.getByRole('button', { name: make }).click()
      await expect(looking.getByRole('dialog').last().getByText(words.blocked).first()).toBeVisible()

      const page = await enter('ada', `/meshes/${name}`)
      await page.getByRole('button', { name: make }).click()
      const drawer = page.getByRole('dialog').last()
      await expect(drawer.getByText(`${name}-v1-30-3`).first()).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
      await carryOut(page, words, { verb })
      expect(await target()).toBe(`${name}-v1-30-3`)
      const row = page
        .getByRole('listitem')
        .filter({ hasText: `${name}-v1-30-3` })
        .filter({ hasText: isDefault })
      await expect(row.first()).toBeVisible({ timeout: 30_000 })
      await expect(page.getByRole('button', { name: make })).toBeHidden()
    })
  })
}
