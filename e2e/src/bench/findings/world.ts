import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Namespaces with three services each: workload, Pod, VirtualService, DestinationRule and two policies a service. */
export function findingsWorld(namespaces: number): KubernetesObject[] {
  return Array.from({ length: namespaces }, (_, index) => namespaceOf(`ns-${index}`)).flat()
}

function namespaceOf(namespace: string): KubernetesObject[] {
  const services = ['svc-0', 'svc-1', 'svc-2'].flatMap((app, index) =>
    serviceOf(namespace, app, `svc-${(index + 1) % 3}`),
  )
  const labels = { 'istio-injection': 'enabled' }
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }, ...services]
}

function serviceOf(namespace: string, app: string, other: string): KubernetesObject[] {
  const labels = { app, version: 'v1' }
  const container = { name: 'app', image: 'registry.example/app:1', ports: [{ containerPort: 8080 }] }
  const made = (apiVersion: string, kind: string, spec: KubernetesObject['spec']): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: { name: app, namespace, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec,
  })
  const to = { destination: { host: app, subset: 'v1' } }
  const pod = made('v1', 'Pod', { containers: [container, { name: 'istio-proxy', image: 'proxyv2:1.30.3' }] })
  return [
    made('v1', 'Service', { selector: { app }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
    made('apps/v1', 'Deployment', {
      replicas: 1,
      selector: { matchLabels: { app } },
      template: { metadata: { labels }, spec: { containers: [container] } },
    }),
    { ...pod, metadata: { ...pod.metadata, name: `${app}-1`, labels }, status: { phase: 'Running' } },
    made('networking.istio.io/v1', 'VirtualService', {
      hosts: [app],
      http: [
        {
          match: [{ uri: { prefix: '/a' } }],
          route: [
            { ...to, weight: 90 },
            { destination: { host: other, port: { number: 80 } }, weight: 10 },
          ],
        },
        { route: [to] },
      ],
    }),
    made('networking.istio.io/v1', 'DestinationRule', {
      host: app,
      trafficPolicy: { connectionPool: { tcp: { maxConnections: 10 } } },
      subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    }),
    made('security.istio.io/v1', 'AuthorizationPolicy', {
      selector: { matchLabels: { app } },
      rules: [{ from: [{ source: { namespaces: [namespace] } }], to: [{ operation: { methods: ['GET'] } }] }],
    }),
    made('security.istio.io/v1', 'PeerAuthentication', {
      selector: { matchLabels: { app } },
      mtls: { mode: 'STRICT' },
    }),
  ]
}
