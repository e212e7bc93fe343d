import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { labelled, make } from '../draft.ts'
import type { ProxyWorld } from '../../envoy/configuration.ts'
import type { Random } from '../random.ts'
import { type Platform, remoteCluster, running, unique } from './platform.ts'

/**
 * Objects of one cluster, whose Pods carry the label of their network, as the injector writes it; the control plane's
 * namespace has it too, where ambient's index reads it (pilot/pkg/serviceregistry/ambient/networks.go).
 */
function onNetwork(objects: readonly KubernetesObject[], network: string): readonly KubernetesObject[] {
  const label = { 'topology.istio.io/network': network }
  const has = ({ kind, metadata }: KubernetesObject) =>
    kind === 'Pod' || (kind === 'Namespace' && metadata.name === 'istio-system')
  return objects.map((each) => (has(each) ? labelled(each, label) : each))
}

/** The entrance of a network: what other networks dial; sometimes at a port of its own, or without an address yet. */
function entrance(random: Random, network: string): readonly KubernetesObject[] {
  const port = random.chance(0.2) ? 15_444 : 15_443
  const isOpen = random.chance(0.9)
  const ingress = ['198.51.100.201', '198.51.100.202'].slice(0, 1 + random.below(2)).map((ip) => ({ ip }))
  return [
    make('Service', 'istio-eastwestgateway', {
      namespace: 'istio-system',
      labels: {
        'topology.istio.io/network': network,
        ...(port !== 15_443 && { 'networking.istio.io/gatewayPort': `${port}` }),
      },
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.96.8.1',
        selector: { istio: 'eastwestgateway' },
        ports: [{ name: 'tls', port: isOpen ? port : 15_021, targetPort: 15_443, protocol: 'TCP' }],
      },
      status: { loadBalancer: random.chance(0.9) ? { ingress } : {} },
    }),
    make('Pod', 'istio-eastwestgateway-1', {
      namespace: 'istio-system',
      labels: { istio: 'eastwestgateway', 'topology.istio.io/network': network },
      annotations: { 'sidecar.istio.io/status': '{}' },
      spec: {
        serviceAccountName: 'istio-eastwestgateway',
        containers: [{ name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0', args: ['proxy', 'router'] }],
      },
      status: running(network === 'net-east' ? '10.244.8.1' : '10.244.9.1'),
    }),
  ]
}

/** Entrances pass TLS on to all services of their clusters. */
const passing = make('Gateway', 'cross-network-gateway', {
  namespace: 'istio-system',
  spec: {
    selector: { istio: 'eastwestgateway' },
    servers: [
      {
        port: { number: 15_443, name: 'tls', protocol: 'TLS' },
        hosts: ['*.local'],
        tls: { mode: 'AUTO_PASSTHROUGH' },
      },
    ],
  },
})

/** All clusters of a platform: of one network, or of two with their entrances. */
export function clustersOf(made: Platform): Pick<ProxyWorld, 'objects' | 'remotes'> {
  const objects = unique(made)
  if (!made.spread) return { objects }
  const west = remoteCluster(made)
  if (!made.networks) return { objects, remotes: { west } }
  const { random } = made
  return {
    objects: [passing, ...onNetwork(objects, 'net-east'), ...(random.chance(0.6) ? entrance(random, 'net-east') : [])],
    remotes: { west: [...onNetwork(west, 'net-west'), ...(random.chance(0.85) ? entrance(random, 'net-west') : [])] },
  }
}
