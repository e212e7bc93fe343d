import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { TlsPair } from '@orbweaver/contracts/security-intents'
import { makeIntermediate, makeRoot } from '@orbweaver/istio/certificates/make'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openEngine } from '../../engine.ts'
import { type SignedInClient, signIn } from '../../testing/call.ts'
import {
  bind,
  definition,
  namespace,
  register,
  role,
  startHub,
  startMember,
  type TestCluster,
} from '../../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../../testing/server.ts'
import { gateway, gatewayPod } from '../../testing/tls-objects.ts'

const until = { timeout: 15_000, interval: 50 }
const now = new Date()
let hub: TestCluster
let east: TestCluster
let west: TestCluster
let server: TestServer
let ada: SignedInClient
let vic: SignedInClient
let pair: TlsPair
let next: TlsPair

/** It stands as its spec says: the reconciler looks at it and writes nothing. */
const mesh: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop', generation: 1 },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'west' }],
  },
  status: { phase: 'Ready', observedGeneration: 1, members: [] },
}

const rule = (group: string, resource: string, verbs: string[]) => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
})

beforeAll(async () => {
  const root = await makeRoot({ organization: 'Shop', years: 2, now })
  const made = async (days: number): Promise<TlsPair> => {
    const { caCert, caKey } = await makeIntermediate(root, { cluster: 'east', namespace: 'ingress', days, now })
    return { certificate: caCert, key: caKey }
  }
  pair = await made(100)
  next = await made(300)
  hub = await startHub()
  hub.store.put(namespace('orbweaver-system'))
  role(hub, 'meshes', [rule('orbweaver.dev', 'meshes', ['get', 'list'])])
  for (const user of ['ada', 'vi']) bind(hub, { user, role: 'meshes' })
  east = await startMember('east')
  west = await startMember('west')
  for (const member of [east, west]) {
    for (const name of ['ingress', 'shop']) member.store.put(namespace(name))
    member.store.put(definition('gateways', 'Gateway', ['networking.istio.io', 'v1']))
    role(member, 'secrets', [rule('', 'secrets', ['get', 'list', 'watch', 'create', 'update', 'delete'])])
    role(member, 'rules', [rule('networking.istio.io', 'gateways', ['get', 'list'])])
    bind(member, { user: 'ada', role: 'secrets' })
    bind(member, { user: 'ada', role: 'rules' })
    register(hub, member)
  }
  // Vi looks after the gateways of one cluster alone.
  bind(east, { user: 'vi', role: 'secrets', inNamespace: 'ingress' })
  hub.store.put(mesh)
  server = await startTestServer({
    hub: hub.connection,
    engine: (with_) => openEngine({ ...with_, holder: 'test', leaseSeconds: 3, readOnly: false }),
  })
  ada = await signIn(server.address, { mode: 'local', persona: 'admin' })
  vic = await signIn(server.address, { mode: 'local', persona: 'viewer' })
  await vi.waitFor(async () => {
    const { body } = await ada.read('/api/v1/meshes/shop/tls-secrets')
    expect(listAt(body, 'clusters').map((each) => textAt(each, 'state'))).toEqual(['fresh', 'fresh'])
  }, until)
})
afterAll(async () => {
  await server.stop(atOnce)
  for (const each of [east, west, hub]) await each.close()
})

const applied = (name: string, values: TlsPair, clusters = ['east', 'west']) => ({
  type: 'security.apply-secret',
  mesh: 'shop',
  namespace: 'ingress',
  name,
  clusters,
  pair: values,
})
const live = (member: TestCluster, name: string) =>
  member.store.get({ apiVersion: 'v1', kind: 'Secret', namespace: 'ingress', name })
const valueIn = (member: TestCluster, name: string) =>
  Buffer.from(textAt(live(member, name), 'data', 'tls.crt') ?? '', 'base64').toString('utf8')

