import { describe, expect, it } from 'vitest'
import type { Member } from '../health.ts'
import { actionsFor, byNetwork, stageHelp, waitedFor } from './actions.ts'

const because = (code: string, params = {}) => ({ reason: { code: `stage.${code}`, params } })

describe('stageHelp', () => {
  it('offers an address where the load balancer gave none', () => {
    expect(stageHelp(because('entrance-timeout'))).toEqual({ place: 'entrance' })
  })

  it('says what to do where the reason does not', () => {
    expect(stageHelp(because('version-end-of-life'))).toEqual({ advice: 'version-end-of-life', place: 'version' })
    expect(stageHelp(because('cluster-unreachable'))).toEqual({ advice: 'cluster-unreachable', place: 'cluster' })
    expect(stageHelp(because('control-plane-timeout'))).toEqual({})
    expect(stageHelp({})).toEqual({})
  })

  it('leads to the check that stops a stage', () => {
    const reason = { code: 'check.limits.quota-full', params: {} }
    expect(stageHelp({ reason })).toEqual({ advice: 'check-blocks', place: 'preflight' })
  })

  it('leads to what stands in the way of what is taken apart', () => {
    expect(stageHelp(because('still-used'))).toEqual({ advice: 'still-used', place: 'removal' })
  })

  it('goes by what a stage out of time had been waiting for', () => {
    const late = { waitedFor: 'operator-silent' }
    expect(stageHelp(because('control-plane-timeout', late))).toEqual({ advice: 'operator-silent', place: 'cluster' })
    expect(stageHelp(because('entrance-timeout', { waitedFor: 'address-pending' }))).toEqual({ place: 'entrance' })
  })
})

describe('actionsFor', () => {
  it('leads with what the mesh needs', () => {
    expect(actionsFor({ kind: 'Managed', phase: 'ready' }).primary).toBe('join')
    expect(actionsFor({ kind: 'Dedicated', phase: 'ready' }).primary).toBe('edit')
    expect(actionsFor({ kind: 'Managed', phase: 'degraded' }).primary).toBe('repair')
    expect(actionsFor({ kind: 'Managed', phase: 'suspended' }).primary).toBe('resume')
  })

  it('pauses only what is under way, and never offers anything twice', () => {
    expect(actionsFor({ kind: 'Managed', phase: 'progressing' }).menu).toEqual([
      'edit',
      'repair',
      'suspend',
      'protect',
      'export',
      'support',
      'delete',
    ])
    expect(actionsFor({ kind: 'External', phase: 'ready' }).menu).toEqual([
      'repair',
      'protect',
      'export',
      'support',
      'delete',
    ])
  })
})

it('knows what a stage waited for when its time ran out', () => {
  expect(waitedFor(because('entrance-timeout', { waitedFor: 'address-pending' }))).toBe('stage.address-pending')
  expect(waitedFor(because('entrance-timeout'))).toBeUndefined()
})

it('puts clusters beside those of their network', () => {
  const member = (cluster: string, network?: string): Member => ({
    cluster,
    role: 'member',
    state: 'ready',
    namespaces: 1,
    injectedNamespaces: 0,
    pods: { injected: 0, total: 0 },
    ...(network === undefined ? {} : { network }),
  })
  const groups = byNetwork([member('a'), member('b', 'n2'), member('c', 'n1'), member('d', 'n2')])
  expect(groups.map((group) => [group.network, group.members.map((each) => each.cluster)])).toEqual([
    ['n1', ['c']],
    ['n2', ['b', 'd']],
    [undefined, ['a']],
  ])
})
