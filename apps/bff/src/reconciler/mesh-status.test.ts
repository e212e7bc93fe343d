import { expect, it } from 'vitest'
import { conditionsOf, MeshStatus, stagesBefore, type StatusStage } from './mesh-status.ts'

const now = new Date('2026-11-23T10:00:00Z')
const before = '2026-11-23T09:00:00Z'
const stage = (name: string, state: StatusStage['state'], reason?: string): StatusStage => ({
  name,
  cluster: 'east',
  state,
  since: before,
  objects: [],
  ...(reason !== undefined && { reason }),
})
const ready = (status: 'True' | 'False', observedGeneration: number) => ({
  type: 'Ready',
  status,
  reason: status === 'True' ? 'Ready' : 'Failed',
  message: '',
  lastTransitionTime: before,
  observedGeneration,
})

it('tells kubectl whether the mesh is as its spec says, and what stands in the way', () => {
  const stages = [
    stage('namespace', 'done'),
    stage('entrance', 'failed', 'entrance-timeout'),
    stage('reader', 'pending'),
  ]
  expect(conditionsOf([ready('True', 1)], { phase: 'Failed', stages, generation: 2, now })).toEqual([
    {
      type: 'Ready',
      status: 'False',
      reason: 'Failed',
      message: 'entrance@east: entrance-timeout',
      lastTransitionTime: now.toISOString(),
      observedGeneration: 2,
    },
  ])
})

it('keeps the time while the status stays, and conditions of other types', () => {
  const other = { ...ready('True', 1), type: 'Audited' }
  const told = conditionsOf([ready('False', 1), other], { phase: 'Progressing', stages: [], generation: 2, now })
  expect(told.map((each) => [each.type, each.lastTransitionTime])).toEqual([
    ['Audited', before],
    ['Ready', before],
  ])
})

it('begins deadlines anew at a person’s new word, and only then', () => {
  const stages = [stage('namespace', 'done'), stage('entrance', 'failed'), stage('reader', 'running')]
  const status = MeshStatus.parse({ stages, conditions: [ready('False', 3)] })
  expect(stagesBefore(status, 3)).toEqual(stages)
  expect(stagesBefore(status, 4).map((each) => each.name)).toEqual(['namespace'])
  expect(stagesBefore(MeshStatus.parse({ stages }), 1).map((each) => each.name)).toEqual(['namespace'])
})
