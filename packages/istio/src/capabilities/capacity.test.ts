import { expect, it } from 'vitest'
import { pod, service } from '../samples.ts'
import { node } from '../preflight/samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { capacity, countedKinds } from './capacity.ts'

const everything = new Set<string>(countedKinds)
const gi = 2 ** 30

it('counts Services, live Pods and what nodes that take Pods have', () => {
  const view = clusterView('east', [
    service('web', 'shop'),
    service('api', 'shop'),
    pod('a', 'shop'),
    pod('done', 'shop', { phase: 'Succeeded' }),
    node('one', {}),
    node('two', {}),
    node('cordoned', { unschedulable: true }),
  ])
  expect(capacity(view, everything)).toEqual({
    services: 2,
    pods: 1,
    nodes: {
      count: 2,
      cpu: 8,
      memory: 16 * gi,
      holds: ['S50P200', 'S200P1000', 'S500P2000', 'S2000P8000', 'S5000P20000'],
    },
  })
})

it('names the sizes whose istiod one node could hold', () => {
  const small = node('small', {}, { allocatable: { cpu: '500m', memory: '1Gi' } })
  const wide = node('wide', {}, { allocatable: { cpu: '8', memory: '700Mi' } })
  expect(capacity(clusterView('east', [small, wide]), everything).nodes).toMatchObject({
    count: 2,
    cpu: 8.5,
    holds: ['S50P200', 'S200P1000'],
  })
})

it('says nothing of what was not read, may not be told, or does not say it', () => {
  const view = clusterView('east', [service('web', 'shop'), node('one', {})], [kinds.pod])
  expect(capacity(view, new Set([kinds.service]))).toEqual({ services: 1 })
  expect(capacity(view, new Set([kinds.pod]))).toEqual({ pods: 0 })
  expect(capacity(clusterView('east', []), everything)).toEqual({})
  expect(capacity(clusterView('east', [node('one', {}, { allocatable: {} })]), everything)).toEqual({})
})
