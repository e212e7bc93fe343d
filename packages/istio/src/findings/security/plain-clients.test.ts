import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const code = /^authorizationpolicy\.clients-plain$/
const shop = namespace('shop')
const inside = pod('w', 'shop', { labels: { app: 'web' }, by: 'default' })
const asks = (source: JsonRecord, more: { at?: string; spec?: JsonRecord } = {}) =>
  object('AuthorizationPolicy', 'a', {
    namespace: more.at ?? 'shop',
    spec: { rules: [{ from: [{ source }] }], ...more.spec },
  })
const byNamespace = asks({ namespaces: ['shop'] })
const rule = (host: string, trafficPolicy: JsonRecord, at = 'shop') =>
  object('DestinationRule', 'd', { namespace: at, spec: { host, trafficPolicy } })
const mutual = { tls: { mode: 'ISTIO_MUTUAL' } }
const settings = { autoMtls: false }
const of = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  told(code, { settings, objects: [shop, ...objects], ...more })
const plain = ['error clients-plain /spec/rules/0/from/0/source/namespaces']

describe('rules that ask who calls, without automatic mutual TLS', () => {
  it('are met by nobody where no client is told to send it', () => {
    expect(of([inside, byNamespace])).toEqual(plain)
    expect(of([inside, byNamespace], { settings: {} })).toEqual([])
    expect(of([inside, asks({ ipBlocks: ['10.0.0.1'] })])).toEqual([])
    expect(of([inside, asks({ notNamespaces: ['shop'] })])).toEqual([])
    expect(of([inside, asks({ namespaces: ['shop'] }, { at: 'istio-system' })])).toEqual(plain)
    const [found] = findingsOf({ settings, objects: [shop, inside, byNamespace] }).filter((each) =>
      code.test(each.code),
    )
    expect(found).toMatchObject({ aliases: ['KIA0105'], params: { field: 'namespaces' } })
  })
  it.each<[string, KubernetesObject, string[]]>([
    ['the mesh', rule('*.local', mutual, 'istio-system'), []],
    ['all', rule('*', mutual, 'istio-system'), []],
    ['the namespace', rule('*.shop.svc.cluster.local', mutual), []],
    ['a service', rule('web', mutual), []],
    ['a service, of their own', rule('web.shop.svc.cluster.local', { tls: { mode: 'MUTUAL' } }, 'far'), []],
    ['a port', rule('web', { portLevelSettings: [{ port: { number: 80 }, ...mutual }] }), []],
    ['another namespace', rule('*.far.svc.cluster.local', mutual), plain],
    ['another service', rule('web', mutual, 'far'), plain],
    ['nobody', rule('web', { tls: { mode: 'DISABLE' } }), plain],
  ])('are met where clients are told to send it to %s', (_, told, expected) => {
    expect(of([inside, byNamespace, told])).toEqual(expected)
  })
  it('are left where another mode is said, which other findings speak of', () => {
    const mode = (mode: string) => object('PeerAuthentication', 'm', { namespace: 'shop', spec: { mtls: { mode } } })
    expect(of([inside, byNamespace, mode('PERMISSIVE')])).toEqual(plain)
    expect(of([inside, byNamespace, mode('STRICT')])).toEqual([])
    expect(of([inside, byNamespace, mode('DISABLE')])).toEqual([])
  })
  it('are those of sidecars alone, and of callers without ztunnel', () => {
    expect(of([byNamespace])).toEqual([])
    expect(of([inside, pod('bare', 'shop'), byNamespace])).toEqual([])
    expect(of([inside, byNamespace, namespace('far', { 'istio.io/dataplane-mode': 'ambient' })])).toEqual([])
    const attached = { targetRefs: [{ kind: 'Gateway', name: 'x' }] }
    expect(of([inside, asks({ namespaces: ['shop'] }, { spec: attached })])).toEqual([])
    expect(of([inside, byNamespace], { unread: ['east'] })).toEqual([])
    expect(of([inside, byNamespace], { without: ['networking.istio.io/DestinationRule'] })).toEqual([])
  })
})
