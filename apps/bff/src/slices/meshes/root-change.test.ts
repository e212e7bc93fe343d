import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { Intent } from '@orbweaver/contracts/intent'
import { makeIntermediate, makeRoot, type Root } from '@orbweaver/istio/certificates/make'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import * as kinds from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { istiod, meshObject, revision } from '../../testing/dedicated-objects.ts'
import { handed, injected, secretNamed, started } from '../../testing/root-objects.ts'
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
  writer = 'orbweaver'
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

/** As long as a machine with much else to do may take. */
const eventually = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 10_000 })

/** Who wrote the Secret: this console. */
let writer = 'orbweaver'

/** Everything as it is once istiod has taken these files; one Pod began before, or since. */
async function stands(ca: PluggedCa, roots: string, podBegan: string): Promise<void> {
  primary.store.put(
    secretNamed('cacerts', {
      'ca-cert.pem': ca.caCert,
      'ca-key.pem': ca.caKey,
      'cert-chain.pem': ca.certChain,
      'root-cert.pem': roots,
    }),
    writer,
  )
  handsOut(roots)
  primary.store.put(started('web', 'shop', { startTime: podBegan, annotations: injected }))
  await eventually(() => {
    const mirror = fleet.get('primary')?.mirror
    expect(mirror?.truth().state).toBe('fresh')
    expect(mirror?.list(kinds.secrets, 'istio-system').length).toBe(1)
    expect(mirror?.list(kinds.pods).length).toBe(2)
    expect(mirror?.list(kinds.mutatingWebhookConfigurations).length).toBe(1)
  })
}

function handsOut(roots: string): void {
  for (const each of handed(roots, ['istio-system', 'shop'])) primary.store.put(each)
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
    primary.store.put(started('web', 'shop', { startTime: before, annotations: injected }))
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
    primary.store.put(started('web', 'shop', { startTime: since, annotations: injected }))
    await eventually(async () => expect((await told('vic'))?.holds).toEqual([]))
    expect((await plan(sign(next, both))).blocked).toEqual([])
  })

  test('takes the old root away once nothing that it signed is in use; until then the old one may sign again', async () => {
    await stands(next, both, before)
    expect((await told('vic'))?.phase).toBe('switched')
    expect((await plan(trust(wanted.certificate))).blocked).toEqual(['certificates.hold_pods'])
    primary.store.put(started('web', 'shop', { startTime: since, annotations: injected }))
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

describe('how long the next phase waits', () => {
  const hour = 3_600_000
  const until = async () => Date.parse((await told('vic'))?.renewedBy ?? '') - Date.parse(taken)
  const web = (env: Record<string, string>) =>
    primary.store.put(started('web', 'shop', { startTime: before, annotations: injected, env }))

  test('follows what proxies ask for, and what istiod gives those that ask for nothing', async () => {
    await stands(first, both, before)
    expect(await until()).toBe(24 * hour)
    web({ SECRET_TTL: '72h', OTHER: 'hush' })
    await eventually(async () => expect(await until()).toBe(72 * hour))
    const kept = fleet.get('primary')?.mirror.get(kinds.pods, { namespace: 'shop', name: 'web' })
    expect(JSON.stringify(kept)).not.toContain('hush')
    web({ SECRET_TTL: '0' })
    const labels = { app: 'istiod', 'istio.io/rev': revision }
    const env = { DEFAULT_WORKLOAD_CERT_TTL: '48h' }
    primary.store.put(started('istiod-1', 'istio-system', { startTime: taken, labels, env }))
    await eventually(async () => expect(await until()).toBe(48 * hour))
    expect((await plan(sign(next, both))).blocked).toEqual(['certificates.hold_pods'])
  })

  test('counts gateways as well', async () => {
    await stands(first, both, since)
    const annotations = { ...injected, 'inject.istio.io/templates': 'gateway' }
    primary.store.put(started('gateway', 'shop', { startTime: before, annotations }))
    await eventually(async () => expect((await told('vic'))?.clusters[0]?.pods).toEqual({ behind: 1, total: 2 }))
    expect((await plan(sign(next, both))).blocked).toEqual(['certificates.hold_pods'])
  })
})

describe('roots that somebody else wrote', () => {
  test('in another order are told apart by which was made last', async () => {
    const younger = await makeRoot({ organization: 'Younger', years: 2, now: new Date(now.getTime() + 1_000) })
    writer = 'kubectl'
    const swapped = `${younger.certificate}${own.certificate}`
    await stands(first, swapped, since)
    const change = await told('vic')
    expect(change).toMatchObject({ phase: 'added', doubts: [{ code: 'certificates.doubt_age' }] })
    expect(change).not.toHaveProperty('guessed')
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
