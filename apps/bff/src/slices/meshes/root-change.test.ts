import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { makeIntermediate, makeRoot, type Root } from '@orbweaver/istio/certificates/make'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import * as kinds from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import {
  bind,
  namespace,
  pod,
  register,
  role,
  startHub,
  startMember,
  type TestCluster,
} from '../../testing/clusters.ts'
import { istiod, meshObject, revision } from '../../testing/dedicated-objects.ts'
import { certificatesOf } from './certificates.ts'

const now = new Date()
const minute = (from: number) => new Date(now.getTime() + from * 60_000).toISOString()
/** Files are written now, istiod has begun since. */
const [before, taken, since] = [minute(-90), minute(10), minute(20)]
const wish = { cluster: 'primary', namespace: 'istio-system', days: 300, now }
const base64 = (text: string) => Buffer.from(text).toString('base64')

let own: Root
let wanted: Root
let first: PluggedCa
let next: PluggedCa
let both: string
let hub: TestCluster
let primary: TestCluster
let fleet: RunningFleet

const read = readMesh(meshObject)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeAll(async () => {
  own = await makeRoot({ organization: 'Own', years: 2, now })
  wanted = await makeRoot({ organization: 'Wanted', years: 2, now })
  first = await makeIntermediate(own, wish)
  next = await makeIntermediate(wanted, wish)
  both = `${own.certificate}${wanted.certificate}`
})

beforeEach(async () => {
  hub = await startHub()
  primary = await startMember('primary')
  const rule = (group: string, resource: string, verbs: string[]) => ({
    apiGroups: [group],
    resources: [resource],
    verbs,
  })
  role(hub, 'meshes', [rule('orbweaver.dev', 'meshes', ['get', 'list'])])
  const looking = [
    rule('', 'pods', ['get', 'list']),
    rule('', 'namespaces', ['get', 'list']),
    rule('apps', 'deployments', ['get', 'list']),
    rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', ['get', 'list']),
  ]
  role(primary, 'looks', looking)
  role(primary, 'builds', [...looking, rule('', 'secrets', ['create']), rule('apps', 'deployments', ['get', 'patch'])])
  for (const user of ['ada', 'vic', 'ines', 'nils']) bind(hub, { user, role: 'meshes' })
  bind(primary, { user: 'ada', role: 'builds' })
  bind(primary, { user: 'vic', role: 'looks' })
  bind(primary, { user: 'ines', role: 'looks', inNamespace: 'istio-system' })
  for (const name of ['istio-system', 'shop']) primary.store.put(namespace(name))
  primary.store.put(istiod)
  primary.store.put(
    started('istiod-1', 'istio-system', { startTime: taken, labels: { app: 'istiod', 'istio.io/rev': revision } }),
  )
  register(hub, primary)
  hub.store.put(meshObject)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
})
afterEach(async () => {
  fleet.close()
  await primary.close()
  await hub.close()
})

type Started = { startTime: string; labels: Record<string, string> }

function started(name: string, inNamespace: string, { startTime, labels }: Started) {
  const bare = pod(name, inNamespace)
  const conditions = [{ type: 'Ready', status: 'True' }]
  return { ...bare, metadata: { ...bare.metadata, labels }, status: { startTime, phase: 'Running', conditions } }
}

/** As long as a machine with much else to do may take. */
const eventually = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000 })

const proxied = { 'security.istio.io/tlsMode': 'istio' }

function secretNamed(name: string, files: Record<string, string>): KubernetesObject {
  const data = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, base64(text)]))
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'istio-system' }, data }
}

/** Everything as it is once istiod has taken these files; one Pod began before, or since. */
async function stands(ca: PluggedCa, roots: string, podBegan: string): Promise<void> {
  primary.store.put(
    secretNamed('cacerts', {
      'ca-cert.pem': ca.caCert,
      'ca-key.pem': ca.caKey,
      'cert-chain.pem': ca.certChain,
      'root-cert.pem': roots,
    }),
  )
  handsOut(roots)
  primary.store.put(started('web', 'shop', { startTime: podBegan, labels: proxied }))
  await eventually(() => {
    const mirror = fleet.get('primary')?.mirror
    expect(mirror?.truth().state).toBe('fresh')
    expect(mirror?.list(kinds.secrets, 'istio-system').length).toBe(1)
    expect(mirror?.list(kinds.pods).length).toBe(2)
    expect(mirror?.list(kinds.mutatingWebhookConfigurations).length).toBe(1)
  })
}

function handsOut(roots: string): void {
  const hooks = [{ name: 'rev.namespace.sidecar-injector.istio.io', clientConfig: { caBundle: base64(roots) } }]
  primary.store.put({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: `istio-sidecar-injector-${revision}`, labels: { 'istio.io/rev': revision } },
    webhooks: hooks,
  })
  for (const each of ['istio-system', 'shop']) {
    const metadata = { name: 'istio-ca-root-cert', namespace: each }
    primary.store.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'root-cert.pem': roots } })
  }
}

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(base64(text).slice(-64)) }
const viewer = (user: string) => openViewer(fleet, { user, groups: [] })
const told = async (user: string) => (await certificatesOf({ fleet, viewer: viewer(user) }, mesh, now)).change

