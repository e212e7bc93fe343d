import { describe, expect, it } from 'vitest'
import { type FleetSummary, learningPath, stepArrows, stepIds } from './learning-path.ts'

const empty: FleetSummary = {
  managed: 0,
  dedicated: 0,
  external: 0,
  members: 0,
  injectingByDefault: 0,
  injectedNamespaces: 0,
  injectedWorkloads: 0,
  gateways: 0,
  trafficRules: 0,
  securityRules: 0,
  measured: 0,
}
const inState = (state: string, fleet: Partial<FleetSummary> = {}) =>
  learningPath({ ...empty, ...fleet })
    .filter((each) => each.state === state)
    .map((each) => each.id)

describe('learningPath', () => {
  it('begins with a mesh of any kind', () => {
    expect(inState('next')).toEqual(['create-managed', 'create-dedicated', 'create-external'])
    expect(inState('done')).toEqual([])
  })
  it('says what does not exist yet', () => {
    expect(inState('not-built')).toEqual(['services', 'upgrade'])
  })
  it('asks a managed mesh for a member before injection', () => {
    expect(inState('next', { managed: 1 })).toEqual(['join-cluster'])
    expect(inState('next', { managed: 1, members: 1 })).toEqual(['inject-namespace'])
    expect(inState('next', { managed: 1, dedicated: 1 })).toEqual(['join-cluster', 'inject-namespace'])
  })
  it('goes on to rules once anything is injected', () => {
    expect(inState('next', { dedicated: 1, injectedNamespaces: 2 })).toEqual([
      'gateways',
      'traffic',
      'monitoring',
      'security',
    ])
    expect(inState('next', { dedicated: 1, injectingByDefault: 1, trafficRules: 1, measured: 1 })).toEqual([
      'gateways',
      'security',
    ])
  })
  it('counts what is done', () => {
    expect(learningPath({ ...empty, external: 2 }).find((each) => each.id === 'create-external')).toEqual({
      id: 'create-external',
      state: 'done',
      count: 2,
    })
  })
})

it('draws every step, and no arrow backwards', () => {
  expect(new Set(stepArrows.flat())).toEqual(new Set(stepIds))
  expect(stepArrows.every(([from, to]) => stepIds.indexOf(from) < stepIds.indexOf(to))).toBe(true)
})
