import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioObject, NETWORKING, SECURITY } from './objects.ts'

type At = { namespace: string; name: string }

const networking = (kind: string, at: At, spec: JsonRecord): KubernetesObject =>
  istioObject({ apiVersion: NETWORKING, kind }, at, spec)
const security = (kind: string, at: At, spec: JsonRecord): KubernetesObject =>
  istioObject({ apiVersion: SECURITY, kind }, at, spec)

const to = (host: string, more: JsonRecord = {}): JsonRecord => ({ destination: { host, ...more } })

/** Rules of the shop that do what they should. */
export function retailRules(): KubernetesObject[] {
  return [...entrance(), ...canary(), ...trust()]
}

function entrance(): KubernetesObject[] {
  return [
    networking(
      'Gateway',
      { namespace: 'istio-ingress', name: 'shop' },
      {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            hosts: ['shop.example', '*.shop.example'],
            tls: { mode: 'SIMPLE', credentialName: 'shop-example-tls' },
          },
        ],
      },
    ),
    networking(
      'VirtualService',
      { namespace: 'shop-web', name: 'storefront' },
      {
        hosts: ['shop.example'],
        gateways: ['istio-ingress/shop'],
        http: [
          {
            match: [{ uri: { prefix: '/api/catalog' } }],
            rewrite: { uri: '/' },
            route: [to('catalog.shop-catalog.svc.cluster.local')],
          },
          { timeout: '10s', route: [to('storefront')] },
        ],
      },
    ),
  ]
}

/** A tenth of the catalog's requests go to its next release. */
function canary(): KubernetesObject[] {
  const at = { namespace: 'shop-catalog', name: 'catalog' }
  const subsets = ['v1', 'v2'].map((version) => ({ name: version, labels: { version } }))
  const shares = [
    { ...to('catalog', { subset: 'v1' }), weight: 90 },
    { ...to('catalog', { subset: 'v2' }), weight: 10 },
  ]
  return [
    networking('VirtualService', at, { hosts: ['catalog'], http: [{ route: shares }] }),
    networking('DestinationRule', at, {
      host: 'catalog',
      trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, interval: '10s' } },
      subsets,
    }),
  ]
}

function trust(): KubernetesObject[] {
  const storefront = 'cluster.local/ns/shop-web/sa/storefront'
  return [
    security('PeerAuthentication', { namespace: 'istio-system', name: 'default' }, { mtls: { mode: 'STRICT' } }),
    security(
      'AuthorizationPolicy',
      { namespace: 'shop-orders', name: 'cart-from-storefront' },
      {
        selector: { matchLabels: { app: 'cart' } },
        action: 'ALLOW',
        rules: [{ from: [{ source: { principals: [storefront] } }] }],
      },
    ),
  ]
}

/** Three mistakes that Istio accepts: a subset nobody defines, a policy that denies all, a gateway without Pods. */
export function retailMistakes(): KubernetesObject[] {
  return [
    networking(
      'VirtualService',
      { namespace: 'shop-catalog', name: 'search' },
      { hosts: ['search'], http: [{ route: [to('search', { subset: 'next' })] }] },
    ),
    security(
      'AuthorizationPolicy',
      { namespace: 'shop-orders', name: 'shipping-lockdown' },
      { selector: { matchLabels: { app: 'shipping' } }, action: 'ALLOW' },
    ),
    networking(
      'Gateway',
      { namespace: 'shop-web', name: 'partners' },
      {
        selector: { istio: 'partner-gateway' },
        servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['partners.shop.example'] }],
      },
    ),
  ]
}

/** Three more: a host that is not there, a gateway that is not there, a subset without Pods. */
export function bookinfoMistakes(): KubernetesObject[] {
  const namespace = 'bookinfo'
  return [
    networking(
      'VirtualService',
      { namespace, name: 'ratings' },
      { hosts: ['ratings'], http: [{ mirror: { host: 'ratings-next' }, route: [to('ratings')] }] },
    ),
    networking(
      'VirtualService',
      { namespace, name: 'bookinfo-mobile' },
      {
        hosts: ['m.bookinfo.edge.example'],
        gateways: ['istio-ingress/mobile'],
        http: [{ route: [to('productpage', { port: { number: 9080 } })] }],
      },
    ),
    networking(
      'DestinationRule',
      { namespace, name: 'details' },
      { host: 'details', subsets: [{ name: 'v2', labels: { version: 'v2' } }] },
    ),
  ]
}
