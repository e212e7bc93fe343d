import { expect } from '@playwright/test'
import { faultsIn } from '../harness/axe.ts'
import { test } from '../harness/browser.ts'

test.use({ story: 'numbers', world: 'demo', contextOptions: { reducedMotion: 'reduce' } })

/** A fleet that has just started is read cluster by cluster. */
const patient = { timeout: 30_000 }

const said = {
  'en-GB': {
    facts: 'About this mesh',
    services: (total: number) => `Services12 of ${total} healthy`,
    ingress: /Ingress gateways1 of 1 ready/,
    egress: /Egress gatewaysnone/,
    unseen: /Servicesnot seen.*Egress gatewaysnot seen/,
  },
  'zh-CN': {
    facts: '网格信息',
    services: (total: number) => `服务12/${total} 正常`,
    ingress: /入口网关1\/1 就绪/,
    egress: /出口网关无/,
    unseen: /服务未见到.*出口网关未见到/,
  },
}

const silent = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'silent', namespace: 'shop-catalog' } }

for (const locale of ['en-GB', 'zh-CN'] as const) {
  const { facts, services, ingress, egress, unseen } = said[locale]
  test.describe(locale, () => {
    test.use({ locale })

    test('an overview counts services and gateways, and follows a service that nobody answers', async ({
      enter,
      stage,
    }) => {
      const page = await enter('ada', '/meshes/retail')
      const about = page.getByRole('region', { name: facts })
      await expect(about).toContainText(services(13), patient)
      await expect(about).toContainText(ingress)
      await expect(about).toContainText(egress)
      await expect(about.getByRole('listitem')).toContainText(['shop-catalog/pricing'])
      const store = stage.fleet.fleet.clusters.get('tokyo-prod')?.server.store
      store?.put({ ...silent, spec: { selector: { app: 'nobody' }, ports: [{ name: 'http', port: 80 }] } })
      await expect(about).toContainText(services(14))
      await expect(about.getByText('shop-catalog/silent')).toBeVisible()
      expect(await faultsIn(page)).toEqual([])
      store?.remove({ apiVersion: 'v1', kind: 'Service', ...silent.metadata })
      await expect(about).toContainText(services(13))
    })

    test('tells who may list none of them that they are not seen', async ({ enter }) => {
      const page = await enter('nils', '/meshes/retail')
      await expect(page.getByRole('region', { name: facts })).toContainText(unseen)
    })
  })
}
