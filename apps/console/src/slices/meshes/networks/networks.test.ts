import type { Place } from '@orbweaver/istio/networks/connectivity'
import { describe, expect, it } from 'vitest'
import { annotationsIn, areAddresses, fromGatewayValues, toGatewayValues } from './gateway-values.ts'
import { groupsOf, waysOf } from './groups.ts'
import { networkPicture } from './picture.ts'
import { readNetworks, servicesInput } from './search.ts'

const place = (cluster: string, network?: string): Place => ({
  cluster,
  role: 'member',
  source: 'mesh',
  podCidrs: [],
  ...(network === undefined ? {} : { network }),
})

describe('networks', () => {
  it('group their clusters, those that nobody named last', () => {
    const groups = groupsOf([place('a'), place('b', 'n2'), place('c', 'n1'), place('d', 'n2')])
    expect(groups.map(({ network, members }) => [network, members.map(({ cluster }) => cluster)])).toEqual([
      ['n1', ['c']],
      ['n2', ['b', 'd']],
      [undefined, ['a']],
    ])
  })

  it('are drawn with the worst way between each two', () => {
    const members = [place('a', 'n1'), place('b', 'n2')]
    const source = networkPicture(groupsOf(members), waysOf({ members, exposure: undefined, crossings: [] }), 'none')
    expect(source.split('\n')).toEqual([
      'flowchart LR',
      'subgraph n0["n1"]',
      'c0["a"]:::member',
      'end',
      'subgraph n1["n2"]',
      'c1["b"]:::member',
      'end',
      'n0 x--x n1',
    ])
  })
})

describe('the settings of a gateway', () => {
  const settings = {
    replicas: 2,
    resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
    annotations: { 'example.com/internal': 'true' },
    addresses: ['203.0.113.7', 'gw.example.com'],
    port: 31443,
  }

  it('come back from the form as they went in', () => {
    expect(fromGatewayValues('east', toGatewayValues(settings))).toEqual({ cluster: 'east', ...settings })
    expect(fromGatewayValues('east', toGatewayValues(undefined))).toEqual({ cluster: 'east' })
  })

  it('say nothing that is empty, and no port without addresses', () => {
    const values = { ...toGatewayValues(settings), addresses: ' \n', annotations: '', cpuRequest: ' ' }
    expect(fromGatewayValues('east', values)).toEqual({
      cluster: 'east',
      replicas: 2,
      resources: { limits: { memory: '1Gi' } },
    })
  })

  it('take annotations as people copy them, and addresses as they are', () => {
    expect(annotationsIn('a.example/b: "true"\n\nc: d: e')).toEqual({ 'a.example/b': 'true', c: 'd: e' })
    expect(annotationsIn('no colon')).toBeUndefined()
    expect(areAddresses('203.0.113.7, fd00::1\ngw.example.com')).toBe(true)
    expect(areAddresses('https://gw.example.com')).toBe(false)
  })
})

it('the address of the page keeps tab and filters', () => {
  expect(readNetworks({})).toEqual({ tab: 'networks' })
  expect(readNetworks({ tab: 'services', show: 'problems', cluster: '' })).toEqual({
    tab: 'services',
    show: 'problems',
  })
  expect(servicesInput('shop', { tab: 'services', show: 'local' })).toEqual({
    name: 'shop',
    show: 'local',
    order: 'asc',
    page: 1,
    size: 50,
  })
})
