import { createServer } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { pods, services } from '@orbweaver/kube/resources'
import type { Caches } from '@orbweaver/sandbox/actors/caches'
import { numberText } from '@orbweaver/sandbox/actors/prometheus/api-json'
import { createTraffic, type Now } from '@orbweaver/sandbox/actors/prometheus/traffic/traffic'

/** What proxies would tell if there were any: the synthetic telemetry of the sandbox, as text on a loopback port. */
export type Exporter = {
  readonly port: number
  /** Where it tells of a cluster. */
  readonly path: (cluster: string) => string
  readonly close: () => Promise<void>
}

const prefix = '/clusters/'

export const startExporter = async (clusters: ReadonlyMap<string, Caches>): Promise<Exporter> => {
  const traffic = createTraffic({
    clusters: () =>
      new Map(
        [...clusters].map(([name, caches]) => [
          name,
          { pods: caches.of(pods).list(), services: caches.of(services).list() },
        ]),
      ),
    now: () => Date.now(),
    beganAt: ({ created }) => created,
  })
  for (const [name, caches] of clusters) {
    caches.of(services).onChange(() => traffic.changed(name))
    caches.of(pods).onChange((pod) => traffic.changed(name, isThere(caches, pod) ? undefined : pod))
  }
  const server = createServer((request, response) => {
    const cluster = (request.url ?? '').replace(prefix, '')
    if (!clusters.has(cluster)) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(exposition(traffic.now(cluster)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    path: (cluster) => `${prefix}${cluster}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

const isThere = (caches: Caches, { metadata }: KubernetesObject): boolean =>
  caches.of(pods).get(metadata.namespace ?? '', metadata.name)?.metadata.uid === metadata.uid

/** Prometheus' text format. */
const exposition = (values: readonly Now[]): string =>
  [
    ...values.map(({ labels: { __name__: name = '', ...labels }, v }) => {
      const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
      return `${name}{${pairs.join(',')}} ${numberText(v)}`
    }),
    '',
  ].join('\n')
