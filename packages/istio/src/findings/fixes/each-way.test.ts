import { expect, test } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, object, pod, service } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from './cases.ts'
import { shopCertificate } from './certificates.ts'

const rule = (kind: string, spec: JsonRecord, at = 'shop') => object(kind, 'rule', { namespace: at, spec })
const homes = [namespace('shop'), namespace('other')]
const elsewhere = service('reviews', 'other')
const live = (labels: Record<string, string>) => pod('live', 'shop', { labels: { app: 'reviews', ...labels } })
const virtual = (spec: JsonRecord) => rule('VirtualService', { hosts: ['reviews'], ...spec })
const to = (host: string, more: JsonRecord = {}) => ({ route: [{ destination: { host }, ...more }] })
const serviceOf = (port: JsonRecord) =>
  object('Service', 'reviews', {
    namespace: 'shop',
    spec: { selector: { app: 'reviews' }, ports: [{ port: 80, ...port }] },
  })
const gatewayRule = rule(
  'Gateway',
  { selector: {}, servers: [{ port: { number: 80, name: 'a', protocol: 'HTTP' }, hosts: ['reviews'] }] },
  'other',
)

const labels = { istio: 'ingressgateway' }
const edge = pod('edge-1', 'edge', { labels })
const edgeService = object('Service', 'edge', {
  namespace: 'edge',
  spec: { selector: labels, ports: [{ port: 443, targetPort: 'https', protocol: 'TCP' }] },
})
const certified = {
  ...object('Secret', 'shop', { namespace: 'edge' }),
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': btoa(shopCertificate), 'tls.key': btoa('key') },
}
const https = { number: 443, name: 'https', protocol: 'HTTPS' }
const tls = { mode: 'SIMPLE', credentialName: 'gone' }
const secured = rule(
  'Gateway',
  { selector: labels, servers: [{ port: https, hosts: ['shop.example.com'], tls }] },
  'edge',
)

/** Ways out that no test beside their judge carries out. */
test.each<[code: string, way: string, objects: KubernetesObject[]]>([
  [
    'destinationrule.export-nowhere',
    'not-there',
    [serviceOf({ name: 'http' }), live({}), rule('DestinationRule', { host: 'reviews', exportTo: ['.', 'gone'] })],
  ],
  ['destinationrule.host-not-found', 'full-name', [elsewhere, live({}), rule('DestinationRule', { host: 'reviews' })]],
  [
    'destinationrule.subset-of-others',
    'other-label',
    [
      serviceOf({ name: 'http' }),
      live({ 'app.kubernetes.io/version': 'v1' }),
      pod('another', 'shop', { labels: { app: 'another', version: 'v1' } }),
      rule('DestinationRule', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] }),
    ],
  ],
  ['gateway.credential-not-found', 'other-secret', [edge, edgeService, certified, secured]],
  ['virtualservice.host-not-found', 'full-name', [elsewhere, virtual({ http: [to('reviews')] })]],
  [
    'virtualservice.matched-gateway-not-found',
    'full-gateway',
    [
      gatewayRule,
      elsewhere,
      virtual({
        gateways: ['mesh', 'other/rule'],
        http: [{ match: [{ gateways: ['shop/rule'] }], ...to('reviews.other.svc.cluster.local') }],
      }),
    ],
  ],
  [
    'virtualservice.weight-ignored',
    'no-weight',
    [elsewhere, virtual({ http: [to('reviews.other.svc.cluster.local', { weight: 50 })] })],
  ],
  [
    'service.app-protocol',
    'say-http',
    [serviceOf({ name: 'web', appProtocol: 'web' }), live({}), virtual({ http: [to('reviews')] })],
  ],
  [
    'service.app-protocol',
    'say-tls',
    [
      serviceOf({ name: 'web', appProtocol: 'web' }),
      live({}),
      virtual({ tls: [{ match: [{ sniHosts: ['reviews'] }], ...to('reviews') }] }),
    ],
  ],
])('%s: %s is carried out, and holds', (code, way, objects) => {
  const all = [...homes, ...objects]
  const ways = findingsOf({ objects: all }).filter((each) => each.code === code)
  expect(ways.flatMap(({ fixes }) => fixes.map((fix) => fix.code))).toContain(way)
  expect(faultsOfFixes({ objects: all }).filter((each) => each.startsWith(`${code} ${way} `))).toEqual([])
})
