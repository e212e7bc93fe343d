import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { account, namespace, service, workload, type WorkloadOptions } from './objects.ts'

const IMAGES = 'registry.example/shop'

type Part = Pick<WorkloadOptions, 'name' | 'kind' | 'replicas' | 'port' | 'podLabels'>

/** The parts of an online shop, by team namespace. */
const TEAMS: Record<string, Part[]> = {
  'shop-web': [
    { name: 'storefront', replicas: 3, port: 8080 },
    { name: 'admin-console', replicas: 1, port: 8080 },
    { name: 'session-cache', kind: 'StatefulSet', replicas: 2, port: 6379 },
  ],
  'shop-catalog': [
    { name: 'catalog', replicas: 2, port: 8080 },
    { name: 'search', replicas: 2, port: 9200 },
    { name: 'recommendations', replicas: 1, port: 8080 },
  ],
  'shop-orders': [
    { name: 'cart', replicas: 2, port: 8080 },
    { name: 'orders', replicas: 2, port: 8080 },
    { name: 'orders-db', kind: 'StatefulSet', replicas: 1, port: 5432 },
    { name: 'shipping', replicas: 1, port: 8080 },
  ],
  'shop-payment': [
    { name: 'payment', replicas: 2, port: 8443 },
    { name: 'fraud-check', replicas: 1, port: 8080, podLabels: { 'sidecar.istio.io/inject': 'false' } },
  ],
  'shop-ops': [{ name: 'log-shipper', kind: 'DaemonSet', port: 8080 }],
}

function team(place: string, parts: Part[], more: Record<string, string>): KubernetesObject[] {
  const labels = { 'shop.example/team': place.replace('shop-', ''), ...more }
  const objects = parts.flatMap((part) => [
    account(place, part.name),
    workload({ namespace: place, image: `${IMAGES}/${part.name}:2.4.1`, account: part.name, ...part }),
    service({
      namespace: place,
      name: part.name,
      port: part.port ?? 8080,
      portName: part.port === 5432 ? 'tcp-postgres' : 'http',
    }),
  ])
  return [namespace(place, labels), ...objects]
}

/** Some teams of the shop, or all of them; the labels are those of their namespaces. */
export function onlineShop(
  places: readonly string[] = Object.keys(TEAMS),
  labels: Record<string, string> = {},
): KubernetesObject[] {
  return places.flatMap((place) => team(place, TEAMS[place] ?? [], labels))
}

/** A release that never comes up, as every cluster has one. */
export function brokenRelease(): KubernetesObject[] {
  const options = {
    namespace: 'shop-catalog',
    name: 'pricing',
    image: 'registry.invalid/shop/pricing:3.0.0-rc1',
    port: 8080,
  }
  return [workload(options), service({ namespace: 'shop-catalog', name: 'pricing', port: 8080 })]
}
