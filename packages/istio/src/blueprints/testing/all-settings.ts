import type { JsonRecord } from '@orbweaver/contracts/json'

/** Every field of `settings` in deploy/crds/meshes.yaml that can stand beside the others, none at its default. */
export const allSettings: JsonRecord = {
  governance: {
    outboundTrafficPolicy: 'REGISTRY_ONLY',
    locality: { enabled: true, distribute: [{ from: 'cn-east/*', to: { 'cn-east/*': 80, 'cn-north/*': 20 } }] },
    retries: { attempts: 3, retryOn: ['connect-failure', '5xx'] },
  },
  system: {
    tracing: {
      enabled: true,
      sampling: 12.5,
      provider: { type: 'opentelemetry', service: 'tracing/collector.tracing.svc.cluster.local', port: 4317 },
    },
    accessLog: { enabled: true, encoding: 'JSON', format: '{"path":"%REQ(:PATH)%"}' },
    trustDomain: 'shop.example.com',
    trustDomainAliases: ['cluster.local'],
    meshId: 'shop-mesh',
  },
  sidecar: {
    injectByDefault: true,
    proxyResources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1500m', memory: '1Gi' } },
    proxyLogLevel: 'info',
    discoveryIsolation: true,
    holdApplicationUntilProxyStarts: true,
    terminationDrainDuration: '1m30s',
    exitOnZeroActiveConnections: true,
    minimumDrainDuration: '15s',
    imagePullPolicy: 'Always',
    imagePullSecrets: ['mirror'],
    lifecycle: { preStop: { exec: { command: ['sleep', '15'] } } },
  },
}
