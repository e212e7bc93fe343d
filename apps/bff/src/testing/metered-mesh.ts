import { listAt, textAt } from '@orbweaver/contracts/json'
import { expect } from 'vitest'
import { type SignedInClient, signIn } from './call.ts'
import { bind, namespace, pod, register, role, startHub, startMember, type TestCluster } from './clusters.ts'
import { type Measured, startFakePrometheus } from './prometheus.ts'
import { atOnce, startTestServer } from './server.ts'

type Clusters = Record<'hub' | 'east' | 'west', TestCluster>

export const call = (of: { from: [cluster: string, namespace: string]; to: [cluster: string, namespace: string] }) => ({
  reporter: 'source',
  source_cluster: of.from[0],
  source_workload_namespace: of.from[1],
  source_workload: 'web',
  destination_cluster: of.to[0],
  destination_service: `api.${of.to[1]}.svc.cluster.local`,
  destination_service_name: 'api',
  destination_service_namespace: of.to[1],
})
const callee = (labels: Record<string, string>) => ({ ...labels, reporter: 'destination' })

const across = call({ from: ['east', 'shop'], to: ['west', 'pay'] })
const within = call({ from: ['east', 'shop'], to: ['east', 'shop'] })
const eastMeasured = (): Measured => ({
  container_cpu_usage_seconds_total: [
    { labels: { namespace: 'shop' }, value: 0.25 },
    { labels: { namespace: 'ops' }, value: 1 },
  ],
  container_memory_working_set_bytes: [{ labels: { namespace: 'shop' }, value: 1_000 }],
  istio_request_bytes_sum: [
    { labels: { reporter: 'source', source_cluster: 'east', source_workload_namespace: 'shop' }, value: 70 },
  ],
  istio_requests_total: [
    { labels: across, value: 4 },
    { labels: within, value: 2 },
    { labels: callee(within), value: 2 },
  ],
  errors: [{ labels: across, value: 1 }],
  istio_request_duration_milliseconds_sum: [{ labels: across, value: 400 }],
  istio_request_duration_milliseconds_count: [{ labels: across, value: 4 }],
})
const westMeasured = (): Measured => ({
  container_cpu_usage_seconds_total: [{ labels: { namespace: 'pay' }, value: 0.5 }],
  istio_requests_total: [{ labels: callee(across), value: 4 }],
  errors: [{ labels: callee(across), value: 1 }],
})

/** The mesh, as it is written in the hub. */
export const meteredMesh = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'west' }],
  },
}

const people = ['ada', 'nils', 'vi'] as const

function prepare({ hub, east, west }: Clusters): void {
  const lists = (group: string, ...resources: string[]) => [
    { apiGroups: [group], resources, verbs: ['get', 'list', 'watch'] },
  ]
  role(hub, 'fleet', lists('orbweaver.dev', 'fleetclusters', 'meshes'))
  for (const user of people) bind(hub, { user, role: 'fleet' })
  for (const cluster of [east, west]) {
    for (const name of ['shop', 'pay', 'ops']) cluster.store.put(namespace(name))
    role(cluster, 'reads', lists('', 'pods', 'services'))
    bind(cluster, { user: 'ada', role: 'reads' })
    bind(cluster, { user: 'nils', role: 'reads', inNamespace: 'shop' })
    cluster.store.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api', namespace: cluster === east ? 'shop' : 'pay' },
      spec: { ports: [{ port: 80 }] },
    })
  }
  east.store.put(pod('web', 'shop'))
  west.store.put(pod('api', 'pay'))
  hub.store.put(meteredMesh)
}

/** A mesh of two clusters, each with a Prometheus of its own, before the whole server; a person who sees all, some, or nothing. */
export async function startMeteredMesh() {
  const clusters = { hub: await startHub(), east: await startMember('east'), west: await startMember('west') }
  const fakes = { east: await startFakePrometheus(eastMeasured()), west: await startFakePrometheus(westMeasured()) }
  prepare(clusters)
  register(clusters.hub, clusters.east, { prometheus: { url: fakes.east.url } })
  register(clusters.hub, clusters.west, { prometheus: { url: `${fakes.west.url}/prom`, tenant: 'team-a' } })
  const server = await startTestServer({
    hub: clusters.hub.connection,
    personas: people.map((id) => ({ id, name: id, identity: { user: id, groups: [] } })),
  })
  return {
    clusters,
    fakes,
    signedIn: (persona: 'ada' | 'nils' | 'vi') => signIn(server.address, { mode: 'local', persona }),
    async close() {
      await server.stop(atOnce)
      await Promise.all([...Object.values(fakes), ...Object.values(clusters)].map((each) => each.close()))
    },
  }
}

export type MeteredMesh = Awaited<ReturnType<typeof startMeteredMesh>>

export const patient = { timeout: 15_000, interval: 100 }

export async function readMetrics(by: SignedInClient, path = ''): Promise<unknown> {
  const { status, body, text } = await by.read(`/api/v1/meshes/shop/metrics${path}`)
  expect(status, text).toBe(200)
  return body
}

/** Waits until both clusters were read: before that nobody sees anything in them. */
export async function settledMetrics(by: SignedInClient): Promise<unknown> {
  const statesOf = (body: unknown) => listAt(body, 'clusters').map((each) => textAt(each, 'state'))
  await expect.poll(async () => statesOf(await readMetrics(by)), patient).toEqual(['fresh', 'fresh'])
  return readMetrics(by)
}

export const sourceStates = (body: unknown) =>
  listAt(body, 'sources').map((each) => [textAt(each, 'cluster'), textAt(each, 'state')])
export const lastOf = (body: unknown, what: string) =>
  Object.fromEntries(
    listAt(body, what).map(
      (each) => [textAt(each, 'cluster') ?? '', listAt(each, 'points').findLast((point) => point !== null)] as const,
    ),
  )
