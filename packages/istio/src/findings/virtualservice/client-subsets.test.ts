import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const code = /^virtualservice\.subset-hidden-from-clients$/
const known = [namespace('shop'), namespace('far'), service('web', 'shop')]
const server = pod('web', 'shop', { by: 'default' })
const client = pod('client', 'far', { by: 'default' })
const routes = (more: JsonRecord = {}) =>
  object('VirtualService', 'web', {
    namespace: 'shop',
    spec: { hosts: ['web'], http: [{ route: [{ destination: { host: 'web', subset: 'v1' } }] }], ...more },
  })
const defines = (more: JsonRecord = {}, at = 'shop') =>
  object('DestinationRule', 'web', {
    namespace: at,
    spec: { host: 'web.shop.svc.cluster.local', subsets: [{ name: 'v1', labels: { version: 'v1' } }], ...more },
  })
const kept = defines({ exportTo: ['.'] })
const of = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(code, { ...more, objects: [...known, server, ...objects] })
const hidden = ['warning subset-hidden-from-clients /spec/http/0/route/0/destination/subset (export)']

describe('subsets that clients of other namespaces are sent to', () => {
  it('are hidden from them by who defines them', () => {
    expect(of([client, routes(), kept])).toEqual(hidden)
    expect(of([client, routes(), defines()])).toEqual([])
    expect(of([client, routes(), defines({ exportTo: ['.', 'far'] })])).toEqual([])
    expect(of([client, routes(), kept, defines({}, 'istio-system')])).toEqual([])
    expect(of([client, routes()])).toEqual([])
    const settings = { config: { defaultDestinationRuleExportTo: ['.'] } }
    expect(of([client, routes(), defines()], { settings })).toEqual(hidden)
    const [found] = findingsOf({ objects: [...known, server, client, routes(), kept] }).filter((each) =>
      code.test(each.code),
    )
    expect(found).toMatchObject({ aliases: ['KIA1107'], params: { namespace: 'far', host: 'web', subset: 'v1' } })
  })
  it('are no concern of who does not see the rule, or the service', () => {
    expect(of([routes(), kept])).toEqual([])
    expect(of([pod('client', 'far'), routes(), kept])).toEqual([])
    expect(of([pod('client', 'far', { by: 'default', phase: 'Succeeded' }), routes(), kept])).toEqual([])
    const proxy = pod('client', 'far', { by: 'default', spec: { containers: [{ name: 'istio-proxy' }] } })
    expect(of([proxy, routes(), kept])).toEqual([])
    expect(of([client, routes({ exportTo: ['.'] }), kept])).toEqual([])
    expect(of([client, routes({ gateways: ['edge'] }), kept])).toEqual([])
    const limit = object('Sidecar', 'default', { namespace: 'far', spec: { egress: [{ hosts: ['./*'] }] } })
    expect(of([client, routes(), kept, limit])).toEqual([])
    expect(
      of([client, routes(), kept, { ...limit, metadata: { ...limit.metadata, namespace: 'istio-system' } }]),
    ).toEqual([])
    expect(of([client, routes(), kept], { settings: { config: { defaultServiceExportTo: ['.'] } } })).toEqual([])
    const ofRules = { config: { defaultVirtualServiceExportTo: ['.'] } }
    expect(of([client, routes(), kept], { settings: ofRules })).toEqual([])
    expect(of([client, routes({ exportTo: ['far'] }), kept], { settings: ofRules })).toEqual(hidden)
    expect(of([client, routes(), kept], { unread: ['east'] })).toEqual([])
  })
  it('are hidden from some of them', () => {
    const other = pod('client', 'near', { by: 'default' })
    const limit = object('Sidecar', 'default', { namespace: 'far', spec: { egress: [{ hosts: ['./*'] }] } })
    expect(of([client, other, routes(), defines({ exportTo: ['.', 'far'] })])).toEqual(hidden)
    expect(of([client, other, routes(), kept, limit])).toEqual(hidden)
    expect(of([client, other, routes({ exportTo: ['.', 'far'] }), defines({ exportTo: ['.', 'far'] })])).toEqual([])
  })
  it('are those of Services that tell who sees them', () => {
    const seen = (exportTo: string) => ({
      ...service('api', 'shop'),
      metadata: { name: 'api', namespace: 'shop', annotations: { 'networking.istio.io/exportTo': exportTo } },
    })
    const host = 'api.shop.svc.cluster.local'
    const toApi = routes({ hosts: ['api'], http: [{ route: [{ destination: { host, subset: 'v1' } }] }] })
    const rule = defines({ host, exportTo: ['.'] })
    expect(of([client, seen('.'), toApi, rule])).toEqual([])
    expect(of([client, seen('.,far'), toApi, rule])).toEqual(hidden)
    const settings = { config: { defaultServiceExportTo: ['.'] } }
    expect(of([client, seen('*'), toApi, rule], { settings })).toEqual(hidden)
  })
  it('are named', () => {
    const to = (destination: JsonRecord) => routes({ http: [{ route: [{ destination }] }] })
    expect(of([client, to({ host: 'web' }), kept])).toEqual([])
    expect(of([client, to({ host: 'web', subset: '' }), kept])).toEqual([])
    expect(of([client, to({ host: 'web', subset: 'v2' }), kept])).toEqual([])
  })
})
