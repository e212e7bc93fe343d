import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { createEngine } from '../engine.ts'
import { faultsOfFixes } from '../fixes/cases.ts'
import { judgedBy } from '../judged-by.ts'
import { meshParts } from '../world.ts'
import { upgradeJudges } from './judges.ts'
import { brings, has, type Step } from './step.ts'

const find = (step: Step, objects: readonly KubernetesObject[], unread: string[] = []) => {
  const config = clusterView('hub', objects, Object.values(kinds))
  const ours = upgradeJudges(step)
  const asked = createEngine(meshParts({ config, unread }), []).ask((world) => judgedBy(ours, world))
  const kept = createEngine(meshParts({ config, unread }), ours).findings()
  expect(asked.map(({ code }) => code).toSorted()).toEqual(kept.map(({ code }) => code).toSorted())
  const faults = faultsOfFixes({ objects, unread, more: ours })
  expect(faults.filter((each) => each.startsWith('upgrade.'))).toEqual([])
  return asked
}
const told = (step: Step, objects: readonly KubernetesObject[], unread: string[] = []) =>
  find(step, objects, unread).map(({ severity, code, ref, pointer }) =>
    [severity, code.replace('upgrade.', ''), ref.name, pointer].join(' '),
  )
const waysOf = (step: Step, objects: readonly KubernetesObject[]) =>
  find(step, objects).flatMap(({ fixes }) => fixes.map(({ code, patches }) => [code, patches[0]?.operations]))
const to = (version: string, from?: string): Step => ({ from, to: version })
const rule = (kind: string, spec: JsonRecord, more: JsonRecord = {}) =>
  object(kind, 'r', { namespace: 'shop', spec, ...more })

describe('a step', () => {
  it.each<[string | undefined, string, string, boolean]>([
    ['v1.30.3', 'v1.31.0', '1.31', true],
    ['1.29', '1.31', '1.30', true],
    ['1.29', '1.31', '1.31', true],
    ['1.30.1', '1.30.3', '1.30', false],
    ['1.31', '1.30', '1.31', false],
    ['1.30', '1.31', '1.32', false],
    [undefined, '1.31', '1.31', true],
    [undefined, '1.31', '1.30', false],
    ['master', '1.31', '1.31', false],
    ['1.30', 'master', '1.31', false],
  ])('from %s to %s brings %s: %s', (...[from, version, minor, expected]) => {
    expect(brings({ from, to: version }, minor)).toBe(expected)
  })
  it('of what is no version nothing is known', () => {
    expect([has('1.31.0', '1.31'), has('1.30', '1.31'), has('master', '1.31')]).toEqual([true, false, undefined])
    expect(told(to('master'), [rule('VirtualService', { http: [{ mirror: { host: 'a' } }] })])).toEqual([])
  })
})

describe('behaviours', () => {
  it('of mirrors', () => {
    const routes = rule('VirtualService', { http: [{}, { mirror: { host: 'a' } }, { mirrors: [{}] }] })
    expect(told(to('1.28'), [routes])).toEqual([
      'info mirror-host r /spec/http/1/mirror',
      'info mirror-host r /spec/http/2/mirrors',
    ])
    expect(told(to('1.29'), [routes])).toEqual([])
    const filters = [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'a' } } }, { type: 'CORS' }]
    expect(told(to('1.28'), [rule('HTTPRoute', { rules: [{ filters }] })])).toEqual([
      'info mirror-host r /spec/rules/0/filters/0/requestMirror',
    ])
  })
  it('of connections', () => {
    const pool = { connectionPool: { tcp: { maxConnections: 1 } } }
    const of = (spec: JsonRecord, version: string) => told(to(version), [rule('DestinationRule', spec)])
    expect(of({ trafficPolicy: pool, subsets: [{}, { trafficPolicy: pool }] }, '1.29')).toEqual([
      'info remaining-metrics r /spec/trafficPolicy/connectionPool',
      'info remaining-metrics r /spec/subsets/1/trafficPolicy/connectionPool',
    ])
    expect(of({ trafficPolicy: {} }, '1.29')).toEqual([])
    expect(of({ trafficPolicy: { outlierDetection: {} } }, '1.31')).toEqual([
      'info unready-endpoints r /spec/trafficPolicy/outlierDetection',
    ])
    const healthy = (minHealthPercent: number) =>
      of({ trafficPolicy: { outlierDetection: { minHealthPercent } } }, '1.31')
    expect(healthy(0)).toHaveLength(1)
    expect(healthy(1)).toEqual([])
  })
  it('of workloads that registered', () => {
    const ambient = namespace('far', { 'istio.io/dataplane-mode': 'ambient' })
    const entry = (more: JsonRecord) => object('WorkloadEntry', 'w', { namespace: 'shop', spec: {}, ...more })
    const made = { annotations: { 'istio.io/autoRegistrationGroup': 'vm' } }
    const plain = ['info entry-without-tunnel w /metadata/labels']
    expect(told(to('1.31'), [ambient, entry(made)])).toEqual(plain)
    const operations = [{ op: 'add', path: '/metadata/labels', value: { 'networking.istio.io/tunnel': 'http' } }]
    expect(waysOf(to('1.31'), [ambient, entry(made)])).toEqual([['say-tunnel', operations]])
    expect(told(to('1.31'), [entry(made)])).toEqual([])
    expect(told(to('1.31'), [ambient, entry({})])).toEqual([])
    expect(told(to('1.31'), [ambient, entry({ ...made, labels: { 'networking.istio.io/tunnel': 'http' } })])).toEqual(
      [],
    )
  })
})

