import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { meshes, mutatingWebhookConfigurations } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { leftIn, planClean } from './leftovers.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

const labelled = (mesh: string) => ({ labels: { 'orbweaver.dev/mesh': mesh } })
const webhook = (name: string, mesh?: string): KubernetesObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name, ...(mesh !== undefined && labelled(mesh)) },
  webhooks: [
    {
      name: 'rev.namespace.sidecar-injector.istio.io',
      clientConfig: { service: { name: 'nobody', namespace: 'gone-system' } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      namespaceSelector: { matchLabels: { never: 'x' } },
    },
  ],
})
const istio: KubernetesObject = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'prod', ...labelled('prod') },
  spec: { version: 'v1.30.3', namespace: 'istio-system' },
}
const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east', namespace: 'istio-system' } },
}
const marked: KubernetesObject = {
  ...namespace('istio-system'),
  metadata: {
    name: 'istio-system',
    labels: { 'topology.istio.io/network': 'n1', 'app.kubernetes.io/managed-by': 'orbweaver', team: 'a' },
  },
}

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  const kinds = { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }
  seedGround(hub, kinds, 'hub')
  seedGround(east, kinds, 'member')
  for (const object of [webhook('dead'), webhook('orphaned', 'gone'), istio, marked]) east.store.put(object)
  hub.store.put(record)
  for (const each of [hub, east]) bind(each, { user: 'ada', role: 'orbweaver-admin' })
  bind(hub, { user: 'sam', role: 'orbweaver-fleet-viewer' })
  bind(east, { user: 'sam', role: 'orbweaver-namespace-viewer', inNamespace: 'istio-system' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    async () => {
      expect(fleet.get('east')?.mirror.get(mutatingWebhookConfigurations, { name: 'orphaned' })).toBeDefined()
      expect((await left('ada')).length).toBe(2)
    },
    { timeout: 8_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub.close(), east.close()])
})

const secrets = 'secrets cacerts, istio-ca-secret, istio-kubeconfig, istiod-tls'
const asked = (user: string) => leftIn(fleet, 'east', openViewer(fleet, { user, groups: [] }))
const left = async (user: string) => (await asked(user)).found

const refs = (names: string[], of: { group: string; kind: string }) =>
  names.map((name) => ({ cluster: 'east', version: 'v1', ...of, name }))
const hooks = refs(['dead', 'orphaned'], {
  group: 'admissionregistration.k8s.io',
  kind: 'MutatingWebhookConfiguration',
})
const plan = (user: string, objects: typeof hooks) =>
  planClean({
    fleet,
    viewer: openViewer(fleet, { user, groups: [] }),
    intent: { type: 'clusters.clean', name: 'east', objects },
  })

test('only what is left over is cleaned, and only by those who see it', async () => {
  expect((await left('ada')).map(({ ref, code }) => [code, ref.name])).toEqual([
    ['dead-webhook', 'dead'],
    ['orphan', 'orphaned'],
  ])
  const planned = await plan('ada', hooks)
  expect(planned.ok && planned.draft.items.map((each) => `${each.op} ${each.ref.name}`)).toEqual([
    'delete dead',
    'delete orphaned',
  ])
  const used = refs(['prod'], { group: 'sailoperator.io', kind: 'Istio' })
  expect(await plan('ada', used)).toMatchObject({ ok: false, reasons: [{ code: 'clusters.not_left_over' }] })
  expect(await plan('sam', hooks)).toMatchObject({ ok: false, reasons: [{ code: 'clusters.not_left_over' }] })
  expect(await plan('nobody', hooks)).toMatchObject({ ok: false, reasons: [{ code: 'clusters.not_found' }] })
})

test('once the record and everything of it is gone, marks and definitions are left; of a namespace only the marks go', async () => {
  hub.store.remove({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name: 'prod' })
  await vi.waitFor(() => expect(fleet.hub.mirror.get(meshes, { name: 'prod' })).toBeUndefined(), { timeout: 8_000 })
  expect((await left('ada')).map(({ ref, code }) => [code, ref.name])).toContainEqual(['orphan', 'prod'])
  east.store.remove({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'prod' })
  for (const { kind, name } of hooks) east.store.remove({ apiVersion: 'admissionregistration.k8s.io/v1', kind, name })
  await vi.waitFor(async () => expect((await left('ada')).map((each) => each.code)).toContain('custom-resource'), {
    timeout: 8_000,
  })
  const planned = await plan('ada', refs(['istio-system'], { group: '', kind: 'Namespace' }))
  const [item] = planned.ok ? planned.draft.items : []
  const after = item !== undefined && 'edit' in item ? item.edit(marked) : undefined
  expect(after).toMatchObject({ metadata: { name: 'istio-system', labels: { team: 'a' } } })
  expect(JSON.stringify(after)).not.toMatch(/topology|orbweaver/)
})

test('what an istiod wrote is found once no control plane needs it, by those who may list it', async () => {
  const map = (name: string, at: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: at } })
  const lease = (name: string, at: string) => ({
    ...map(name, at),
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
  })
  east.store.put(namespace('shop'))
  for (const object of [
    ...['shop', 'istio-system'].flatMap((at) => [map('istio-ca-root-cert', at), map('istio-ca-crl', at)]),
    map('istio-leader', 'istio-system'),
    map('mine', 'istio-system'),
    lease('istio-gateway-deployment-prod-v1-30-3', 'istio-system'),
    lease('mine', 'istio-system'),
    lease('istio-gateway-deployment-prod-v1-30-3', 'shop'),
  ])
    east.store.put(object)
  const of = async (user: string) => {
    const { found, unread } = await asked(user)
    const written = found.filter(({ code }) => code === 'root-certificate' || code === 'leader-election')
    return { unread, written: written.map(({ code, ref }) => `${code} ${ref.namespace}/${ref.name}`).toSorted() }
  }
  expect(await of('ada')).toEqual({
    // An admin may make Secrets, and read none: orbweaver-cleaner may.
    unread: [
      {
        code: 'clusters.leftovers_forbidden',
        params: { cluster: 'east', rights: secrets },
      },
    ],
    written: [
      'leader-election istio-system/istio-gateway-deployment-prod-v1-30-3',
      'leader-election istio-system/istio-leader',
      'root-certificate istio-system/istio-ca-crl',
      'root-certificate istio-system/istio-ca-root-cert',
      'root-certificate shop/istio-ca-crl',
      'root-certificate shop/istio-ca-root-cert',
    ],
  })
  const refused = await of('sam')
  expect(refused.written).toEqual([])
  const [maps, hidden] = refused.unread.map(({ params }) => params.rights)
  expect(maps).toMatch(/^configmaps istio-ca-root-cert, istio-ca-crl, istio-leader, .*; leases$/)
  expect(hidden).toBe(secrets)
})
