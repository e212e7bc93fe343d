import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace } from '../worlds/objects.ts'
import { clientOf, eventually, object, startTestFleet } from './fleet-under-test.ts'

const map = { resource: kinds.configMaps, name: 'istio-ca-root-cert' }
const rootIn = (seen: unknown): string | undefined => textAt(seen, 'data', 'root-cert.pem')

describe('what an istiod keeps as it should be', () => {
  let fleet: Fleet
  let client: KubeClient
  let root: string
  beforeAll(async () => {
    fleet = await startTestFleet(1)
    client = clientOf(fleet, 'member-1')
    await client.create(kinds.namespaces, namespace('istio-system'))
    const discoverySelectors = [{ matchExpressions: [{ key: 'unknown', operator: 'DoesNotExist' }] }]
    const spec = { version: 'v1.30.3', namespace: 'istio-system', values: { meshConfig: { discoverySelectors } } }
    const metadata = { name: 'default' }
    await client.create(kinds.istios, object({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata, spec }))
    const seen = await eventually(client, { ...map, namespace: 'istio-system' }, (each) => rootIn(each) !== undefined)
    root = rootIn(seen) ?? ''
  }, 30_000)
  afterAll(() => fleet.stop())

  test('the root is in kube-system, and not in kube-public', async () => {
    await eventually(client, { ...map, namespace: 'kube-system' }, (each) => rootIn(each) === root)
    const { items } = await client.list(kinds.configMaps, { namespace: 'kube-public' })
    expect(items.map(({ metadata }) => metadata.name)).not.toContain(map.name)
  })

  test('a changed root is put right, and what lies beside it stays', async () => {
    const live = await client.get(kinds.configMaps, { namespace: 'kube-system', name: map.name })
    await client.replace(kinds.configMaps, { ...live, data: { 'root-cert.pem': 'changed', own: 'kept' } })
    const seen = await eventually(client, { ...map, namespace: 'kube-system' }, (each) => rootIn(each) === root)
    expect(textAt(seen, 'data', 'own')).toBe('kept')
  })

  test('a namespace that the mesh leaves out has no root until the mesh takes it in', async () => {
    await client.create(kinds.namespaces, namespace('left-out', { unknown: 'true' }))
    await client.create(kinds.namespaces, namespace('taken-in'))
    await eventually(client, { ...map, namespace: 'taken-in' }, (each) => rootIn(each) === root)
    const { items } = await client.list(kinds.configMaps, { namespace: 'left-out' })
    expect(items.map(({ metadata }) => metadata.name)).not.toContain(map.name)
    const body = { spec: { values: { meshConfig: { discoverySelectors: [] } } } }
    await client.patch(kinds.istios, { name: 'default' }, { type: 'merge', body })
    await eventually(client, { ...map, namespace: 'left-out' }, (each) => rootIn(each) === root)
  })

  test('every entry of a validation webhook of the revision fails closed with its root', async () => {
    const rules = [{ apiGroups: ['example.com'], apiVersions: ['*'], operations: ['CREATE'], resources: ['*'] }]
    const clientConfig = { service: { name: 'istiod', namespace: 'istio-system', path: '/validate' } }
    const webhook = {
      clientConfig,
      rules,
      failurePolicy: 'Ignore',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    }
    const webhooks = ['a.example.com', 'b.example.com'].map((name) => ({ ...webhook, name }))
    const metadata = { name: 'own', labels: { 'istio.io/rev': 'default' } }
    const apiVersion = 'admissionregistration.k8s.io/v1'
    const own = object({ apiVersion, kind: 'ValidatingWebhookConfiguration', metadata, webhooks })
    await client.create(kinds.validatingWebhookConfigurations, own)
    const caBundle = Buffer.from(root).toString('base64')
    await eventually(client, { resource: kinds.validatingWebhookConfigurations, name: 'own' }, (seen) =>
      listAt(seen, 'webhooks').every(
        (each) => textAt(each, 'failurePolicy') === 'Fail' && textAt(each, 'clientConfig', 'caBundle') === caBundle,
      ),
    )
  })
})
