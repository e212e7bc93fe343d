import { at, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { bookinfo } from '../worlds/bookinfo.ts'
import { emptyWorld } from '../worlds/empty.ts'
import { helmIstio, ingressGateway } from '../worlds/helm-istio.ts'
import { namespace, service, workload } from '../worlds/objects.ts'
import { prometheus } from '../worlds/prometheus.ts'
import type { WorldCluster } from '../worlds/world.ts'
import { clientOf, eventually, eventuallyAll, startTestFleet } from './fleet-under-test.ts'

let fleet: Fleet
let client: KubeClient
let pod = ''
const PLACE = 'monitoring'

/** Two clusters of one mesh. Ratings are only in the second: the first calls them there. */
beforeAll(async () => {
  const members = await Promise.all(emptyWorld().members.slice(0, 2).map(filled))
  fleet = await startTestFleet(2, (world) => ({ ...world, members }))
  client = clientOf(fleet, 'member-1')
  pod = await prometheusOf(client)
}, 60_000)
afterAll(() => fleet.stop())

async function filled(cluster: WorldCluster): Promise<WorldCluster> {
  const [ground = []] = cluster.stages
  const global = { meshID: 'one', multiCluster: { clusterName: cluster.name } }
  const istio = await helmIstio({ version: 'v1.30.3', values: { global } })
  const all = bookinfo('bookinfo', { 'istio-injection': 'enabled' })
  const own = cluster.name === 'member-1' ? all.filter(({ metadata }) => metadata.name !== 'ratings-v1') : all
  const entrance = cluster.name === 'member-1' ? ingressGateway('istio-ingress') : []
  return {
    ...cluster,
    stages: [
      [...ground, ...istio, ...prometheus()],
      [...entrance, ...own, ...plain()],
    ],
  }
}

/** Without a proxy: telemetry knows nothing of it but its containers. */
function plain() {
  return [
    namespace('plain'),
    workload({ namespace: 'plain', name: 'storefront', image: 'registry.example/web:1', port: 8080 }),
    service({ namespace: 'plain', name: 'storefront', port: 8080 }),
  ]
}

async function prometheusOf(of: KubeClient): Promise<string> {
  const { items } = await of.list(kinds.pods, { namespace: PLACE })
  return items[0]?.metadata.name ?? ''
}

type Row = { labels: Record<string, string>; value: number }

async function asked(query: string, of = client, name = pod): Promise<Row[]> {
  const path = `/api/v1/query?query=${encodeURIComponent(query)}`
  const { status, body } = await of.getThroughPod({ namespace: PLACE, name }, { port: 9090, path })
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return listAt(body, 'data', 'result').map((each) => ({
    labels: stringsAt(each, 'metric'),
    value: Number(textAt(each, 'value', 1)),
  }))
}

test('callers and callees tell of the same requests, with all labels of Istio', async () => {
  const of = (reporter: string) =>
    asked(
      `sum by (source_workload, destination_workload) (rate(istio_requests_total{reporter="${reporter}",destination_service_namespace="bookinfo",destination_cluster="member-1"}[10m]))`,
    )
  const text = ({ labels }: Row) => `${labels.source_workload} → ${labels.destination_workload}`
  const [source, destination] = [await of('source'), await of('destination')]
  expect(new Set(source.map(text))).toEqual(
    new Set([
      'istio-ingressgateway → productpage-v1',
      'productpage-v1 → details-v1',
      'productpage-v1 → reviews-v1',
      'productpage-v1 → reviews-v2',
      'productpage-v1 → reviews-v3',
    ]),
  )
  for (const each of source) {
    const same = destination.find((other) => text(other) === text(each))
    expect(same?.value).toBeGreaterThan(each.value * 0.95)
    expect(same?.value).toBeLessThan(each.value * 1.05)
  }
  const [row] = await asked(
    'istio_requests_total{source_workload="productpage-v1",destination_app="details",reporter="destination",response_code="200"}',
  )
  expect(row?.labels).toMatchObject({
    source_principal: 'spiffe://cluster.local/ns/bookinfo/sa/bookinfo-productpage',
    source_app: 'productpage',
    source_version: 'v1',
    source_cluster: 'member-1',
    source_canonical_service: 'productpage',
    source_canonical_revision: 'v1',
    destination_service: 'details.bookinfo.svc.cluster.local',
    request_protocol: 'http',
    response_flags: '-',
    connection_security_policy: 'mutual_tls',
    namespace: 'bookinfo',
  })
})

test('a service that is only in another cluster is called there, and that cluster tells it too', async () => {
  const query =
    'sum by (source_cluster, destination_cluster) (rate(istio_requests_total{destination_service_name="ratings"}[10m]))'
  const here = await asked(`${query} > 0`)
  expect(here.map(({ labels }) => labels)).toEqual([{ source_cluster: 'member-1', destination_cluster: 'member-2' }])
  const other = clientOf(fleet, 'member-2')
  const there = await asked(query, other, await prometheusOf(other))
  expect(new Set(there.map(({ labels }) => labels.source_cluster))).toEqual(new Set(['member-1', 'member-2']))
})

test('who has no proxy tells nothing; its containers are measured all the same', async () => {
  expect(await asked('istio_requests_total{namespace="plain"}')).toEqual([])
  const rows = await asked('container_memory_working_set_bytes{namespace="plain"}')
  expect(rows.map(({ labels }) => labels.container)).toEqual(['storefront'])
  const proxies = await asked('count(istio_build{component="proxy",tag="1.30.3"})')
  const { items } = await client.list(kinds.pods, { namespace: 'bookinfo' })
  expect(proxies[0]?.value).toBe(items.length + 2)
})

test('what a world begins with has been counting for days', async () => {
  const [row] = await asked('sum(increase(istio_requests_total{reporter="source"}[2d]))')
  expect(row?.value).toBeGreaterThan(100_000)
})

test('a Pod that comes counts from zero, one that goes is no longer told of', async () => {
  const { items } = await client.list(kinds.pods, { namespace: 'bookinfo', labelSelector: 'app=details' })
  const old = items[0]?.metadata.name ?? ''
  const series = (name: string) => asked(`istio_requests_total{pod="${name}",response_code="200"}`)
  expect((await series(old))[0]?.value).toBeGreaterThan(10_000)
  await client.remove(kinds.pods, { namespace: 'bookinfo', name: old })
  const before = new Set(items.map(({ metadata }) => metadata.name))
  const isFresh = (each: KubernetesObject) => isReadyDetails(each) && !before.has(each.metadata.name)
  const seen = await eventuallyAll(client, { resource: kinds.pods, namespace: 'bookinfo' }, (all) => all.some(isFresh))
  const fresh = seen.find(isFresh)
  fleet.clock.advance(120_000)
  expect(await series(old)).toEqual([])
  const [row] = await series(fresh?.metadata.name ?? '')
  expect(row?.value).toBeGreaterThan(0)
  expect(row?.value).toBeLessThan(2_000)
  // Its past stays.
  expect(await asked(`istio_requests_total{pod="${old}",response_code="200"} offset 3m`)).toHaveLength(1)
})

function isReadyDetails(each: unknown): boolean {
  const ready = listAt(each, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  )
  return ready && textAt(each, 'metadata', 'labels', 'app') === 'details'
}

test('a Prometheus that is down is not reached, and one that starts answers 503', async () => {
  const member = fleet.clusters.get('member-1')
  member?.troubles.set({ prometheus: 'starting' })
  await expect(asked('up')).rejects.toThrow('503')
  member?.troubles.set({ prometheus: 'down' })
  await eventually(client, { resource: kinds.pods, namespace: PLACE, name: pod }, (seen) =>
    listAt(seen, 'status', 'containerStatuses').some((each) => at(each, 'ready') === false),
  )
  await expect(asked('up')).rejects.toMatchObject({ code: 'pod_unreachable' })
  member?.troubles.reset()
  await eventually(client, { resource: kinds.pods, namespace: PLACE, name: pod }, (seen) =>
    listAt(seen, 'status', 'containerStatuses').every((each) => at(each, 'ready') === true),
  )
  expect(await asked('up')).not.toEqual([])
})
