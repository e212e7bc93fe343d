import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import type { Case } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const api = ([kind, name, at]: [string, string, string], spec: JsonRecord, created = '2026-01-01T00:00:00Z') => ({
  ...object(kind, name, { namespace: at, spec, created }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const homes = [namespace('edge'), namespace('shop', { team: 'a' }), namespace('third')]
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(/^(k8sgateway|listenerset)\./, { ...more, objects: [...homes, ...objects] })
const listener = (more: JsonRecord = {}): JsonRecord => ({ name: 'web', port: 80, protocol: 'HTTP', ...more })
const gateway = (listeners: JsonRecord[], more: JsonRecord = {}) =>
  api(['Gateway', 'gw', 'edge'], { gatewayClassName: 'istio', listeners, ...more })

describe('listeners', () => {
  it('speak what Istio serves', () => {
    const unsupported = 'error protocol-unsupported /spec/listeners/0/protocol'
    for (const protocol of ['HTTP', 'TCP', '']) expect(say([gateway([listener({ protocol })])])).toEqual([])
    for (const protocol of ['UDP', 'HBONE', 'example.com/x'])
      expect(say([gateway([listener({ protocol })])])).toEqual([unsupported])
    expect(say([gateway([listener({ protocol: 'http' })])])).toEqual([`${unsupported} (protocol)`])
    expect(say([gateway([listener({ protocol: 'UDP' })], { gatewayClassName: 'istio-remote' })])).toEqual([])
  })
  it('say how TLS ends', () => {
    const tls = { mode: 'Passthrough' }
    for (const protocol of ['HTTPS', 'TLS']) {
      expect(say([gateway([listener({ protocol })])])).toEqual(['error tls-missing /spec/listeners/0'])
      expect(say([gateway([listener({ protocol, tls })])])).toEqual([])
    }
  })
  it('let in what their protocol carries', () => {
    const letting = (...kinds: JsonRecord[]) => say([gateway([listener({ allowedRoutes: { kinds } })])])
    const at = (index: number) => `warning route-kind-unsupported /spec/listeners/0/allowedRoutes/kinds/${index}`
    expect(letting({ kind: 'HTTPRoute' }, { kind: 'GRPCRoute', group: 'gateway.networking.k8s.io' })).toEqual([])
    expect(letting({ kind: 'TCPRoute' })).toEqual([at(0)])
    expect(letting({ kind: 'HTTPRoute' }, { kind: 'HTTPRoute', group: 'example.com' })).toEqual([`${at(1)} (remove)`])
    const kinds = [{ kind: 'TCPRoute' }]
    const passing = (mode: string) =>
      say([gateway([listener({ protocol: 'TLS', tls: { mode }, allowedRoutes: { kinds } })])])
    expect(passing('Terminate')).toEqual([])
    expect(passing('Passthrough')).toEqual([at(0)])
  })
  it('of waypoints are one of HBONE', () => {
    const waypoint = (more: JsonRecord) => say([gateway([listener(more)], { gatewayClassName: 'istio-waypoint' })])
    expect(waypoint({ port: 15008, protocol: 'HBONE' })).toEqual([])
    for (const each of [{ port: 15008 }, { protocol: 'HBONE' }])
      expect(waypoint(each)).toEqual(['warning waypoint-listener /spec/listeners/0'])
  })
})

describe('addresses of proxies that are there already', () => {
  const service = (name: string, at = 'edge') =>
    object('Service', name, { namespace: at, spec: { ports: [{ name: 'http', port: 80 }] } })
  const at = (addresses: JsonRecord[], objects: KubernetesObject[], more: Partial<Case> = {}) =>
    say([gateway([listener()], { addresses }), ...objects], more)
  it('are hosts', () => {
    const ip = { type: 'IPAddress', value: '10.0.0.1' }
    expect(at([ip], [])).toEqual([])
    expect(at([ip, ip], [])).toEqual([0, 1].map((each) => `error address-unsupported /spec/addresses/${each}`))
    expect(at([{ type: 'example.com/pool', value: 'x' }], [])).toEqual(['error address-unsupported /spec/addresses/0'])
  })
  it('are Services beside the Gateway', () => {
    const named = (value: string) => [{ type: 'Hostname', value }]
    const missing = ['error address-not-found /spec/addresses/0']
    expect(at(named('proxies'), [service('proxies')])).toEqual([])
    expect(at(named('proxies.edge.svc.cluster.local'), [service('proxies')])).toEqual([])
    expect(at(named('proxies'), [])).toEqual(missing)
    expect(at(named('proxies.shop.svc.cluster.local'), [service('proxies', 'shop')])).toEqual(missing)
    expect(at(named(''), [])).toEqual([])
    expect(at(named('proxies'), [], { without: ['Service'] })).toEqual([])
    const entry = (home: string) =>
      object('ServiceEntry', 'api', { namespace: home, spec: { hosts: ['gw.example.com'], ports: [] } })
    expect(at(named('gw.example.com'), [entry('edge')])).toEqual([])
    expect(at(named('gw.example.com'), [entry('shop')])).toEqual(missing)
  })
  it('have the ports of listeners', () => {
    const addresses = [{ type: 'Hostname', value: 'proxies' }]
    const listeners = [listener(), listener({ name: 'more', port: 8080 })]
    expect(say([gateway(listeners, { addresses }), service('proxies')])).toEqual([
      'error address-without-port /spec/listeners/1/port',
    ])
  })
})

describe('parameters of proxies', () => {
  const from = (parametersRef: JsonRecord, gatewayClassName = 'istio') =>
    say([gateway([listener()], { infrastructure: { parametersRef }, gatewayClassName })])
  it('are in a ConfigMap', () => {
    expect(from({ group: '', kind: 'ConfigMap', name: 'x' })).toEqual([])
    expect(from({ group: 'example.com', kind: 'ConfigMap', name: 'x' })).toEqual([
      'error parameters-kind /spec/infrastructure/parametersRef',
    ])
    expect(from({ group: '', kind: 'Secret', name: 'x' }, 'istio-remote')).toEqual([])
  })
})

describe('certificates of a Gateway', () => {
  const secret = (name: string, at = 'edge', data: JsonRecord = {}): KubernetesObject => ({
    ...object('Secret', name, { namespace: at }),
    data,
  })
  const grant = (kind: string) =>
    api(['ReferenceGrant', 'grant', 'shop'], {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
      to: [{ group: '', kind }],
    })
  it('for backends are in a Secret that it may use', () => {
    const from = (clientCertificateRef: JsonRecord, ...objects: KubernetesObject[]) =>
      say([gateway([listener()], { tls: { backend: { clientCertificateRef } } }), ...objects])
    const unusable = 'error client-certificate-unusable /spec/tls/backend/clientCertificateRef'
    expect(from({ name: 'a' }, secret('a'))).toEqual([])
    expect(from({ name: 'a' })).toEqual([unusable])
    expect(from({ name: 'a', kind: 'ConfigMap', group: '' })).toEqual([unusable])
    expect(from({ name: 'a' }, secret('a', 'edge', { x: 'y' }))).toEqual([unusable])
    const there = { name: 'a', namespace: 'shop' }
    expect(from(there, secret('a', 'shop'))).toEqual([`${unusable} (grant)`])
    expect(from(there, secret('a', 'shop'), grant('Secret'))).toEqual([])
    const others = gateway([listener()], {
      gatewayClassName: 'istio-remote',
      tls: { backend: { clientCertificateRef: { name: 'a' } } },
    })
    expect(say([others])).toEqual([])
  })
  it('that clients are known by are one reference', () => {
    const web = listener({ port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'web' }] } })
    const by = (frontend: JsonRecord, ...objects: KubernetesObject[]) =>
      say([gateway([web], { tls: { frontend } }), secret('web'), ...objects])
    const validation = (...caCertificateRefs: JsonRecord[]) => ({ validation: { caCertificateRefs } })
    const map = { group: '', kind: 'ConfigMap', name: 'ca' }
    const at = '/spec/tls/frontend/default/validation/caCertificateRefs'
    const unusable = `error ca-certificate-unusable ${at}`
    expect(by({ default: validation(map) })).toEqual([])
    expect(by({ default: validation(map, map) })).toEqual([unusable])
    expect(by({ default: validation({ ...map, group: 'example.com' }) })).toEqual([`${unusable}/0`])
    expect(by({ default: validation({ ...map, kind: 'Secret' }) })).toEqual([`${unusable}/0`])
    expect(by({ default: validation({ ...map, kind: 'Secret' }) }, secret('ca', 'edge', { 'ca.crt': 'x' }))).toEqual([])
    expect(by({ default: validation({ ...map, namespace: 'shop' }) })).toEqual([`${unusable}/0 (grant)`])
    expect(by({ default: validation({ ...map, namespace: 'shop' }) }, grant('ConfigMap'))).toEqual([])
    const onPort = (port: number) => by({ default: validation(map, map), perPort: [{ port, tls: validation(map) }] })
    expect(onPort(443)).toEqual([])
    expect(onPort(444)).toEqual([unusable])
    const own = by({ perPort: [{ port: 443, tls: validation(map, map) }] })
    expect(own).toEqual(['error ca-certificate-unusable /spec/tls/frontend/perPort/0/tls/validation/caCertificateRefs'])
    const passing = listener({ port: 443, protocol: 'TLS', tls: { mode: 'Passthrough' } })
    expect(say([gateway([passing], { tls: { frontend: { default: validation(map, map) } } })])).toEqual([])
  })
})

