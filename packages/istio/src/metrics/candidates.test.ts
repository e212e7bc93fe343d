import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { clusterView } from '../world/view.ts'
import { prometheusCandidates } from './candidates.ts'

type Parts = { labels?: Record<string, string>; ports?: { name?: string; port: number }[]; type?: string }
function service(
  at: string,
  { labels = {}, ports = [{ port: 9_090 }], type = 'ClusterIP' }: Parts = {},
): KubernetesObject {
  const [namespace = '', name = ''] = at.split('/')
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name, labels }, spec: { type, ports } }
}
const found = (...objects: KubernetesObject[]) =>
  prometheusCandidates(clusterView('east', objects)).map(({ namespace, name, port }) => `${namespace}/${name}:${port}`)
const product = (name: string) => ({ 'app.kubernetes.io/name': name })

test.each([
  ["Istio's addon", service('istio-system/prometheus'), 9_090],
  ["the community's chart", service('a/prometheus-server', { ports: [{ name: 'http', port: 80 }] }), 80],
  ['the operator', service('a/prometheus-operated', { ports: [{ name: 'web', port: 9_090 }] }), 9_090],
  [
    'a release of its stack',
    service('a/kube-prometheus-stack-prometheus', { ports: [{ name: 'reloader', port: 8_080 }, { port: 9_090 }] }),
    9_090,
  ],
  ['one by its label', service('a/metrics', { labels: product('prometheus') }), 9_090],
  ['a Thanos', service('a/thanos-query', { ports: [{ name: 'http', port: 10_902 }] }), 10_902],
])('%s is one', (_, object, port) => {
  expect(found(object)).toEqual([`${object.metadata.namespace}/${object.metadata.name}:${port}`])
})

test.each([
  ['its operator', service('a/prometheus-operator')],
  ['an exporter', service('a/prometheus-node-exporter', { labels: product('prometheus-node-exporter') })],
  ['an alias', service('a/prometheus', { type: 'ExternalName' })],
  ['another query', service('a/query', { labels: product('query'), ports: [{ port: 80 }] })],
  ['one without a port of it', service('a/prometheus', { ports: [{ name: 'grpc', port: 10_901 }] })],
  ['a shop', service('a/shop')],
])('%s is none', (_, object) => {
  expect(found(object)).toEqual([])
})

test('they are few, and those with the usual port come first', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    service(`team-${index + 10}/prometheus`, { ports: [{ name: 'web', port: 80 }] }),
  )
  const all = found(...many, service('z/prometheus'))
  expect([all.length, all[0], all[1]]).toEqual([10, 'z/prometheus:9090', 'team-10/prometheus:80'])
})
