import type { JsonRecord } from '@orbweaver/contracts/json'
import { make, makeKubernetesGateway } from '../draft.ts'
import type { Random } from '../random.ts'
import { add, type Platform, running, sliceOf } from './platform.ts'

/** A waypoint's Pod. */
type Waypoint = { readonly namespace: string; readonly name: string }

/** Waypoints of some namespaces, as istiod makes them for their Gateways. */
export function waypoints(made: Platform): readonly Waypoint[] {
  const { random } = made
  add(made, make('GatewayClass', 'istio-waypoint', { spec: { controllerName: 'istio.io/mesh-controller' } }))
  return made.namespaces
    .filter((namespace) => made.ambient.has(namespace) || random.chance(0.3))
    .flatMap((namespace) => {
      const names = ['waypoint', ...(random.chance(0.5) ? ['other'] : [])]
      return names.filter(() => random.chance(0.9)).map((name) => waypoint(made, namespace, name))
    })
}

const from = (random: Random): JsonRecord =>
  random.pick<JsonRecord>([
    {},
    { allowedRoutes: { namespaces: { from: 'Same' } } },
    { allowedRoutes: { namespaces: { from: 'All' } } },
    { allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } } } },
  ])

function waypoint(made: Platform, namespace: string, name: string): Waypoint {
  const { random } = made
  const labels = {
    'gateway.networking.k8s.io/gateway-name': name,
    'gateway.istio.io/managed': 'istio.io-mesh-controller',
  }
  const carries = random.pick([undefined, undefined, 'all', 'all', 'service', 'workload', 'none'])
  const isReady = random.chance(0.93)
  const address = `10.96.9.${made.nextAddress++}`
  const pod = make('Pod', `${name}-1`, {
    namespace,
    labels,
    spec: {
      nodeName: 'node-a',
      serviceAccountName: name,
      containers: [{ name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0', args: ['proxy', 'waypoint'] }],
    },
    status: running(`10.244.0.${made.nextAddress++}`),
  })
  const ports = [{ number: 15_008, target: 15_008, name: 'mesh', protocol: 'tcp' }] satisfies Parameters<
    typeof sliceOf
  >[0]['ports']
  add(
    made,
    makeKubernetesGateway(name, {
      namespace,
      ...(carries !== undefined && { labels: { 'istio.io/waypoint-for': carries } }),
      spec: {
        gatewayClassName: 'istio-waypoint',
        listeners: [{ name: 'mesh', port: 15_008, protocol: 'HBONE', ...from(random) }],
      },
      status: isReady ? { addresses: [{ type: 'Hostname', value: `${name}.${namespace}.svc.cluster.local` }] } : {},
    }),
    make('Service', name, {
      namespace,
      labels,
      spec: {
        clusterIP: address,
        selector: { 'gateway.networking.k8s.io/gateway-name': name },
        ports: [{ name: 'mesh', port: 15_008, targetPort: 15_008, protocol: 'TCP' }],
      },
    }),
    pod,
    sliceOf({ name, namespace, ports, pods: [pod] }),
  )
  return { namespace, name: pod.metadata.name }
}
