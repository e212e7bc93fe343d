import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { expect, it } from 'vitest'
import { concerns } from './attention.ts'

const mesh = (name: string, phase: MeshSummary['phase'], pendingRestart = 0): MeshSummary => ({
  name,
  kind: 'Dedicated',
  controlPlaneCluster: 'east',
  phase,
  clusters: { healthy: 1, total: 1 },
  pods: { injected: 1, total: 2, pendingRestart },
})

it('tells what somebody should look at, worst first', () => {
  const found = concerns(
    [mesh('calm', 'ready'), mesh('odd', 'degraded', 3), mesh('dead', 'failed'), mesh('young', 'progressing')],
    [
      { cluster: 'east', state: 'fresh' },
      { cluster: 'west', state: 'unreachable', reason: 'kube.timeout' },
    ],
  )
  expect(found.map((each) => `${each.about} ${each.name}`)).toEqual([
    'mesh dead',
    'mesh odd',
    'cluster west',
    'restart odd',
  ])
  expect(found.map((each) => each.to)).toEqual([
    '/meshes/dead',
    '/meshes/odd',
    '/clusters/west',
    '/meshes/odd/sidecars?tab=workloads',
  ])
})

it('is empty when all is well', () => {
  expect(concerns([mesh('calm', 'ready')], [{ cluster: 'east', state: 'fresh' }])).toEqual([])
})
