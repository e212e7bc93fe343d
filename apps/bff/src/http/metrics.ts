import type { RequestHandler, Response } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Fleet } from '../kube/doors.ts'
import type { Observed } from '../prometheus/prometheus.ts'

export type Metrics = {
  /** Times every request; its operation is what `name` was told of it. */
  readonly time: RequestHandler
  name(res: Response, operation: string): void
  /** A query was put to a Prometheus. */
  queried: (of: Observed) => void
  readonly expose: RequestHandler
}

export type Watched = { fleet: Fleet; mirrored: () => Iterable<MirrorSize>; sessions: () => number }
type MirrorSize = { cluster: string; kind: string; objects: number }

/** The process's own numbers, in a registry of their own so that two servers in one process do not meet. */
export function createMetrics(watched: Watched): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const operations = new WeakMap<Response, string>()
  const duration = new Histogram({
    name: 'orbweaver_http_request_duration_seconds',
    help: 'Time to answer a request, by operation of the contract',
    labelNames: ['operation', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const queries = new Histogram({
    name: 'orbweaver_prometheus_query_duration_seconds',
    help: 'Time until a Prometheus answered, by the cluster that names it, and whether it did',
    labelNames: ['cluster', 'outcome'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  addFleetGauges(registry, watched)

  return {
    time(req, res, next) {
      const startedAt = performance.now()
      res.once('close', () => {
        const operation = operations.get(res) ?? 'other'
        const labels = { operation, method: knownMethod(req.method), status: String(res.statusCode) }
        // A stream's length is how long somebody looked, not how long we took.
        if (operation !== 'events.watch') duration.observe(labels, (performance.now() - startedAt) / 1000)
      })
      next()
    },
    name: (res, operation) => void operations.set(res, operation),
    queried: ({ cluster, outcome, seconds }) => queries.observe({ cluster, outcome }, seconds),
    expose(_req, res, next) {
      registry.metrics().then((text) => {
        res.setHeader('content-type', registry.contentType)
        res.end(text)
      }, next)
    },
  }
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

function knownMethod(method: string): string {
  return methods.has(method) ? method : 'OTHER'
}

function addFleetGauges(registry: Registry, { fleet, mirrored, sessions }: Watched): void {
  const registers = [registry]
  const doors = () => [fleet.hub, ...fleet.all()]
  new Gauge({
    name: 'orbweaver_mirror_objects',
    help: 'Objects kept of each cluster, by kind',
    labelNames: ['cluster', 'kind'],
    registers,
    collect() {
      this.reset()
      for (const { cluster, kind, objects } of mirrored()) this.set({ cluster, kind }, objects)
    },
  })
  new Gauge({
    name: 'orbweaver_cluster_state',
    help: '1 for the state each cluster is in',
    labelNames: ['cluster', 'state'],
    registers,
    collect() {
      this.reset()
      for (const door of doors()) this.set({ cluster: door.name, state: door.mirror.truth().state }, 1)
    },
  })
  new Gauge({
    name: 'orbweaver_cluster_age_seconds',
    help: 'Time since what is shown of each cluster was last known to be true',
    labelNames: ['cluster'],
    registers,
    collect() {
      this.reset()
      for (const door of doors()) {
        const { asOf } = door.mirror.truth()
        if (asOf !== undefined) this.set({ cluster: door.name }, (Date.now() - Date.parse(asOf)) / 1000)
      }
    },
  })
  new Gauge({
    name: 'orbweaver_sessions',
    help: 'Sessions known to this replica',
    registers,
    collect() {
      this.set(sessions())
    },
  })
}
