import type { JsonRecord } from '@orbweaver/contracts/json'
import { make } from '../draft.ts'
import { waypointLabels } from '../proxies/bindings.ts'
import { type GatewayPod, ingress, ingressGateway } from '../proxies/gateways.ts'
import { add, type Platform } from '../proxies/platform.ts'
import { virtualService } from './rules.ts'

/** What lies outside, and Istio's own gateway at the edge. */

const outsideHosts = ['api.example.com', 'www.example.com', '*.example.com', 'ledger.internal'] satisfies [
  string,
  ...string[],
]

export function serviceEntry(made: Platform, namespace: string): void {
  const { random } = made
  const host = random.pick(outsideHosts)
  const resolution = host.startsWith('*') ? 'NONE' : random.pick(['DNS', 'STATIC', 'NONE'])
  const ports = [
    { number: 80, name: 'http', protocol: 'HTTP' },
    { number: 443, name: 'tls', protocol: random.pick(['TLS', 'HTTPS']) },
    { number: 9000, name: 'tcp', protocol: 'TCP' },
  ].filter(() => random.chance(0.7))
  const addresses = resolution !== 'DNS' && random.chance(0.5) ? [random.pick(['192.0.2.10', '192.0.2.11'])] : []
  add(
    made,
    make('ServiceEntry', `entry-${random.below(5)}`, {
      namespace,
      spec: {
        hosts: [host],
        location: random.pick(['MESH_EXTERNAL', 'MESH_INTERNAL']),
        resolution,
        ports: ports.length > 0 ? ports : [{ number: 80, name: 'http', protocol: 'HTTP' }],
        ...(addresses.length > 0 && { addresses }),
        ...(resolution === 'STATIC' && endpointsOf(made)),
        ...(random.chance(0.1) && { exportTo: ['.'] }),
      },
      ...(made.ambient.size > 0 && inAmbient(made, host, addresses.length === 0 && resolution !== 'NONE')),
    }),
  )
  if (random.chance(0.4))
    virtualService(made, { name: `out-${random.below(9)}`, namespace, hosts: [host], gateways: [] })
}

/** Some name a waypoint; istiod's controller gives an address to who has none. */
const inAmbient = (made: Platform, host: string, isGiven: boolean): JsonRecord => ({
  ...(made.random.chance(0.3) && { labels: waypointLabels(made.random, made.namespaces) }),
  ...(isGiven && { status: { addresses: [{ host, value: `240.240.0.${made.nextAddress++}` }] } }),
})

/**
 * Written down, or Pods and machines by their labels. Of other clusters only istiod itself selects Pods, and not the server
 * that stands for it in pilot/test/xds/fake.go.
 */
function endpointsOf({ random, spread }: Platform): JsonRecord {
  if (random.chance(0.5)) {
    return { endpoints: [{ address: '198.51.100.4' }, { address: '198.51.100.5', ports: { http: 8888 } }] }
  }
  const labels = random.pick<JsonRecord>([{ app: 'web' }, { app: 'vm' }, { version: 'v1' }])
  return { workloadSelector: { labels: spread ? { app: 'vm' } : labels } }
}

/** Machines that are no Pods. */
export function machine(made: Platform, namespace: string): void {
  const { random } = made
  const name = `vm-${random.below(3)}`
  add(
    made,
    make('WorkloadEntry', name, {
      namespace,
      spec: {
        address: `198.51.100.${made.nextAddress++}`,
        labels: { app: random.pick(['vm', 'web']), version: random.pick(['v1', 'v2']) },
        serviceAccount: 'vm',
        ...(random.chance(0.3) && { ports: { http: 8000 } }),
      },
    }),
  )
}

const edgePorts = [
  { number: 80, target: 8080, name: 'http2', protocol: 'http' },
  { number: 443, target: 8443, name: 'https', protocol: 'tls' },
  { number: 9000, target: 9000, name: 'tcp', protocol: 'tcp' },
] satisfies Parameters<typeof ingressGateway>[1]

/** Istio's own gateway, and the Gateways and rules that it serves. */
export function edge(made: Platform): GatewayPod {
  const { random, namespaces } = made
  const pod = ingressGateway(made, edgePorts)
  for (const place of namespaces.filter(() => random.chance(0.8))) {
    const name = `edge-${place}`
    add(made, make('Gateway', name, { namespace: place, spec: { selector: ingress, servers: servers(made, place) } }))
    const host = random.pick(['shop.example.com', '*.example.com', 'pay.example.com', '*'])
    for (let each = 0; each < 1 + random.below(2); each++) {
      const gateways = [random.pick([name, `${place}/${name}`]), ...(random.chance(0.2) ? ['mesh'] : [])]
      virtualService(made, { name: `edge-${place}-${each}`, namespace: place, hosts: [host], gateways })
    }
  }
  return pod
}

function servers({ random }: Platform, place: string): JsonRecord[] {
  const host = random.pick(['shop.example.com', '*.example.com', '*', `${place}.example.com`, `${place}/*.example.com`])
  const all: JsonRecord[] = [
    {
      port: { number: 80, name: 'http', protocol: 'HTTP' },
      hosts: [host],
      ...(random.chance(0.15) && { tls: { httpsRedirect: true } }),
    },
    {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      hosts: [random.pick(['shop.example.com', '*.example.com'])],
      tls: { mode: 'SIMPLE', credentialName: 'edge-cert' },
    },
    {
      port: { number: 443, name: 'tls', protocol: 'TLS' },
      hosts: ['pass.example.com'],
      tls: { mode: 'PASSTHROUGH' },
    },
    { port: { number: 9000, name: 'tcp', protocol: 'TCP' }, hosts: ['*'] },
  ]
  return all.filter((_, index) => index === 0 || random.chance(0.5))
}
