import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { told } from '../fixes/told.ts'

const version = { apiVersion: 'gateway.networking.k8s.io/v1' }
const gateway = (gatewayClassName = 'istio') => ({
  ...object('Gateway', 'gw', {
    namespace: 'shop',
    spec: { gatewayClassName, listeners: [{ name: 'web', port: 80, protocol: 'HTTP' }] },
  }),
  ...version,
})
const services = ['web', 'own'].map((name) =>
  object('Service', name, { namespace: 'shop', spec: { ports: [{ name: 'http', port: 80 }] } }),
)
const elsewhere = object('Service', 'web', { namespace: 'far', spec: { ports: [{ name: 'http', port: 80 }] } })
type More = { kind?: string; parent?: JsonRecord; of?: string }
const say = (rule: JsonRecord, { kind = 'HTTPRoute', parent = { name: 'gw' }, of = 'istio' }: More = {}) =>
  told(/^route\./, {
    objects: [
      namespace('shop'),
      namespace('far'),
      gateway(of),
      ...services,
      elsewhere,
      { ...object(kind, 'route', { namespace: 'shop', spec: { parentRefs: [parent], rules: [rule] } }), ...version },
    ],
  })
const inMesh = { name: 'own', kind: 'Service', group: '' }
const backend = { name: 'web', port: 80 }

describe('filters', () => {
  const of = (type: string, more: JsonRecord = {}): JsonRecord => ({
    filters: [{ type, ...more }],
    backendRefs: [backend],
  })
  const unsupported = ['error filter-unsupported /spec/rules/0/filters/0/type']
  it('are those that Istio knows', () => {
    for (const each of ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'CORS'])
      expect(say(of(each))).toEqual([])
    expect(say(of('RequestMirror', { requestMirror: { backendRef: backend } }))).toEqual([])
    expect(say(of('ExtensionRef'))).toEqual(unsupported)
    expect(say(of('ExternalAuth'), { parent: inMesh })).toEqual(unsupported)
    expect(say({ filters: [{}] })).toEqual([])
  })
  it('of gRPC are fewer', () => {
    expect(say(of('RequestHeaderModifier'), { kind: 'GRPCRoute' })).toEqual([])
    expect(say(of('CORS'), { kind: 'GRPCRoute' })).toEqual(unsupported)
  })
  it('of backends change headers alone', () => {
    const at = (type: string, more: JsonRecord = {}) =>
      say({ backendRefs: [{ ...backend, filters: [{ type }], ...more }] })
    const refused = ['error filter-unsupported /spec/rules/0/backendRefs/0/filters/0/type']
    expect(at('ResponseHeaderModifier')).toEqual([])
    expect(at('URLRewrite')).toEqual(refused)
    expect(at('RequestMirror', { weight: 1 })).toEqual(refused)
    expect(at('URLRewrite', { weight: 0 })).toEqual([])
  })
  it('write values that a header may have', () => {
    const value = (text: string, how = 'set') =>
      say(of('RequestHeaderModifier', { requestHeaderModifier: { [how]: [{ name: 'x', value: text }] } }))
    const at = (how: string) => [`error header-characters /spec/rules/0/filters/0/requestHeaderModifier/${how}/0/value`]
    expect(value('a b\tc é')).toEqual([])
    expect(value('a\nb')).toEqual(at('set'))
    expect(value('a\u007f', 'add')).toEqual(at('add'))
  })
  it('of routes of other controllers are theirs', () => {
    expect(say(of('ExtensionRef'), { of: 'else' })).toEqual([])
  })
  it('mirror to what can be sent to: what cannot is left out, and a GRPCRoute with it', () => {
    const pointer = '/spec/rules/0/filters/0/requestMirror/backendRef'
    const mirrored = (backendRef: JsonRecord, kind?: string) =>
      say(of('RequestMirror', { requestMirror: { backendRef } }), kind === undefined ? {} : { kind })
    const faults: [JsonRecord, way: string][] = [
      [{ name: 'gone', port: 80 }, ''],
      [{ name: 'web', namespace: 'far', port: 80 }, ' (grant)'],
      [{ name: 'web', kind: 'Services', port: 80 }, ' (service)'],
    ]
    for (const [fault, way] of faults) {
      expect(mirrored(fault)).toEqual([`warning mirror-unsent ${pointer}${way}`])
      expect(mirrored(fault, 'GRPCRoute')).toEqual([`error mirror-drops-route ${pointer}${way}`])
    }
    for (const kind of ['HTTPRoute', 'GRPCRoute']) {
      expect(mirrored(backend, kind)).toEqual([])
      expect(mirrored({ name: 'web', port: 81 }, kind)).toEqual([`warning mirror-unsent ${pointer}/port (port)`])
    }
  })
})

describe('backends that are not said whole', () => {
  const tried = (said: JsonRecord, more: More = {}) => say({ backendRefs: [said] }, more)
  const at = '/spec/rules/0/backendRefs/0'
  it('have a port', () => {
    const portless = `error backend-without-port ${at}`
    expect(tried({ name: 'web' })).toEqual([`${portless} (port)`])
    expect(tried({ name: 'web' }, { parent: inMesh, kind: 'TCPRoute' })).toEqual([`${portless} (port)`])
    expect(tried({ name: 'web', kind: 'ServiceImport', group: 'multicluster.x-k8s.io' })).toEqual([
      `${portless} (port)`,
    ])
    expect(tried({ name: 'gone' })).toEqual([`error backend-not-found ${at}`, portless])
    expect(tried({ name: 'web', weight: 0 })).toEqual([])
    expect(tried({ name: 'pool', kind: 'InferencePool', group: 'inference.networking.k8s.io' })).toEqual([])
    expect(tried({ port: 80 })).toEqual([])
    expect(tried({ name: 'web' }, { of: 'else' })).toEqual([])
  })
  it('are in no namespace where they are hosts', () => {
    const host = { name: 'web.shop.svc.cluster.local', kind: 'Hostname', group: 'networking.istio.io', port: 80 }
    expect(tried(host)).toEqual([])
    expect(tried({ ...host, namespace: 'shop' })).toEqual([
      `error hostname-with-namespace ${at}/namespace (no-namespace)`,
    ])
  })
})
