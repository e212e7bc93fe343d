import { describe, expect, it } from 'vitest'
import { joinable, joinIntent, membersOf } from './joining.ts'

const choice = (name: string, versions = ['v1.30.3']) => ({ name, versions, istio: [] })
const taken = { code: 'meshes.cluster_taken', params: { mesh: 'other' } }

describe('joinable', () => {
  it('offers clusters outside the mesh, those that cannot join last with why', () => {
    const rows = joinable(
      [{ ...choice('a'), unavailable: taken }, choice('b', ['v1.29.0']), choice('c'), choice('d')],
      {
        version: 'v1.30.3',
        members: [{ cluster: 'd' }],
      },
    )
    expect(rows.map(({ choice: each, held }) => [each.name, held])).toEqual([
      ['c', undefined],
      ['b', 'version'],
      ['a', taken],
    ])
  })

  it('holds back a cluster whose Kubernetes the version does not run on', () => {
    const old = { ...choice('old'), kubernetesVersion: 'v1.28.4' }
    expect(joinable([old], { version: 'v1.30.3', members: [] })[0]?.held).toMatchObject({
      code: 'check.kubernetes.too-old',
      params: { cluster: 'old', minimum: '1.32' },
    })
  })

  it('is empty while nothing was answered', () => {
    expect(joinable(undefined, { version: undefined, members: [] })).toEqual([])
  })
})

it('sends only networks that were written', () => {
  expect(membersOf({ clusters: ['a', 'b', 'c'], networks: { a: ' n1 ', b: '', x: 'n9' } })).toEqual([
    { cluster: 'a', network: 'n1' },
    { cluster: 'b' },
    { cluster: 'c' },
  ])
})

it('names the namespaces to inject of those clusters alone that are chosen', () => {
  const values = { clusters: ['a', 'b'], networks: {}, inject: { a: ['shop', 'pay'], b: undefined, c: ['left'] } }
  expect(joinIntent('fleet', values)).toEqual({
    type: 'meshes.join',
    name: 'fleet',
    members: [{ cluster: 'a' }, { cluster: 'b' }],
    inject: [
      { cluster: 'a', namespace: 'shop' },
      { cluster: 'a', namespace: 'pay' },
    ],
  })
  expect(joinIntent('fleet', { ...values, inject: {} })).not.toHaveProperty('inject')
})
