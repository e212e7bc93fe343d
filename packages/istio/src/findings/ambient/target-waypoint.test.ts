import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const code = /^ambient\.target-without-waypoint$/
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) => {
  expect(faultsOfFixes({ ...more, objects })).toEqual([])
  return told(code, { ...more, objects })
}
const web = (labels?: Record<string, string>) =>
  object('Service', 'web', { namespace: 'shop', spec: { selector: { app: 'web' } }, ...(labels && { labels }) })
const entry = (labels: Record<string, string> = {}) =>
  object('ServiceEntry', 'web', { namespace: 'shop', labels, spec: { hosts: ['a.example.com'] } })
const asking = (name: string) => ({ 'istio.io/use-waypoint': name })
const waypoint = (name: string, labels: Record<string, string> = {}) => ({
  ...object('Gateway', name, {
    namespace: 'shop',
    labels,
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15_008, protocol: 'HBONE' }],
    },
  }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const toService = { kind: 'Service', group: '', name: 'web' }
const policy = (spec: JsonRecord, kind = 'AuthorizationPolicy', at = 'shop') =>
  object(kind, 'p', { namespace: at, spec })
const refers = (...targetRefs: JsonRecord[]) => policy({ targetRefs })
const shop = namespace('shop')
const alone = 'error target-without-waypoint /spec/targetRefs/0'

describe('Services that policies refer to', () => {
  it('use a waypoint, or nobody carries the policy out', () => {
    expect(say([shop, web(), refers(toService)])).toEqual([alone])
    expect(say([shop, web(), refers({ kind: 'Service', group: 'core', name: 'web' })])).toEqual([alone])
    expect(say([shop, web(), policy({ targetRef: toService })])).toEqual([
      'error target-without-waypoint /spec/targetRef',
    ])
    expect(say([shop, web(), policy({ targetRef: { ...toService, name: 'gone' }, targetRefs: [toService] })])).toEqual([
      alone,
    ])
    expect(say([shop, web(asking('none')), refers(toService)])).toEqual([alone])
  })
  it('use one that is asked for', () => {
    expect(say([shop, web(asking('wp')), refers(toService)])).toEqual([])
    expect(say([namespace('shop', asking('wp')), web(), refers(toService)])).toEqual([])
    expect(say([shop, web({ 'istio.io/use-waypoint-canary': 'wp' }), refers(toService)])).toEqual([alone])
  })
  it('are those of the namespace that are there', () => {
    expect(say([shop, refers(toService)])).toEqual([])
    expect(say([shop, web(), policy({ targetRefs: [toService] }, 'AuthorizationPolicy', 'pay')])).toEqual([])
    expect(say([shop, web(), refers(toService)], { unread: ['east'] })).toEqual([])
    const gateway = { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'web' }
    expect(say([shop, web(), refers(gateway)])).toEqual([])
    expect(say([shop, web(), policy({})])).toEqual([])
    expect(say([shop, web(), policy({ targetRefs: [] })])).toEqual([])
  })
  it('are in any cluster', () => {
    const members = [namespace('shop'), web(asking('wp'))]
    expect(say([shop, refers(toService)], { members: [namespace('shop'), web()] })).toEqual([alone])
    expect(say([shop, web(), refers(toService)], { members })).toEqual([])
    expect(say([shop, refers(toService, { ...toService, name: 'gone' })], { members: [web()] })).toEqual([alone])
  })
  it('are of other kinds too', () => {
    const toEntry = { kind: 'ServiceEntry', group: 'networking.istio.io', name: 'web' }
    expect(say([shop, entry(), refers(toEntry)])).toEqual([alone])
    expect(say([shop, entry(asking('wp')), refers(toEntry)])).toEqual([])
    expect(say([shop, entry(), refers({ ...toEntry, group: '' })])).toEqual([])
  })
  it.each([
    ['AuthorizationPolicy', 'error', ['KIA0109', 'KIA1317']],
    ['RequestAuthentication', 'error', ['KIA1110']],
    ['WasmPlugin', 'warning', ['KIA1111']],
    ['Telemetry', 'warning', ['KIA1112']],
  ])('are meant by %s', (kind, severity, aliases) => {
    const objects = [shop, web(), policy({ targetRefs: [toService] }, kind)]
    const found = findingsOf({ objects }).filter((each) => code.test(each.code))
    expect(found).toMatchObject([{ severity, aliases, params: { kind: 'Service', name: 'web' } }])
  })
  it('can use the one waypoint that there is', () => {
    const home = namespace('shop', { 'istio.io/dataplane-mode': 'ambient' })
    const objects = [home, web(), refers(toService)]
    expect(say([...objects, waypoint('wp')])).toEqual([`${alone} (enrol)`])
    expect(say([home, web({ app: 'web' }), refers(toService), waypoint('wp')])).toEqual([`${alone} (enrol)`])
    expect(say([shop, web(), refers(toService), waypoint('wp')])).toEqual([alone])
    expect(say([...objects, waypoint('wp'), waypoint('w2')])).toEqual([alone])
    expect(say([...objects, waypoint('wp', { 'istio.io/waypoint-for': 'workload' })])).toEqual([alone])
    expect(say([home, web(asking('none')), refers(toService), waypoint('wp')])).toEqual([alone])
  })
})
