import { describe, expect, it } from 'vitest'
import { clusterState, dataAge, removalHeld } from './cluster-state.ts'

const truth = (state: 'fresh' | 'stale' | 'unreachable' | 'unauthorized' | 'forbidden' | 'syncing') => ({
  cluster: 'east',
  state,
  asOf: '2026-05-01T10:00:00Z',
  since: '2026-05-01T09:00:00Z',
  reason: 'kube.timeout',
})

describe('clusterState', () => {
  it('is healthy only while it is read', () => {
    expect(clusterState({ deleting: false }, truth('fresh'))).toEqual({ health: 'healthy', word: 'ready' })
    expect(clusterState({ deleting: false }, truth('unreachable'))).toEqual({
      health: 'broken',
      word: 'unreachable',
      reason: 'kube.timeout',
      since: '2026-05-01T09:00:00Z',
    })
    expect(clusterState({ deleting: false }, truth('forbidden')).health).toBe('attention')
    expect(clusterState({ deleting: false }, truth('syncing')).health).toBe('working')
  })

  it('does not guess where nothing was told', () => {
    expect(clusterState({ deleting: false }, undefined).health).toBe('unknown')
  })

  it('says that it goes before how it is', () => {
    expect(clusterState({ deleting: true }, truth('unreachable')).word).toBe('removing')
  })
})

describe('dataAge', () => {
  const at = Date.parse('2026-05-01T10:00:00Z')
  it('is told when data is old or the cluster silent', () => {
    expect(dataAge(truth('fresh'), at + 10_000)).toBeUndefined()
    expect(dataAge(truth('fresh'), at + 31_000)).toBe('2026-05-01T10:00:00Z')
    expect(dataAge(truth('unreachable'), at + 1_000)).toBe('2026-05-01T10:00:00Z')
    expect(dataAge(undefined, at)).toBeUndefined()
  })
})

it('keeps a cluster while a mesh has it', () => {
  const cluster = {
    name: 'east',
    spec: {},
    istio: [],
    conditions: [],
    role: 'member' as const,
    deleting: false,
  }
  expect(removalHeld({ ...cluster, mesh: 'shop' })).toBe('inMesh')
  expect(removalHeld({ ...cluster, deleting: true })).toBe('beingRemoved')
  expect(removalHeld(cluster)).toBeUndefined()
})
