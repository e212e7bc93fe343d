import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioObject, NETWORKING, SECURITY } from './objects.ts'

const networking = (kind: string): { apiVersion: string; kind: string } => ({ apiVersion: NETWORKING, kind })
const security = (kind: string): { apiVersion: string; kind: string } => ({ apiVersion: SECURITY, kind })
const INGRESS = 'istio-ingress'
const BOOKINFO = 'bookinfo'
const CATALOG = 'shop-catalog'

/** Traffic rules of the external mesh: right ones, and a few with mistakes Istio accepts. */
export function trafficRules(): KubernetesObject[] {
  return [...bookinfoEntrance(), ...reviewsAndRatings(), ...catalogRules(), ...suppliers()]
}

const to = (
  host: string,
  subset?: string,
  weight?: number,
): { destination: { host: string; subset?: string }; weight?: number } => ({
  destination: subset === undefined ? { host } : { host, subset },
  ...(weight === undefined ? {} : { weight }),
})

const subsets = ['v1', 'v2', 'v3'].map((version) => ({ name: version, labels: { version } }))

/** A gateway for the world, and Bookinfo behind it. */
export function bookinfoEntrance(): KubernetesObject[] {
  return [
    istioObject(
      networking('Gateway'),
      { namespace: INGRESS, name: 'public' },
      {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            hosts: ['bookinfo.edge.example', '*.shop.edge.example'],
            tls: { mode: 'SIMPLE', credentialName: 'edge-example-tls' },
          },
          { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'], tls: { httpsRedirect: true } },
        ],
      },
    ),
    istioObject(
      networking('VirtualService'),
      { namespace: BOOKINFO, name: 'bookinfo' },
      {
        hosts: ['bookinfo.edge.example'],
        gateways: [`${INGRESS}/public`],
        http: [
          {
            match: [
              { uri: { exact: '/productpage' } },
              { uri: { prefix: '/static' } },
              { uri: { prefix: '/api/v1/products' } },
            ],
            route: [{ destination: { host: 'productpage', port: { number: 9080 } } }],
          },
        ],
      },
    ),
  ]
}

function reviewsAndRatings(): KubernetesObject[] {
  return [
    istioObject(
      networking('VirtualService'),
      { namespace: BOOKINFO, name: 'reviews' },
      {
        hosts: ['reviews'],
        http: [
          { name: 'testers', match: [{ headers: { 'end-user': { exact: 'jason' } } }], route: [to('reviews', 'v2')] },
          { name: 'canary', route: [to('reviews', 'v1', 90), to('reviews', 'v3', 10)] },
        ],
      },
    ),
    istioObject(
      networking('DestinationRule'),
      { namespace: BOOKINFO, name: 'reviews' },
      {
        host: 'reviews',
        trafficPolicy: {
          connectionPool: { http: { http2MaxRequests: 500 } },
          outlierDetection: { consecutive5xxErrors: 5 },
        },
        subsets,
      },
    ),
    istioObject(
      networking('VirtualService'),
      { namespace: BOOKINFO, name: 'ratings' },
      {
        hosts: ['ratings'],
        http: [
          {
            fault: { delay: { percentage: { value: 5 }, fixedDelay: '3s' } },
            timeout: '5s',
            retries: { attempts: 2, perTryTimeout: '2s', retryOn: 'gateway-error,connect-failure' },
            route: [to('ratings', 'v2')],
          },
        ],
      },
    ),
    istioObject(
      networking('DestinationRule'),
      { namespace: BOOKINFO, name: 'ratings' },
      {
        host: 'ratings',
        subsets: [{ name: 'v1', labels: { version: 'v1' } }],
      },
    ),
  ]
}

function catalogRules(): KubernetesObject[] {
  return [
    istioObject(
      networking('VirtualService'),
      { namespace: CATALOG, name: 'search' },
      {
        hosts: ['search'],
        http: [{ mirror: { host: 'search-next' }, mirrorPercentage: { value: 10 }, route: [to('search')] }],
      },
    ),
  ]
}

/** Services outside the mesh. */
export function suppliers(): KubernetesObject[] {
  return [
    istioObject(
      networking('ServiceEntry'),
      { namespace: CATALOG, name: 'supplier-api' },
      {
        hosts: ['api.supplier.example'],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        ports: [{ number: 443, name: 'https', protocol: 'TLS' }],
      },
    ),
    istioObject(
      networking('ServiceEntry'),
      { namespace: CATALOG, name: 'legacy-prices' },
      {
        hosts: ['prices.legacy.example'],
        location: 'MESH_EXTERNAL',
        resolution: 'STATIC',
        ports: [{ number: 8080, name: 'http', protocol: 'HTTP' }],
        endpoints: [{ address: '192.0.2.240' }],
      },
    ),
  ]
}

/** Security rules of the external mesh. */
export function securityRules(): KubernetesObject[] {
  return [
    istioObject(
      security('PeerAuthentication'),
      { namespace: 'istio-system', name: 'default' },
      { mtls: { mode: 'PERMISSIVE' } },
    ),
    istioObject(security('PeerAuthentication'), { namespace: BOOKINFO, name: 'default' }, { mtls: { mode: 'STRICT' } }),
    istioObject(
      security('RequestAuthentication'),
      { namespace: INGRESS, name: 'customers' },
      {
        selector: { matchLabels: { istio: 'ingressgateway' } },
        jwtRules: [
          { issuer: 'https://login.edge.example', jwksUri: 'https://login.edge.example/keys', audiences: ['shop'] },
        ],
      },
    ),
    istioObject(
      security('AuthorizationPolicy'),
      { namespace: BOOKINFO, name: 'ratings-from-reviews' },
      {
        selector: { matchLabels: { app: 'ratings' } },
        action: 'ALLOW',
        rules: [
          {
            from: [{ source: { principals: ['cluster.local/ns/bookinfo/sa/bookinfo-reviews'] } }],
            to: [{ operation: { methods: ['GET'] } }],
          },
        ],
      },
    ),
    istioObject(
      security('AuthorizationPolicy'),
      { namespace: INGRESS, name: 'no-admin-from-outside' },
      {
        selector: { matchLabels: { istio: 'ingressgateway' } },
        action: 'DENY',
        rules: [{ to: [{ operation: { paths: ['/admin/*'], ports: ['443'] } }] }],
      },
    ),
  ]
}
