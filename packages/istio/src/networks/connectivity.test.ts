import { describe, expect, it } from 'vitest'
import type { SyncState } from '@orbweaver/contracts/member-sync'
import type { Crossing } from '@orbweaver/contracts/metrics'
import type { Exposure, NetworkGateway } from '@orbweaver/contracts/networks'
import { overlap } from './cidr.ts'
import { type Place, wayBetween } from './connectivity.ts'

const gateway = (cluster: string, more: Partial<NetworkGateway> = {}): NetworkGateway => ({
  ref: { cluster, group: '', version: 'v1', kind: 'Service', namespace: 'istio-system', name: 'istio-eastwestgateway' },
  network: cluster,
  type: 'LoadBalancer',
  addresses: ['192.0.2.1:15443'],
  given: false,
  ready: 1,
  annotations: {},
  ...more,
})
const place = (cluster: string, more: Partial<Place> = {}): Place => ({
  cluster,
  role: 'member',
  network: cluster,
  source: 'mesh',
  label: more.network ?? cluster,
  gateways: [gateway(cluster)],
  stale: { pods: 0, workloads: [] },
  podCidrs: [],
  sync: { state: 'synced', replicas: [] },
  ...more,
})
const rule = {
  cluster: 'hub',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'Gateway',
  name: 'cross-network-gateway',
}
const open = { wanted: true, found: 'yes' as const, ref: rule }

function way(
  east: Partial<Place> = {},
  west: Partial<Place> = {},
  more: Partial<Pick<Exposure, 'wanted' | 'found'>> & { crossings?: Crossing[] } = {},
) {
  const [from, to] = [place('east', east), place('west', west)]
  const { crossings = [], ...exposure } = more
  const { state, reason, next, evidence } = wayBetween(
    { members: [from, to], exposure: { ...open, ...exposure }, crossings },
    from,
    to,
  )
  return { state, code: reason.code, next, evidence: evidence.map((each) => `${each.holds} ${each.code}`) }
}

describe('a way between networks', () => {
  it('is there when every part of it is, and says each', () => {
    expect(way()).toEqual({
      state: 'reachable',
      code: 'network.way-complete',
      next: 'probe',
      evidence: [
        'yes network.synced',
        'yes network.label-agrees',
        'yes network.synced',
        'yes network.label-agrees',
        'yes network.addressed',
        'yes network.gateway-up',
        'yes network.exposed',
      ],
    })
  })

  type Case = {
    by: string
    east?: Partial<Place>
    west?: Partial<Place>
    exposure?: object
    code: string
    next: string
  }
  const down = (more: Partial<NetworkGateway>) => ({ gateways: [gateway('west', more)] })
  const sync = (state: SyncState) => ({ sync: { state, replicas: [] } })
  const stale = { stale: { pods: 3, workloads: [] } }
  const broken: Case[] = [
    { by: 'no gateway', west: { gateways: [] }, code: 'gateway-missing', next: 'repair' },
    { by: 'no address', west: down({ addresses: [] }), code: 'no-address', next: 'gateway' },
    { by: 'nobody behind the gateway', west: down({ ready: 0 }), code: 'gateway-down', next: 'cluster' },
    { by: 'a rule that was deleted', exposure: { found: 'no' }, code: 'not-exposed', next: 'repair' },
    { by: 'no exposure', exposure: { found: 'no', wanted: false }, code: 'not-exposed', next: 'expose' },
    { by: 'a target that istiod timed out on', west: sync('timeout'), code: 'unserved', next: 'repair' },
    { by: 'a source unknown to istiod', east: sync('unknown-to-istiod'), code: 'unserved', next: 'repair' },
    { by: 'another network in the label', west: { label: 'other' }, code: 'label-differs', next: 'repair' },
    { by: 'target Pods injected before a move', west: stale, code: 'stale-in', next: 'restart' },
    { by: 'source Pods injected before a move', east: stale, code: 'stale-out', next: 'restart' },
  ]
  it.each(broken)('is broken by $by', ({ east, west, exposure, code, next }) => {
    expect(way(east, west, exposure)).toMatchObject({ state: 'broken', code: `network.${code}`, next })
  })

  const unread = (code: string) => ({ unread: { code: `network.${code}`, params: {} }, gateways: undefined })
  const unknown: Case[] = [
    { by: 'the target cannot be read', west: unread('away'), code: 'away', next: 'cluster' },
    { by: 'one may not read it', west: unread('not-permitted'), code: 'not-permitted', next: 'rights' },
    { by: 'Pods may not be listed', west: { stale: undefined }, code: 'pods-unseen', next: 'rights' },
    { by: 'endpoints may not be listed', west: down({ ready: undefined }), code: 'endpoints-unseen', next: 'rights' },
    { by: 'istiod is still reading', west: sync('syncing'), code: 'syncing', next: 'wait' },
    { by: 'istiod was not asked', west: sync('not-asked'), code: 'sync-unknown', next: 'rights' },
  ]
  it.each(unknown)('is not known where $by', ({ west, code, next }) => {
    expect(way({}, west)).toMatchObject({ state: 'unknown', code: `network.${code}`, next })
  })

  it('is broken, not unknown, where one part is missing and another not seen', () => {
    expect(way({}, { stale: undefined }, { found: 'no' })).toMatchObject({
      state: 'broken',
      code: 'network.not-exposed',
    })
  })

  it('takes gateways of every cluster of the network, since istiod chooses among them', () => {
    const [from, to] = [place('east'), place('west', { network: 'n', label: 'n', gateways: [] })]
    const beside = place('north', { network: 'n', gateways: [gateway('north', { network: 'n' })] })
    const members = [from, to, beside]
    expect(wayBetween({ members, exposure: open, crossings: [] }, from, to).state).toBe('reachable')
    const down = { ...beside, gateways: [gateway('north', { network: 'n', ready: 0 })] }
    expect(wayBetween({ members: [from, to, down], exposure: open, crossings: [] }, from, to).state).toBe('broken')
  })
})