describe('patches for versions', () => {
  const patch = (proxyVersion: string) =>
    rule('EnvoyFilter', {
      configPatches: [{ applyTo: 'CLUSTER', match: { proxy: { proxyVersion } }, patch: { operation: 'MERGE' } }],
    })
  const at = 'r /spec/configPatches/0/match/proxy/proxyVersion'
  it.each<[string, string[]]>([
    ['^1\\.30', [`warning patch-ends ${at}`]],
    ['^1\\.31', [`info patch-begins ${at}`]],
    ['^1\\.', []],
    ['^1\\.16', []],
    ['(', []],
  ])('%s', (expression, expected) => {
    expect(told(to('v1.31.0', 'v1.30.3'), [patch(expression)])).toEqual(expected)
    expect(told(to('v1.31.0'), [patch(expression)])).toEqual([])
  })
  it('are told how to hold on, where they would end', () => {
    const operations = [{ op: 'replace', path: at.slice(2), value: '^1\\.30|^1\\.31\\.' }]
    expect(waysOf(to('v1.31.0', 'v1.30.3'), [patch('^1\\.30')])).toEqual([['also-after', operations]])
    expect(waysOf(to('master', 'v1.30.3'), [patch('^1\\.30')])).toEqual([])
    const long = `^1\\.30|${'x'.repeat(1010)}`
    expect(waysOf(to('v1.31.0', 'v1.30.3'), [patch(long)])).toEqual([])
    expect(waysOf(to('v1.31.0', 'v1.30.3'), [patch('^1\\.31')])).toEqual([])
  })
  it('are for all where nothing is said', () => {
    const spec = { configPatches: [{ applyTo: 'CLUSTER', patch: { operation: 'MERGE' } }] }
    expect(told(to('1.31', '1.30'), [rule('EnvoyFilter', spec)])).toEqual([])
  })
})

describe('Gateways on proxies of the Gateway API', () => {
  const gateway = rule('Gateway', { selector: { app: 'edge' } })
  const proxy = (name: string, at: string, managed?: string) =>
    pod(name, at, {
      labels: {
        app: 'edge',
        ...(managed !== undefined && {
          'gateway.istio.io/managed': managed,
          'gateway.networking.k8s.io/gateway-name': 'gw',
        }),
      },
    })
  const ours = proxy('a', 'edge', 'istio.io-gateway-controller')
  it('of another namespace are left out', () => {
    expect(told(to('1.31'), [gateway, ours])).toEqual(['error gateway-left-out r /spec/selector'])
    expect(find(to('1.31'), [gateway, ours])[0]?.params).toMatchObject({ gateway: 'edge/gw' })
    expect(told(to('1.31'), [gateway, ours, proxy('b', 'far')])).toEqual(['warning gateway-left-out r /spec/selector'])
    expect(told(to('1.30'), [gateway, ours])).toEqual([])
  })
  it('of their own, or of people, stay', () => {
    expect(told(to('1.31'), [gateway, proxy('a', 'shop', 'istio.io-gateway-controller')])).toEqual([])
    expect(told(to('1.31'), [gateway, proxy('a', 'edge')])).toEqual([])
    expect(told(to('1.31'), [gateway, proxy('a', 'edge', 'istio.io-mesh-controller')])).toEqual([])
    expect(told(to('1.31'), [rule('Gateway', { selector: {} }), ours])).toEqual([])
    expect(told(to('1.31'), [gateway, ours], ['east'])).toEqual([])
  })
})

