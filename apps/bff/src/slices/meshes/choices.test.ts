import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { choicesOf } from './choices.ts'

const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'FleetCluster',
  metadata: { name: 'east' },
  spec: {},
  status: { kubernetesVersion: 'v1.31.2', operator: { versions: ['v1.30.3', 'v1.29.2'] } },
}
const core = (kind: string, name: string, more: Partial<KubernetesObject> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  ...more,
})
const objects = [
  core('Service', 'web'),
  core('Pod', 'web-1', { status: { phase: 'Running' } }),
  core('Pod', 'web-0', { status: { phase: 'Failed' } }),
  core('Node', 'one', { status: { allocatable: { cpu: '2', memory: '1Gi' } } }),
]
const read = { known: () => true, truth: { state: 'fresh' } } as const
const east = stillDoor('east', { ...read, objects })
const fleet = stillFleet(stillDoor('hub', { ...read, objects: [record] }), [east])

const toldTo = async (lists: (kind: string) => boolean, kind: 'Dedicated' | 'External' = 'Dedicated') => {
  const viewer = {
    ...stillViewer('ada', () => true),
    list: () => Promise.resolve([record]),
    lists: (_cluster: string, resource: { kind: string }) => Promise.resolve(lists(resource.kind)),
  }
  const [choice] = await choicesOf({ fleet, viewer }, kind)
  return choice
}

test('a cluster is told with its Kubernetes, and with what it holds and has', async () => {
  expect(await toldTo(() => true)).toMatchObject({
    name: 'east',
    kubernetesVersion: 'v1.31.2',
    versions: ['v1.30.3', 'v1.29.2'],
    capacity: {
      services: 1,
      pods: 1,
      nodes: { count: 1, cpu: 2, memory: 2 ** 30, holds: ['S50P200', 'S200P1000', 'S500P2000'] },
    },
  })
})

test('who may not list nodes is told the rest, who may list nothing is told nothing of it', async () => {
  expect((await toldTo((kind) => kind !== 'Node'))?.capacity).toEqual({ services: 1, pods: 1 })
  expect((await toldTo(() => false))?.capacity).toEqual({})
})

test('where nothing is installed nothing is counted', async () => {
  expect(await toldTo(() => true, 'External')).not.toHaveProperty('capacity')
})
