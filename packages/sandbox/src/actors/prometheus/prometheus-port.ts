import type { Duplex } from 'node:stream'
import { listAt, numberAt } from '@orbweaver/contracts/json'
import { conditionOf, labelsOf } from '@orbweaver/contracts/kubernetes'
import { pods } from '@orbweaver/kube/resources'
import type { Caches } from '../caches.ts'
import { createPrometheus, type PrometheusOptions } from './api.ts'

/** What Prometheus' own chart calls its Pods. */
const name = { key: 'app.kubernetes.io/name', value: 'prometheus' }

export type PrometheusPorts = (
  pod: { namespace: string; name: string },
  port: number,
) => ((connection: Duplex) => void) | undefined

/** A cluster's Prometheus: every ready Pod of that name has the same series, and serves them at the port its container names. */
export function openPrometheus(caches: Caches, options: PrometheusOptions): PrometheusPorts {
  const server = createPrometheus(options)
  return (target, port) => {
    const pod = caches.of(pods).get(target.namespace, target.name)
    if (pod === undefined || labelsOf(pod)[name.key] !== name.value) return undefined
    if (conditionOf(pod, 'Ready')?.status !== 'True') return undefined
    const ports = listAt(pod, 'spec', 'containers').flatMap((each) => listAt(each, 'ports'))
    if (!ports.some((each) => numberAt(each, 'containerPort') === port)) return undefined
    return (connection) => void server.emit('connection', connection)
  }
}