describe('hosts of several namespaces', () => {
  const entry = (at: string, created: string, more: JsonRecord = {}) =>
    object('ServiceEntry', `of-${at}`, { namespace: at, created, spec: { hosts: ['api.example.com'], ...more } })
  const [old, young] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
  it('are chosen by age, no longer by the alphabet', () => {
    expect(told(to('1.30'), [entry('a', young), entry('b', old)])).toEqual([
      'warning host-of-other-namespace of-a /spec/hosts/0',
      'warning host-of-other-namespace of-b /spec/hosts/0',
    ])
    expect(told(to('1.30'), [entry('a', old), entry('b', young)])).toEqual([])
    expect(told(to('1.31', '1.30'), [entry('a', young), entry('b', old)])).toEqual([])
    expect(told(to('1.30'), [entry('a', young), entry('b', old)], ['east'])).toEqual([])
    expect(told(to('1.30'), [entry('a', young, { exportTo: ['.'] }), entry('b', old)])).toEqual([])
    expect(told(to('1.30'), [entry('a', young, { exportTo: ['*'] }), entry('b', old)])).toHaveLength(2)
  })
  it('are those of Services first', () => {
    const shadow = entry('a', old, { hosts: ['web.shop.svc.cluster.local'] })
    expect(told(to('1.30'), [shadow, service('web', 'shop')])).toEqual([
      'warning host-of-other-namespace of-a /spec/hosts/0',
    ])
  })
})

describe('settings of an installation', () => {
  const istio = (env: JsonRecord) => object('Istio', 'default', { spec: { values: { pilot: { env } } } })
  it('that nobody reads any more', () => {
    const spans = istio({ PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY: 'false', OTHER: 'x' })
    const at = '/spec/values/pilot/env'
    expect(told(to('1.31'), [spans])).toEqual([
      `warning setting-gone default ${at}/PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY`,
    ])
    const remove = [{ op: 'remove', path: `${at}/PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY` }]
    expect(waysOf(to('1.31'), [spans])).toEqual([['drop-setting', remove]])
    const labels = { 'orbweaver.dev/mesh': 'shop' }
    const ours = { ...spans, metadata: { ...spans.metadata, labels } }
    expect([told(to('1.31'), [ours]).length, waysOf(to('1.31'), [ours])]).toEqual([1, []])
    expect(told(to('1.30'), [spans])).toEqual([])
    expect(told(to('1.31', '1.27'), [istio({ METRIC_ROTATION_INTERVAL: '1m' })])).toHaveLength(1)
    expect(told(to('1.31'), [object('Istio', 'default', { spec: {} })])).toEqual([])
  })
})

describe('fields that came later', () => {
  const keepAlive = rule('DestinationRule', {
    subsets: [{ trafficPolicy: { connectionPool: { http: { http2KeepAlive: {} } } } }],
  })
  const at = '/spec/subsets/0/trafficPolicy/connectionPool/http/http2KeepAlive'
  it('are left out by a version before', () => {
    expect(told(to('1.28', '1.31'), [keepAlive])).toContain(`warning field-later r ${at}`)
    expect(told(to('1.30'), [keepAlive])).toEqual([`warning field-later r ${at}`])
    expect(waysOf(to('1.30'), [keepAlive])).toEqual([['drop-field', [{ op: 'remove', path: at }]]])
    expect(told(to('1.31'), [keepAlive])).toEqual([])
    expect(told(to('1.30.2', '1.30.1'), [keepAlive])).toEqual([])
    const byName = { a: { trafficPolicy: { loadBalancer: { zoneAwareLbSetting: {} } } } }
    expect(told(to('1.30'), [rule('DestinationRule', { subsets: byName })])).toEqual([
      'warning field-later r /spec/subsets/a/trafficPolicy/loadBalancer/zoneAwareLbSetting',
    ])
    for (const odd of [{ subsets: null }, { subsets: 'a' }, { subsets: ['a'] }, { trafficPolicy: ['a'] }]) {
      expect(told(to('1.30'), [rule('DestinationRule', odd)])).toEqual([])
    }
  })
  it('are values as well', () => {
    const merge = (operation: string) =>
      rule('EnvoyFilter', { configPatches: [{ applyTo: 'CLUSTER', patch: { operation } }] })
    const pointer = '/spec/configPatches/0/patch/operation'
    expect(told(to('1.30'), [merge('MERGE_AND_REPLACE_LIST')])).toEqual([`rejected value-later r ${pointer}`])
    expect(waysOf(to('1.30'), [merge('MERGE_AND_REPLACE_LIST')])).toEqual([])
    expect(told(to('1.30'), [merge('MERGE')])).toEqual([])
  })
})
