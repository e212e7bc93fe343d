import { chance } from './hash.ts'
import type { Families } from './http-series.ts'
import type { PodFacts } from './pod-facts.ts'
import { targetLabels } from './request-labels.ts'
import { tideOf } from './tide.ts'

const MiB = 1024 * 1024

/** What a proxy tells of itself, and of being there at all. */
export function proxyFamilies(pod: PodFacts): Families {
  const { proxy } = pod
  if (proxy === undefined) return {}
  const labels = () => targetLabels(pod)
  return {
    istio_build: () => [
      { name: 'istio_build', labels: { ...labels(), component: 'proxy', tag: proxy.version }, at: () => 1 },
    ],
    up: () => [{ name: 'up', labels: labels(), at: () => 1 }],
  }
}

/** What the kubelet of its node tells of a Pod's containers (cAdvisor), whether it has a proxy or not. */
export function containerFamilies(pod: PodFacts, began: number): Families {
  const { namespace, name, node, containers } = pod
  const tide = tideOf(`${namespace}/${pod.workload}`)
  const each = (metric: string, value: (container: string) => (t: number) => number) => () =>
    containers.map(({ name: container, image }) => ({
      name: metric,
      labels: { namespace, pod: name, container, image, instance: node, node, job: 'kubernetes-cadvisor' },
      at: value(container),
    }))
  return {
    container_cpu_usage_seconds_total: each('container_cpu_usage_seconds_total', (container) => {
      const cores = (container === 'istio-proxy' ? 0.006 : 0.04) * (0.5 + chance(`cpu ${name} ${container}`))
      const before = tide.until(began)
      return (t) => cores * (tide.until(t) - before)
    }),
    container_memory_working_set_bytes: each('container_memory_working_set_bytes', (container) => {
      const bytes = (container === 'istio-proxy' ? 48 : 140) * MiB * (0.8 + 0.4 * chance(`memory ${name} ${container}`))
      return (t) => Math.round(bytes * (0.9 + 0.1 * tide.height(t)))
    }),
  }
}
