import { listAt, textAt } from '@orbweaver/contracts/json'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openEngine } from '../../engine.ts'
import { type SignedInClient, signIn } from '../../testing/call.ts'
import { bind, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../../testing/server.ts'

const until = { timeout: 60_000, interval: 200 }
const names = Array.from({ length: 50 }, (_, index) => `cluster-${String(index + 1).padStart(2, '0')}`)
let hub: TestCluster
let members: TestCluster[]
let server: TestServer
let ada: SignedInClient

beforeAll(async () => {
  hub = await startHub()
  hub.store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orbweaver-system' } })
  members = await Promise.all(names.map(startMember))
  const verbs = ['get', 'list', 'create', 'update', 'delete']
  role(hub, 'fleet-admin', [{ apiGroups: ['orbweaver.dev'], resources: ['fleetclusters'], verbs }])
  bind(hub, { user: 'ada', role: 'fleet-admin' })
  server = await startTestServer({
    hub: hub.connection,
    engine: (with_) => openEngine({ ...with_, holder: 'test', leaseSeconds: 15, readOnly: false }),
  })
  ada = await signIn(server.address, { mode: 'local', persona: 'admin' })
}, 60_000)
afterAll(async () => {
  await server.stop(atOnce)
  await Promise.all([...members, hub].map((each) => each.close()))
})

test('fifty clusters are registered at once while the console runs, and all are read', {
  timeout: 120_000,
}, async () => {
  const kubeconfig = writeKubeconfig(members.map(({ name, connection }) => ({ name, connection })))
  const clusters = names.map((name) => ({ name, spec: {}, context: name }))
  const intent = { type: 'clusters.register', source: { kind: 'pasted', kubeconfig }, clusters }
  const planned = await ada.write('/api/v1/plans', { body: { intent } })
  expect(listAt(planned.body, 'blocked')).toEqual([])
  expect(listAt(planned.body, 'items')).toHaveLength(100)
  const fingerprint = textAt(planned.body, 'fingerprint')
  const change = await ada.write('/api/v1/changes', { body: { intent, fingerprint } })
  expect(change.status).toBeLessThan(300)
  await vi.waitFor(async () => {
    const { body } = await ada.read('/api/v1/clusters?size=100')
    const fresh = listAt(body, 'clusters').filter((each) => textAt(each, 'state') === 'fresh')
    expect(fresh.map((each) => textAt(each, 'cluster'))).toEqual(names)
  }, until)

  const credentials = hub.store
    .list({ apiVersion: 'v1', kind: 'Secret' })
    .filter(({ type }) => type === 'orbweaver.dev/kubeconfig')
  expect(credentials.map(({ metadata }) => metadata.name).toSorted()).toEqual(names.map((name) => `cluster-${name}`))
})
