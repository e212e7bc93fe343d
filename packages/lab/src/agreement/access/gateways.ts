import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { make, makeKubernetesGateway } from '../draft.ts'
import { frontGateway, type GatewayPod, ingress, ingressGateway } from '../proxies/gateways.ts'
import { add, type App, type Platform } from '../proxies/platform.ts'
import { type At, authorizationPolicy, requestAuthentication } from './policies.ts'

/** A server that calls arrive at. */
export type Door = {
  readonly pod: GatewayPod
  readonly gateway: ObjectRef
  readonly port: number
  /** What is spoken, once TLS has ended here where it does. */
  readonly protocol: 'http' | 'tcp'
  /** TLS begins at the client. */
  readonly tls: boolean
}

const host = 'shop.example.com'

const edgePorts = [
  { number: 80, target: 8080, name: 'http2', protocol: 'http' },
  { number: 443, target: 8443, name: 'https', protocol: 'tls' },
  { number: 9000, target: 9000, name: 'tcp', protocol: 'tcp' },
  { number: 9443, target: 9443, name: 'tls', protocol: 'tls' },
] satisfies Parameters<typeof ingressGateway>[1]

const refTo = (group: string, namespace: string, name: string): ObjectRef => ({
  cluster: 'default',
  group,
  version: 'v1',
  kind: 'Gateway',
  namespace,
  name,
})

const destination = (to: App): JsonRecord => ({
  host: `${to.name}.${to.namespace}.svc.cluster.local`,
  port: { number: to.ports[0]?.number ?? 80 },
})

/** Istio's own gateway with servers of all kinds of TLS, rules for them, and policies of its own. */
export function edge(made: Platform, to: App): readonly Door[] {
  const { random } = made
  const trusting = { 'proxy.istio.io/config': '{ gatewayTopology: { numTrustedProxies: 2 } }' }
  const pod = ingressGateway(made, edgePorts, random.chance(0.15) ? trusting : {})
  const names = random.chance(0.2) && { subjectAltNames: ['spiffe://cluster.local/ns/shop/sa/web'] }
  const https = random.pick(['SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'])
  const tls = random.pick(['SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL', 'PASSTHROUGH'])
  const settings = (mode: string): JsonRecord => ({
    mode,
    ...(mode !== 'PASSTHROUGH' && mode !== 'ISTIO_MUTUAL' && { credentialName: 'edge' }),
    ...(mode.endsWith('MUTUAL') && names),
  })
  const route = [{ destination: destination(to) }]
  add(
    made,
    make('Gateway', 'edge', {
      namespace: 'istio-system',
      spec: {
        selector: ingress,
        servers: [
          { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] },
          { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: [host], tls: settings(https) },
          { port: { number: 9000, name: 'tcp', protocol: 'TCP' }, hosts: ['*'] },
          { port: { number: 9443, name: 'tls', protocol: 'TLS' }, hosts: [host], tls: settings(tls) },
        ],
      },
    }),
    make('VirtualService', 'edge', {
      namespace: 'istio-system',
      spec: {
        hosts: [host],
        gateways: ['edge'],
        http: [{ route }],
        tcp: [{ route }],
        tls: [{ match: [{ sniHosts: [host] }], route }],
      },
    }),
  )
  const selector = { selector: { matchLabels: ingress } }
  judged(made, 'edge', { namespace: 'istio-system', attachment: random.chance(0.85) ? selector : {} })
  const door = { pod, gateway: refTo('networking.istio.io', 'istio-system', 'edge') }
  return [
    { ...door, port: 80, protocol: 'http', tls: false },
    { ...door, port: 443, protocol: 'http', tls: true },
    { ...door, port: 9000, protocol: 'tcp', tls: false },
    { ...door, port: 9443, protocol: 'tcp', tls: true },
  ]
}

const gatewayGroup = 'gateway.networking.k8s.io'

/** A gateway of the Gateway API, with policies that name it. */
export function front(made: Platform, to: App): readonly Door[] {
  const { random, namespaces } = made
  const [namespace] = namespaces
  const pod = frontGateway(made, [
    { number: 80, target: 80, name: 'http', protocol: 'http' },
    { number: 8443, target: 8443, name: 'https', protocol: 'tls' },
    { number: 9000, target: 9000, name: 'tcp', protocol: 'tcp' },
  ])
  const tls = { options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } }
  const backendRefs = [{ name: to.name, port: to.ports[0]?.number ?? 80 }]
  add(
    made,
    makeKubernetesGateway('front', {
      namespace,
      spec: {
        gatewayClassName: 'istio',
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP' },
          { name: 'https', port: 8443, protocol: 'HTTPS', tls },
          { name: 'tcp', port: 9000, protocol: 'TCP' },
        ],
      },
    }),
    make('HTTPRoute', 'front', { namespace, spec: { parentRefs: [{ name: 'front' }], rules: [{ backendRefs }] } }),
    make('TCPRoute', 'front', {
      namespace,
      spec: { parentRefs: [{ name: 'front', sectionName: 'tcp' }], rules: [{ backendRefs }] },
    }),
  )
  const attachment = random.pick<JsonRecord>([
    { targetRefs: [{ group: gatewayGroup, kind: 'Gateway', name: 'front' }] },
    { targetRefs: [{ group: gatewayGroup, kind: 'Gateway', name: random.pick(['other', 'front']) }] },
    { selector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'front' } } },
    {},
  ])
  judged(made, 'front', { namespace: random.chance(0.9) ? namespace : 'istio-system', attachment })
  const door = { pod, gateway: refTo(gatewayGroup, namespace, 'front') }
  return [
    { ...door, port: 80, protocol: 'http', tls: false },
    { ...door, port: 8443, protocol: 'http', tls: true },
    { ...door, port: 9000, protocol: 'tcp', tls: false },
  ]
}

function judged(made: Platform, name: string, at: At): void {
  const { random, ambient } = made
  // What a gateway lets pass is what waypoints and ztunnels behind it are asked about.
  if (ambient.size > 0 && random.chance(0.6)) return
  for (let each = random.below(3); each > 0; each--) authorizationPolicy(made, `${name}-${each}`, at)
  if (random.chance(0.4)) requestAuthentication(made, `${name}-tokens`, at)
}

/** A call from outside that comes to a workload by a gateway. */
export function byDoor(made: Platform, door: Door, call: AccessCall): AccessCall {
  const { random } = made
  const { sni: _sni, remoteIp: _remoteIp, ...rest } = call
  const forwarded = random.pick([
    '',
    '198.51.100.7',
    '203.0.113.5, 198.51.100.7',
    '203.0.113.5,10.244.0.4,198.51.100.7',
  ])
  const isHttp = call.protocol === 'http'
  return {
    ...rest,
    from: {
      kind: 'identity',
      principal: `${random.pick(['cluster.local', 'old.example.com'])}/ns/shop/sa/${random.pick(['web', 'api'])}`,
      ip: random.pick(['10.244.3.3', '203.0.113.5', '198.51.100.7']),
    },
    through: { ref: door.gateway, port: door.port },
    mtls: random.chance(door.tls ? 0.6 : 0.1),
    sni: door.tls ? host : '',
    ...(isHttp && { host }),
    ...(isHttp && forwarded !== '' && { headers: { ...call.headers, 'x-forwarded-for': forwarded } }),
  }
}
