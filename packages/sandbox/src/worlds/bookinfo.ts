import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { account, namespace, service, workload } from './objects.ts'

const IMAGES = 'registry.istio.io/release/examples-bookinfo'

/** Istio's well-known sample: four services, three versions of one of them. */
export function bookinfo(place: string, labels: Record<string, string> = {}): KubernetesObject[] {
  const app = (name: string, version: string, replicas = 1): KubernetesObject =>
    workload({
      namespace: place,
      name: `${name}-${version}`,
      app: name,
      version,
      image: `${IMAGES}-${name}-${version}:1.20.3`,
      port: 9080,
      replicas,
      account: `bookinfo-${name}`,
    })
  const services = ['productpage', 'details', 'ratings', 'reviews']
  return [
    namespace(place, labels),
    ...services.map((name) => account(place, `bookinfo-${name}`)),
    ...services.map((name) => service({ namespace: place, name, port: 9080 })),
    app('productpage', 'v1', 2),
    app('details', 'v1'),
    app('ratings', 'v1'),
    ...['v1', 'v2', 'v3'].map((version) => app('reviews', version)),
  ]
}