describe('ListenerSets', () => {
  const set = (
    listeners: JsonRecord[],
    { name = 'set', at = 'shop', parent = {}, created = '2026-01-02T00:00:00Z' } = {},
  ) => api(['ListenerSet', name, at], { parentRef: { name: 'gw', namespace: 'edge', ...parent }, listeners }, created)
  const open = (from: string, more: JsonRecord = {}) => ({ allowedListeners: { namespaces: { from, ...more } } })
  const own = listener({ name: 'own', port: 8080 })
  it('have a Gateway', () => {
    const missing = ['error parent-not-found /spec/parentRef']
    expect(say([set([own])])).toEqual(missing)
    expect(say([set([own], { parent: { kind: 'Mesh' } })])).toEqual([])
    expect(say([set([own])], { without: ['gateway.networking.k8s.io/Gateway'] })).toEqual([])
    const waypoint = gateway([listener({ port: 15008, protocol: 'HBONE' })], { gatewayClassName: 'istio-waypoint' })
    expect(say([waypoint, set([own])])).toEqual(['error class-unsupported /spec/parentRef'])
    expect(say([gateway([], { gatewayClassName: 'istio-remote' }), set([own])])).toEqual([])
  })
  it('are let in', () => {
    const refused = ['error not-allowed /spec/parentRef']
    const with_ = (more: JsonRecord = {}) => say([gateway([listener()], more), set([own])])
    expect(with_()).toEqual(refused)
    expect(with_(open('None'))).toEqual(refused)
    expect(with_(open('Same'))).toEqual(refused)
    expect(with_(open('All'))).toEqual([])
    expect(with_(open('Selector', { selector: { matchLabels: { team: 'a' } } }))).toEqual([])
    expect(with_(open('Selector', { selector: { matchLabels: { team: 'b' } } }))).toEqual(refused)
  })
  it('stand behind the Gateway, and older ones', () => {
    const taken = 'error listener-taken /spec/listeners/0'
    const beside = (...sets: KubernetesObject[]) => say([gateway([listener()], open('All')), ...sets])
    expect(beside(set([listener()]))).toEqual([taken])
    expect(beside(set([listener({ hostname: 'a.com' })]))).toEqual([])
    expect(beside(set([own, listener({ name: 'b', port: 8080, protocol: 'TCP' })]))).toEqual([
      'error listener-taken /spec/listeners/1',
    ])
    const older = set([own], { name: 'older', at: 'third', created: '2026-01-01T00:00:00Z' })
    expect(beside(set([own]), older)).toEqual([taken])
  })
})
