import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { namespace, object } from '../samples.ts'
import type { ClusterFacts } from './check.ts'
import { facts, ids, one, run } from './samples.ts'

describe('a managed mesh', () => {
  const managed = (hub: ClusterFacts, east: ClusterFacts, entrance: JsonRecord = {}) =>
    run(
      { kind: 'Managed', controlPlane: { cluster: 'hub', entrance }, members: [{ cluster: 'east', network: 'n1' }] },
      [hub, east],
    )
  const balancer = (ingress: JsonRecord[]) =>
    Object.assign(object('Service', `lb-${ingress.length}`, { namespace: 'x', spec: { type: 'LoadBalancer' } }), {
      status: { loadBalancer: { ingress } },
    })

  it.each([
    [[], 'load-balancer.no-evidence', 'unknown'],
    [[balancer([])], 'load-balancer.pending', 'warning'],
    [[balancer([]), balancer([{ ip: '10.0.0.1' }])], 'load-balancer.works', 'ok'],
  ])('judges load balancers by those that exist', (services, id, severity) => {
    expect(one(managed(facts('hub', {}, ...services), facts('east')), 'load-balancer')).toMatchObject({ id, severity })
  })

  it.each([
    [{ ip: '10.0.0.1' }, 'entrance.private'],
    [{ ip: '8.8.8.8' }, 'entrance.public'],
    [{ hostname: 'lb.example.com' }, 'entrance.host-name'],
  ])('foresees the entrance from %j', (ingress, id) => {
    expect(one(managed(facts('hub', {}, balancer([ingress])), facts('east')), 'entrance')?.id).toBe(id)
  })

  it('judges a given address instead of load balancers', () => {
    const given = (address: string) => managed(facts('hub'), facts('east'), { type: 'Address', address })
    expect(one(given('127.0.0.1'), 'entrance')).toMatchObject({ id: 'entrance.loopback', severity: 'blocking' })
    expect(one(given('fd00::1'), 'entrance')?.id).toBe('entrance.private')
    expect(one(given('10.0.0.1'), 'load-balancer')).toBeUndefined()
  })

  it.each([
    [{ server: 'https://127.0.0.1:6443' }, 'peer-address.loopback', 'warning'],
    [{ serverStated: false }, 'peer-address.assumed', 'info'],
    [{}, 'peer-address.stated', 'ok'],
  ])('asks how istiod reaches the member: %j', (more, id, severity) => {
    expect(one(managed(facts('hub'), facts('east', more)), 'peer-address')).toMatchObject({
      id,
      severity,
      cluster: 'east',
    })
  })

  it.each([
    ['synced', 'peer-address.proved', 'ok'],
    ['timeout', 'peer-address.refuted', 'warning'],
    ['syncing', 'peer-address.loopback', 'warning'],
  ] as const)('goes by what istiod says of a member: %s', (sync, id, severity) => {
    const spec = { kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] }
    const all = [facts('hub'), facts('east', { server: 'https://127.0.0.1:6443' })]
    const told = one(run(spec, all, { syncs: new Map([['east', sync]]) }), 'peer-address')
    expect(told).toMatchObject({ id, severity, cluster: 'east' })
  })

  it('says which networks nobody stated', () => {
    const spec = { kind: 'Managed', members: [{ cluster: 'east' }] }
    const checks = run(spec, [facts('hub', { network: undefined }), facts('east')])
    expect(checks.filter((each) => each.id === 'network.assumed').map((each) => each.cluster)).toEqual(['hub'])
    expect(one(run({ kind: 'Managed' }, [facts('hub', { network: undefined })]), 'network')).toBeUndefined()
  })

  it('blocks on a namespace that says another network', () => {
    const other = namespace('istio-system', { 'topology.istio.io/network': 'other' })
    expect(ids(managed(facts('hub'), facts('east', {}, other)), 'blocking')).toEqual(['namespace.other-network'])
    const own = namespace('istio-system', { 'topology.istio.io/network': 'other', 'orbweaver.dev/mesh': 'shop' })
    const moved = managed(facts('hub'), facts('east', {}, own))
    expect(ids(moved, 'blocking')).toEqual([])
    expect(moved.find((each) => each.id === 'namespace.moves-network')).toMatchObject({
      severity: 'warning',
      params: { cluster: 'east', found: 'other', wanted: 'n1' },
      fix: { code: 'restart-workloads' },
    })
    const spec = { kind: 'Managed', members: [{ cluster: 'east' }] }
    const silent = run(spec, [facts('hub'), facts('east', { network: undefined }, other)])
    expect(one(silent, 'namespace')?.params).toMatchObject({ found: 'other', wanted: 'shop' })
  })
})
