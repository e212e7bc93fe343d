import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { expect, test } from 'vitest'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { memberWebhook } from './member-webhook.ts'

const read = readMesh({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } },
})
const mesh = isMesh(read) ? read : expect.fail('no mesh')

const webhook = (revision: string, caBundle?: string): KubernetesObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: `injector-${revision}`, labels: { 'istio.io/rev': revision } },
  webhooks: [{ name: 'rev', clientConfig: caBundle === undefined ? {} : { caBundle } }],
})

async function told(objects: KubernetesObject[], { known = true, lists = true } = {}) {
  const east = stillDoor('east', { known: () => known, truth: { state: 'fresh' }, objects })
  const viewer = {
    ...stillViewer('ada', () => true),
    lists: () => Promise.resolve(lists),
    list: () => Promise.resolve(objects),
  }
  const fleet = stillFleet(stillDoor('hub', { known: () => true, truth: { state: 'fresh' } }), [east])
  return (await memberWebhook({ fleet, viewer }, mesh, 'east')).webhook
}

const own = 'shop-v1-30-3'

test('tells of the webhooks of the mesh’s own revision alone', async () => {
  expect(await told([webhook(own, 'Y2E='), webhook('other')])).toBe('ready')
  expect(await told([webhook(own, 'Y2E='), webhook(own)])).toBe('unpatched')
  expect(await told([webhook('other', 'Y2E=')])).toBe('missing')
})

test('says nothing to who may not list webhooks, nor of a cluster that was not read', async () => {
  expect(await told([webhook(own, 'Y2E=')], { lists: false })).toBeUndefined()
  expect(await told([], { known: false })).toBeUndefined()
})
