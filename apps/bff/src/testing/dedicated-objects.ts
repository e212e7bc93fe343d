import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A dedicated mesh `shop` in cluster `primary`, and the istiod of its one revision. */
export const meshObject: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop', generation: 1 },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'primary', namespace: 'istio-system' } },
}

export const revision = 'shop-v1-30-3'

export const istiod: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: `istiod-${revision}`,
    namespace: 'istio-system',
    labels: { app: 'istiod', 'istio.io/rev': revision },
  },
  spec: {
    selector: { matchLabels: { app: 'istiod' } },
    template: {
      metadata: { labels: { app: 'istiod' } },
      spec: { containers: [{ name: 'discovery', image: 'pilot:1.30.3' }] },
    },
  },
}