describe('a way within a network', () => {
  const same = { network: 'n', label: 'n' }

  it('is shown by nothing: whether Pods are routed is in no object', () => {
    expect(way(same, same)).toMatchObject({ state: 'unknown', code: 'network.direct-unproved', next: 'probe' })
    const apart = way({ ...same, podCidrs: ['10.1.0.0/16'] }, { ...same, podCidrs: ['10.2.0.0/16'] })
    expect(apart.evidence).toContain('yes network.cidrs-apart')
    expect(apart.state).toBe('unknown')
  })

  it('cannot be where Pods have addresses of one range', () => {
    const overlapping = way({ ...same, podCidrs: ['10.1.0.0/16'] }, { ...same, podCidrs: ['10.1.128.0/20'] })
    expect(overlapping).toMatchObject({ state: 'broken', code: 'network.cidrs-overlap', next: 'separate' })
  })

  it('needs no gateway', () => {
    expect(way({ ...same, gateways: [] }, { ...same, gateways: [] }, { found: 'no' }).code).toBe(
      'network.direct-unproved',
    )
  })
})

it.each([
  ['10.0.0.0/8', '10.200.3.0/24', true],
  ['10.1.0.0/16', '10.2.0.0/16', false],
  ['10.1.5.9/16', '10.1.0.0/24', true],
  ['0.0.0.0/0', '192.0.2.0/24', true],
  ['fd00::/8', 'fd00::/8', false],
  ['10.300.0.0/8', '10.0.0.0/8', false],
])('ranges %s and %s overlap: %s', (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected)
})

describe('requests that were counted', () => {
  const counted = (requests: number, errors: number, ends = { from: 'east', to: 'west' }) => ({
    crossings: [{ ...ends, requests, errors }],
  })
  const unseen = { stale: undefined }

  it('prove a way of which a part is not known, and are told first', () => {
    const proved = way({}, unseen, counted(12.3456, 0.25))
    expect(proved).toMatchObject({ state: 'reachable', code: 'network.crossed', next: 'nothing' })
    expect(proved.evidence[0]).toBe('yes network.crossed')
    expect(proved.evidence).toContain('unknown network.pods-unseen')
  })

  it('do not bring back a part that is missing now', () => {
    expect(way({}, { gateways: [] }, counted(5, 0))).toMatchObject({
      state: 'broken',
      code: 'network.gateway-missing',
    })
  })

  it.each<[string, { crossings: Crossing[] }, string | undefined]>([
    ['none was sent', counted(0, 0), undefined],
    ['all failed', counted(3, 1), 'unknown network.crossed-in-vain'],
    ['they went the other way', counted(3, 0, { from: 'west', to: 'east' }), undefined],
  ])('prove nothing where %s', (_, crossings, told) => {
    const { state, code, evidence } = way({}, unseen, crossings)
    expect([state, code]).toEqual(['unknown', 'network.pods-unseen'])
    expect(evidence.filter((each) => each.includes('crossed'))).toEqual(told === undefined ? [] : [told])
  })

  it('leave a way complete that every part says is there, though all of them failed', () => {
    expect(way({}, {}, counted(3, 1))).toMatchObject({ state: 'reachable', code: 'network.way-complete' })
  })
})
