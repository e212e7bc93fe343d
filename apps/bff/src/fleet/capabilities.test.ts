import { recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signIn } from '../testing/call.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'

const until = { timeout: 15_000, interval: 50 }

let hub: TestCluster
let east: TestCluster
let server: TestServer

const node: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1', labels: { 'topology.kubernetes.io/region': 'eu' } },
  spec: { podCIDRs: ['10.244.0.0/24'] },
  status: { nodeInfo: { kubeletVersion: 'v1.33.1' } },
}
function balanced(name: string, inNamespace: string): KubernetesObject {
  const metadata = { name, namespace: inNamespace }
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } }
}
const prometheus: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'prometheus', namespace: 'theirs' },
  spec: { ports: [{ port: 9_090 }] },
}

beforeEach(async () => {
  hub = await startHub()
  east = await startMember('east')
  role(hub, 'fleet', [{ apiGroups: ['orbweaver.dev'], resources: ['fleetclusters'], verbs: ['get', 'list'] }])
  role(east, 'all', [
    { apiGroups: [''], resources: ['nodes', 'services'], verbs: ['list'] },
    { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['list'] },
  ])
  role(east, 'services', [{ apiGroups: [''], resources: ['services'], verbs: ['list'] }])
  for (const name of ['mine', 'theirs']) east.store.put(namespace(name))
  for (const each of [node, balanced('a', 'mine'), balanced('b', 'theirs'), prometheus]) east.store.put(each)
  for (const user of ['ada', 'vi']) bind(hub, { user, role: 'fleet' })
  bind(east, { user: 'ada', role: 'all' })
  register(hub, east)
  server = await startTestServer({ hub: hub.connection })
})
afterEach(async () => {
  await server.stop(atOnce)
  await Promise.all([hub.close(), east.close()])
})

async function seen(persona: string): Promise<unknown> {
  const { read } = await signIn(server.address, { mode: 'local', persona })
  return recordAt((await read('/api/v1/clusters/east')).body, 'capabilities')
}

test('what a cluster has is told as far as the viewer may list it', async () => {
  await expect
    .poll(() => seen('admin'), until)
    .toMatchObject({
      hidden: [],
      kubelets: { oldest: 'v1.33.1', newest: 'v1.33.1' },
      localities: [{ region: 'eu', nodes: 1 }],
      podRanges: { first: ['10.244.0.0/24'], total: 1 },
      loadBalancers: { assigned: 0, total: 2 },
      prometheus: { candidates: [{ namespace: 'theirs', name: 'prometheus', port: 9_090 }] },
    })
  expect(await seen('viewer')).toEqual({ hidden: ['nodes', 'services', 'definitions'] })
})

test('who sees the Services of one namespace is told of those, and of nothing else', async () => {
  bind(east, { user: 'vi', role: 'services', inNamespace: 'mine' })
  await expect
    .poll(() => seen('viewer'), until)
    .toEqual({
      hidden: ['nodes', 'services', 'definitions'],
      loadBalancers: { assigned: 0, total: 1 },
      prometheus: { candidates: [] },
    })
})