async function plan(intent: object, by = ada) {
  const { body } = await by.write('/api/v1/plans', { body: { intent } })
  const items = listAt(body, 'items').map((each) => [textAt(each, 'ref', 'cluster'), textAt(each, 'op')])
  return {
    items,
    blocked: listAt(body, 'blocked'),
    fingerprint: textAt(body, 'fingerprint'),
    reasons: listAt(body, 'data', 'reasons').map((each) => textAt(each, 'code')),
  }
}
const codes = ({ blocked }: { blocked: unknown[] }) => blocked.map((each) => textAt(each, 'code'))

/** Carries a plan out, and waits for its end; the name of its change. */
async function carryOut(intent: object): Promise<string> {
  const { fingerprint, blocked } = await plan(intent)
  expect(blocked).toEqual([])
  const { body } = await ada.write('/api/v1/changes', { body: { intent, fingerprint } })
  const name = textAt(body, 'name') ?? expect.fail(JSON.stringify(body))
  await vi.waitFor(async () => {
    const told = await ada.read(`/api/v1/changes/${name}`)
    expect(textAt(told.body, 'phase')).toBe('succeeded')
  }, until)
  return name
}

test('one plan makes the same Secret in every cluster chosen, and its undo takes it from all of them', async () => {
  expect((await plan(applied('web', pair))).items).toEqual([
    ['east', 'create'],
    ['west', 'create'],
  ])
  const change = await carryOut(applied('web', pair))
  expect([valueIn(east, 'web'), valueIn(west, 'web')]).toEqual([pair.certificate, pair.certificate])
  await carryOut({ type: 'history.undo', change })
  expect([live(east, 'web'), live(west, 'web')]).toEqual([undefined, undefined])
})

test('it is made where it is missing and replaced where it is there, which is not undone', async () => {
  await carryOut(applied('mixed', pair, ['west']))
  const wanted = applied('mixed', next)
  expect((await plan(wanted)).items).toEqual([
    ['east', 'create'],
    ['west', 'update'],
  ])
  const change = await carryOut(wanted)
  expect([valueIn(east, 'mixed'), valueIn(west, 'mixed')]).toEqual([next.certificate, next.certificate])
  expect((await plan({ type: 'history.undo', change })).reasons).toEqual(['history.not_undoable'])
})

test('an undo is refused while a rule uses the Secret that was made, by cluster, and goes on once none does', async () => {
  const change = await carryOut(applied('gone', pair))
  const undo = { type: 'history.undo', change }
  east.store.put(gateway)
  east.store.put(gatewayPod)
  const params = { name: 'gone', namespace: 'ingress', cluster: 'east', by: 'Gateway shop/front' }
  await vi.waitFor(async () => expect((await plan(undo)).blocked).toEqual([{ code: 'security.in_use', params }]), until)
  const { fingerprint } = await plan(undo)
  const tried = await ada.write('/api/v1/changes', { body: { intent: undo, fingerprint } })
  expect(tried.status).toBeGreaterThanOrEqual(400)
  expect(live(east, 'gone')).toBeDefined()
  east.store.remove({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway', namespace: 'shop', name: 'front' })
  await vi.waitFor(async () => expect((await plan(undo)).blocked).toEqual([]), until)
  await carryOut(undo)
  expect([live(east, 'gone'), live(west, 'gone')]).toEqual([undefined, undefined])
})

test('who may write Secrets in one of the clusters alone plans nothing for both', async () => {
  expect(codes(await plan(applied('theirs', pair), vic))).toEqual(['plan.forbidden'])
  expect(codes(await plan(applied('theirs', pair, ['east']), vic))).toEqual([])
  expect([live(east, 'theirs'), live(west, 'theirs')]).toEqual([undefined, undefined])
})

test('a cluster that is away is named, and nothing is written to the other', async () => {
  west.faults.set({ refuse: true })
  await vi.waitFor(
    async () => expect(codes(await plan(applied('late', pair)))).toContain('plan.cluster_unreachable'),
    until,
  )
  expect(live(east, 'late')).toBeUndefined()
  west.faults.set({ refuse: false })
})
