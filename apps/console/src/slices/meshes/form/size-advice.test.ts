import { expect, it } from 'vitest'
import { sizeAdvice } from './size-advice.ts'

const nodes = { count: 1, cpu: 4, memory: 2 ** 33, holds: ['S50P200'] }
const cluster = (name: string, capacity: object) => ({ name, versions: [], istio: [], capacity })

it('counts over the clusters of a mesh, and names the size that is meant for so many', () => {
  const [east, west] = [
    cluster('east', { services: 40, pods: 100, nodes }),
    cluster('west', { services: 20, pods: 10, nodes: { ...nodes, count: 9 } }),
  ]
  expect(sizeAdvice([east])).toMatchObject({ fits: { size: 'S50P200' }, services: 40, pods: 100 })
  expect(sizeAdvice([east, west])).toEqual({
    cluster: 'east',
    clusters: ['east', 'west'],
    services: 60,
    pods: 110,
    nodes,
    fits: { size: 'S200P1000' },
  })
})

it('recommends nothing by numbers that are not known', () => {
  const [east, west] = [cluster('east', { services: 40, pods: 100 }), cluster('west', { pods: 10 })]
  expect(sizeAdvice([east, west])).toMatchObject({ services: undefined, pods: 110, nodes: undefined, fits: 'unknown' })
  expect(sizeAdvice([{ name: 'old', versions: [], istio: [] }])).toMatchObject({ fits: 'unknown' })
  expect(sizeAdvice([])).toBeUndefined()
})

it('says of more than any size is meant for that it is', () => {
  expect(sizeAdvice([cluster('east', { services: 6000, pods: 1 })])).toMatchObject({ fits: 'none' })
})
