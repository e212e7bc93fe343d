import { describe, expect, it } from 'vitest'
import { clusterState, dataAge, endsAttention, removalHeld } from './cluster-state.ts'

const truth = (state: 'fresh' | 'stale' | 'unreachable' | 'unauthorized' | 'forbidden' | 'syncing') => ({
  cluster: 'east',
  state,
  asOf: '2026-05-01T10:00:00Z',
  since: '2026-05-01T09:00:00Z',
  reason: 'kube.timeout',
})

const token = { of: 'token' as const }
const over = { ...token, at: '2026-04-01T00:00:00.000Z', state: 'over' as const }
const soon = { ...token, at: '2026-05-09T00:00:00.000Z', state: 'soon' as const }

describe('clusterState', () => {
  it('is healthy only while it is read', () => {
    expect(clusterState({ deleting: false, ends: [] }, truth('fresh'))).toEqual({ health: 'healthy', word: 'ready' })
    expect(clusterState({ deleting: false, ends: [] }, truth('unreachable'))).toEqual({
      health: 'broken',
      word: 'unreachable',
      reason: 'kube.timeout',
      since: '2026-05-01T09:00:00Z',
    })
    expect(clusterState({ deleting: false, ends: [] }, truth('forbidden')).health).toBe('attention')
    expect(clusterState({ deleting: false, ends: [] }, truth('syncing')).health).toBe('working')
  })

  it('does not guess where nothing was told', () => {
    expect(clusterState({ deleting: false, ends: [] }, undefined).health).toBe('unknown')
  })

  it('says that credentials are over whatever else is wrong, and since when', () => {
    for (const state of ['fresh', 'unauthorized', 'unreachable'] as const) {
      expect(clusterState({ deleting: false, ends: [soon, over] }, truth(state))).toEqual({
        health: 'broken',
        word: 'expired',
        reason: 'kube.timeout',
        since: over.at,
      })
    }
  })

  it('says that they end soon only where nothing else is wrong', () => {
    const state = (of: 'fresh' | 'unreachable') => clusterState({ deleting: false, ends: [soon] }, truth(of))
    expect(state('fresh')).toEqual({ health: 'attention', word: 'expiring' })
    expect(state('unreachable').word).toBe('unreachable')
  })

  it('says that it goes before how it is', () => {
    expect(clusterState({ deleting: true, ends: [over] }, truth('unreachable')).word).toBe('removing')
  })
})

describe('endsAttention', () => {
  it('is what ends first of the worst', () => {
    const later = { ...soon, at: '2026-05-19T00:00:00.000Z' }
    expect(endsAttention([later, soon])).toEqual({ state: 'soon', at: soon.at })
    expect(endsAttention([soon, over])).toEqual({ state: 'over', at: over.at })
    expect(
      endsAttention([
        { ...token, state: 'unsaid' },
        { ...later, state: 'later' },
      ]),
    ).toBeUndefined()
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
    ends: [],
    istio: [],
    conditions: [],
    role: 'member' as const,
    deleting: false,
  }
  expect(removalHeld({ ...cluster, mesh: 'shop' })).toBe('inMesh')
  expect(removalHeld({ ...cluster, deleting: true })).toBe('beingRemoved')
  expect(removalHeld(cluster)).toBeUndefined()
})
