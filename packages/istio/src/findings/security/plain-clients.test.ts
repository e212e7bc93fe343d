import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told as tell } from '../fixes/told.ts'

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
  tell(code, { settings, objects: [shop, ...objects], ...more })
const plain = ['error clients-plain /spec/rules/0/from/0/source/namespaces']

describe('rules that ask who calls, without automatic mutual TLS', () => {
  it('are met by nobody where no client is told to send it', () => {
    expect(of([inside, byNamespace])).toEqual(plain)
    expect(of([inside, byNamespace], { settings: {} })).toEqual([])
    expect(of([inside, asks({ ipBlocks: ['10.0.0.1'] })])).toEqual([])
    expect(of([inside, asks({ notNamespaces: ['shop'] })])).toEqual([])
    const when = (more: JsonRecord) => asks({}, { spec: { rules: [{ when: [{ key: 'source.namespace', ...more }] }] } })
    expect(of([inside, when({ values: ['shop'], notValues: ['far'] })])).toEqual([
      'error clients-plain /spec/rules/0/when/0/key',
    ])
    expect(of([inside, when({ notValues: ['shop'] })])).toEqual([])
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
  ])('are met where clients are told to send it to %s', (_, said, expected) => {
    expect(of([inside, byNamespace, said])).toEqual(expected)
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
    expect(of([inside, pod('bare', 'far'), byNamespace])).toEqual(plain)
    expect(of([inside, byNamespace, namespace('far', { 'istio.io/dataplane-mode': 'ambient' })])).toEqual([])
    const attached = { targetRefs: [{ kind: 'Gateway', name: 'x' }] }
    expect(of([inside, asks({ namespaces: ['shop'] }, { spec: attached })])).toEqual([])
    expect(of([inside, byNamespace], { unread: ['east'] })).toEqual([])
    expect(of([inside, byNamespace], { without: ['networking.istio.io/DestinationRule'] })).toEqual([])
  })
})

describe('rules that ask who calls, where clients are told to send plain text', () => {
  const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
    tell(/^authorizationpolicy\.clients-told-plain$/, { objects: [shop, inside, web, ...objects], ...more })
  const web = service('web', 'shop')
  const off = { tls: { mode: 'DISABLE' } }
  const wide = rule('*.shop.svc.cluster.local', off)
  const plainly = ['error clients-told-plain /spec/rules/0/from/0/source/namespaces']
  it('are met by nobody', () => {
    expect(told([byNamespace, wide])).toEqual(plainly)
    expect(told([byNamespace, wide], { settings })).toEqual(plainly)
    expect(told([byNamespace, rule('*.local', { tls: { mode: 'SIMPLE' } }, 'istio-system')])).toEqual(plainly)
    expect(told([byNamespace, rule('web', off)])).toEqual(plainly)
    const selectless = object('Service', 'db', { namespace: 'shop', spec: { ports: [{ port: 80 }] } })
    expect(told([byNamespace, rule('web', off), selectless])).toEqual(plainly)
    expect(told([byNamespace, rule('web', off), service('api', 'shop')])).toEqual(plainly)
    const [found] = findingsOf({ objects: [shop, inside, web, byNamespace, wide] }).filter(({ code }) =>
      code.endsWith('clients-told-plain'),
    )
    expect(found).toMatchObject({ aliases: ['KIA0105'], params: { rule: 'shop/d' }, evidence: [{ name: 'd' }] })
  })
  it.each<[string, KubernetesObject[]]>([
    ['of their own namespace', [rule('*.shop.svc.cluster.local', off, 'far')]],
    ['of another service', [rule('other', off)]],
    ['with a port of its own', [rule('web', { ...off, portLevelSettings: [{ port: { number: 80 }, ...mutual }] })]],
    ['of a port', [rule('web', { portLevelSettings: [{ port: { number: 80 }, ...off }] })]],
    ['of a subset', [{ ...wide, spec: { host: 'web', subsets: [{ name: 'v1', trafficPolicy: off }] } }]],
    ['beside a narrower one', [wide, { ...rule('web', mutual), metadata: { name: 'e', namespace: 'shop' } }]],
    ['beside one of a client', [wide, { ...rule('web.shop.svc.cluster.local', mutual, 'far') }]],
    ['of one of their services', [rule('web', off), { ...web, metadata: { ...web.metadata, name: 'also' } }]],
    ['for some', [{ ...wide, spec: { host: 'web', trafficPolicy: off, exportTo: ['.'] } }]],
    [
      'for some clients',
      [{ ...wide, spec: { host: 'web', trafficPolicy: off, workloadSelector: { matchLabels: {} } } }],
    ],
  ])('are met by others where the rule is one %s', (_, rules) => {
    expect(told([byNamespace, ...rules])).toEqual([])
  })
  it('are left where nothing is before their workloads', () => {
    const elsewhere = asks({ namespaces: ['shop'] }, { spec: { selector: { matchLabels: { app: 'api' } } } })
    expect(told([elsewhere, wide, pod('a', 'shop', { labels: { app: 'api' }, by: 'default' })])).toEqual([])
    expect(told([asks({ namespaces: ['shop'] }, { at: 'istio-system' }), wide])).toEqual([])
  })
})
