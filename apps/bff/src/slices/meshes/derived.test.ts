import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Stage } from '@orbweaver/istio/blueprints/stage'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { KubeClient } from '@orbweaver/kube/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startMember, type TestCluster } from '../../testing/clusters.ts'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { derivedOf } from './derived.ts'

let east: TestCluster
let own: KubeClient

beforeEach(async () => {
  east = await startMember('east')
  own = createKubeClient({ cluster: 'east', connection: east.connection })
})
afterEach(async () => {
  await own.close()
  await east.close()
})

/** Kinds that the mirror has not whole, or not at all. */
const account: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'istio-reader', namespace: 'istio-system', labels: { app: 'reader' } },
}
const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'gateway', namespace: 'istio-system' },
  spec: {
    selector: { matchLabels: { app: 'gateway' } },
    template: {
      metadata: { labels: { app: 'gateway' } },
      spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
    },
  },
}
const stage: Stage = {
  id: 'east-west@east',
  name: 'east-west',
  cluster: 'east',
  after: [],
  objects: [account, deployment],
  removes: [],
  gate: () => ({ state: 'passed', code: '', params: {} }),
  deadlineSeconds: 60,
  timeout: 'east-west-timeout',
}

async function ops(state: ClusterTruth['state'], sees: (name: string) => boolean): Promise<string[]> {
  const hub = stillDoor('hub', { known: () => true, truth: { state: 'fresh' } })
  const door = { ...stillDoor('east', { known: () => true, truth: { state } }), own }
  const viewer = stillViewer('ada', ({ name }) => sees(name))
  const derived = await derivedOf({ fleet: stillFleet(hub, [door]), viewer }, [stage])
  return derived.map((each) => `${each.ref.kind} ${each.op}`)
}
const everything = () => true

test('what is there as it is wanted stays as it is, whether or not the mirror has it', async () => {
  for (const object of [account, deployment]) east.store.put(object)
  expect(await ops('fresh', everything)).toEqual(['ServiceAccount unchanged', 'Deployment unchanged'])
})

test('what is not there is created, what differs is changed', async () => {
  east.store.put({ ...account, metadata: { ...account.metadata, labels: { app: 'another' } } })
  expect(await ops('fresh', everything)).toEqual(['ServiceAccount update', 'Deployment create'])
})

test('nobody learns whether something is there that they may not know of', async () => {
  const before = await ops('fresh', () => false)
  for (const object of [account, deployment]) east.store.put(object)
  expect(before).toEqual(['ServiceAccount apply', 'Deployment apply'])
  expect(await ops('fresh', () => false)).toEqual(before)
})

test('a cluster that is away, or does not say, cannot tell: it is created or changed', async () => {
  const both = ['ServiceAccount apply', 'Deployment apply']
  expect(await ops('unreachable', everything)).toEqual(both)
  east.faults.set({ errorRate: 1 })
  expect(await ops('fresh', everything)).toEqual(both)
})
