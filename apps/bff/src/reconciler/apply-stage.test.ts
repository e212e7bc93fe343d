import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { passed, type Stage, stage } from '@orbweaver/istio/blueprints/stage'
import { deployments, namespaces, services } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ClusterDoor } from '../kube/doors.ts'
import { openFleet, type RunningFleet } from '../kube/fleet.ts'
import { register, startHub, startMember, type TestCluster } from '../testing/clusters.ts'
import { applyStage } from './apply-stage.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet
let door: ClusterDoor

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  door = await vi.waitFor(
    () => {
      const found = fleet.get('east')
      if (found?.mirror.truth().state !== 'fresh') throw new Error('not read yet')
      return found
    },
    { timeout: 10_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await east.close()
  await hub.close()
})

const own = { 'orbweaver.dev/mesh': 'shop' }
const home = (labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'mesh', labels: { ...own, ...labels } },
})
const asking = (parts: Partial<Stage>) =>
  stage({ name: 'namespace', cluster: 'east', gate: () => passed('x'), deadlineSeconds: 1, timeout: 'x', ...parts })
const apply = (parts: Partial<Stage>) => applyStage({ door, stage: asking(parts), mayWrite: () => true })
const labels = () => {
  const found = door.mirror.get(namespaces, { name: 'mesh' })
  return found === undefined ? {} : labelsOf(found)
}

test('what a blueprint asks for no more is taken away, and what others put beside it stays', async () => {
  expect(await apply({ objects: [home({ 'topology.istio.io/network': 'n1' })] })).toEqual({
    state: 'applied',
    writes: 1,
  })
  await vi.waitFor(() => expect(labels()).toMatchObject({ 'topology.istio.io/network': 'n1' }))
  expect(await apply({ objects: [home({ 'topology.istio.io/network': 'n1' })] })).toEqual({
    state: 'applied',
    writes: 0,
  })
  const theirs = { metadata: { labels: { 'their/own': 'x' } } }
  await door.own.patch(namespaces, { name: 'mesh' }, { type: 'merge', body: theirs, fieldManager: 'kubectl' })
  await vi.waitFor(() => expect(labels()).toMatchObject({ 'their/own': 'x' }))
  expect(await apply({ objects: [home({})] })).toEqual({ state: 'applied', writes: 1 })
  await vi.waitFor(() => expect(labels()).not.toHaveProperty('topology.istio.io/network'))
  expect(labels()).toMatchObject({ ...own, 'their/own': 'x' })
  expect(await apply({ objects: [home({})] })).toEqual({ state: 'applied', writes: 0 })
})

test('a name alone does not make an object ours to remove', async () => {
  const service = (name: string, mine: boolean) =>
    east.store.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default', ...(mine && { labels: own }) },
      spec: { ports: [{ port: 80 }] },
    })
  service('ours', true)
  service('theirs', false)
  await vi.waitFor(() => expect(door.mirror.get(services, { namespace: 'default', name: 'theirs' })).toBeDefined())
  const ref = { cluster: 'east', group: '', version: 'v1', kind: 'Service', namespace: 'default' }
  const removes = ['ours', 'theirs'].map((name) => ({ ...ref, name }))
  expect(await apply({ removes })).toEqual({ state: 'applied', writes: 1 })
  await vi.waitFor(() => expect(door.mirror.get(services, { namespace: 'default', name: 'ours' })).toBeUndefined())
  expect(door.mirror.get(services, { namespace: 'default', name: 'theirs' })).toBeDefined()
})

test('what others put where the blueprint alone decides is taken away, and their other fields stay', async () => {
  const metadata = { name: 'gateway', namespace: 'default', labels: own }
  const labels = { app: 'gateway' }
  const gateway = (resources: object): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'istio-proxy', image: 'auto', ...resources }] } },
    },
  })
  const asked = gateway({ resources: { requests: { cpu: '100m' } } })
  expect(await apply({ objects: [asked] })).toEqual({ state: 'applied', writes: 1 })
  const theirs = [{ name: 'istio-proxy', imagePullPolicy: 'Always', resources: { limits: { memory: '1Gi' } } }]
  const body = { spec: { template: { spec: { containers: theirs } } } }
  await door.own.patch(deployments, metadata, { type: 'strategic', body, fieldManager: 'kubectl' })
  expect(await apply({ objects: [asked] })).toEqual({ state: 'applied', writes: 1 })
  const object = await door.own.get(deployments, metadata)
  expect(listAt(object, 'spec', 'template', 'spec', 'containers')).toMatchObject([
    { imagePullPolicy: 'Always', resources: { requests: { cpu: '100m' } } },
  ])
  expect(textAt(listAt(object, 'spec', 'template', 'spec', 'containers')[0], 'resources', 'limits', 'memory')).toBe(
    undefined,
  )
  expect(await apply({ objects: [asked] })).toEqual({ state: 'applied', writes: 0 })
})