async function plan(intent: Intent, user = 'ada') {
  const outcome = await workOut({ fleet, keys, planners }, viewer(user), intent)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reasons))
  const { plan: worked, items } = outcome.worked
  return {
    text: JSON.stringify(worked),
    items: items.map(({ op, how, by, ref, touched }) => [op, how, by, ref.kind, touched.map((each) => each.pointer)]),
    values: items.flatMap(({ secret }) => Object.keys(secret ?? {})),
    blocked: worked.blocked.map(({ code }) => code),
    notes: worked.impact.notes.map(({ code }) => code),
  }
}

const trust = (roots: string, signer?: 'self-signed'): Intent => ({
  type: 'meshes.trust-roots',
  name: 'shop',
  roots,
  ...(signer !== undefined && { signer }),
})
const sign = (ca: PluggedCa, rootCert: string): Intent => ({
  type: 'meshes.plug-ca',
  name: 'shop',
  ca: { ...ca, rootCert },
})
const restartPath = '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt'

describe('another root is added', () => {
  test('to files that are there: nothing but the roots is written, and nobody needs a key', async () => {
    await stands(first, own.certificate, before)
    expect(await plan(trust(both))).toMatchObject({
      items: [
        ['update', 'merge', 'console', 'Secret', ['/data/root-cert.pem']],
        ['restart', 'replace', 'person', 'Deployment', [restartPath]],
      ],
      values: ['root-cert.pem'],
      blocked: [],
      notes: ['certificates.istiod_restarts'],
    })
  })

  test('to what istiod made itself: it signs on, from cacerts, and its key is told nowhere', async () => {
    primary.store.put(secretNamed('istio-ca-secret', { 'ca-cert.pem': own.certificate, 'ca-key.pem': own.key }))
    handsOut(own.certificate)
    primary.store.put(started('web', 'shop', { startTime: before, labels: proxied }))
    await eventually(async () => expect((await told('ada'))?.phase).toBe('one-root'))
    const made = await plan(trust(both))
    expect(made).toMatchObject({ items: [{ 0: 'create', 2: 'console' }, { 0: 'restart' }], blocked: [] })
    expect(made.values).toEqual(['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem'])
    expect(made.text).not.toContain('PRIVATE KEY')
    expect(made.text).not.toContain(base64(own.key))
  })

  test('not without the present one, and not if it is none', async () => {
    await stands(first, own.certificate, before)
    expect((await plan(trust(wanted.certificate))).blocked).toEqual(['certificates.drops_root'])
    expect((await plan(trust('none'))).blocked).toEqual(['certificates.unreadable'])
  })
})

describe('the next phase', () => {
  test('waits for Pods that began before istiod took the roots, and names their workloads', async () => {
    await stands(first, both, before)
    expect(await told('vic')).toMatchObject({
      phase: 'added',
      clusters: [
        {
          cluster: 'primary',
          handedOut: 'all',
          namespaces: { behind: 0, total: 2 },
          pods: { behind: 1, total: 1 },
        },
      ],
      workloads: [{ ref: { kind: 'Pod', name: 'web' }, pods: 1, restartable: false }],
      holds: [{ code: 'certificates.hold_pods' }],
      doubts: [],
    })
    expect((await plan(sign(next, both))).blocked).toEqual(['certificates.hold_pods'])
    const taken = await plan(trust(own.certificate))
    expect([taken.blocked, taken.notes]).toEqual([[], ['certificates.istiod_restarts', 'certificates.drops_unused']])
    primary.store.put(started('web', 'shop', { startTime: since, labels: proxied }))
    await eventually(async () => expect((await told('vic'))?.holds).toEqual([]))
    expect((await plan(sign(next, both))).blocked).toEqual([])
  })

  test('takes the old root away once nothing that it signed is in use; until then the old one may sign again', async () => {
    await stands(next, both, before)
    expect((await told('vic'))?.phase).toBe('switched')
    expect((await plan(trust(wanted.certificate))).blocked).toEqual(['certificates.hold_pods'])
    primary.store.put(started('web', 'shop', { startTime: since, labels: proxied }))
    await eventually(async () => expect((await told('vic'))?.holds).toEqual([]))
    expect((await plan(trust(wanted.certificate))).blocked).toEqual([])
    expect((await plan(sign(first, both))).blocked).toEqual([])
  })

  test('signs again with what istiod made itself only where that is still there', async () => {
    await stands(next, both, since)
    const back = trust(both, 'self-signed')
    await expect(plan(back)).rejects.toThrow('certificates.no_self_signed')
    primary.store.put(secretNamed('istio-ca-secret', { 'ca-cert.pem': own.certificate, 'ca-key.pem': own.key }))
    expect(await plan(back)).toMatchObject({
      items: [['update', 'replace', 'console', 'Secret', expect.anything()]],
      blocked: [],
    })
  })
})

describe('who may not', () => {
  test('create Secrets plans none of it; who may not list the Pods of istiod is told of no change', async () => {
    await stands(first, both, before)
    await expect(plan(trust(both), 'vic')).rejects.toThrow('plan.forbidden')
    expect(await told('nils')).toBeUndefined()
  })

  test('see all Pods is told that there may be more, and counts nothing of them', async () => {
    await stands(first, both, before)
    const change = await told('ines')
    expect(change?.clusters).toEqual([
      { cluster: 'primary', handedOut: 'unknown', namespaces: { behind: 0, total: 1 }, pods: { behind: 0, total: 0 } },
    ])
    expect(change?.doubts.map(({ code }) => code)).toEqual(['certificates.doubt_unread', 'certificates.doubt_hidden'])
    expect(change?.workloads).toEqual([])
  })
})
