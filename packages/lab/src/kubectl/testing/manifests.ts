import { yamlStream } from '../../manifests.ts'

/** What the tests of kubectl apply: several kinds in one file, and kinds of Istio and Sail. */
const labels = { app: 'web' }

export const settings = (data: Readonly<Record<string, string>>): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', labels },
  data,
})

type Web = { image?: string; replicas?: number; env?: readonly string[] }

export const web = ({ image = 'registry.example/web:1', replicas = 2, env = ['A', 'B'] }: Web = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels },
  spec: {
    replicas,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          { name: 'main', image, env: env.map((name) => ({ name, value: '1' })), ports: [{ containerPort: 8080 }] },
        ],
      },
    },
  },
})

export const service: object = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', labels },
  spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
}

export const route = (hosts: readonly string[]): object => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web' },
  spec: { hosts, http: [{ route: [{ destination: { host: 'web' } }] }] },
})

export const yamlOf = (...objects: readonly object[]): string => yamlStream(objects)

export const application = (how: Web = {}): string => yamlOf(settings({ a: '1', b: '2' }), web(how), service)
