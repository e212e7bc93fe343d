import { X509Certificate } from 'node:crypto'
import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubeClient } from '@orbweaver/kube/client'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace } from '../worlds/objects.ts'
import { clientOf, eventually, object, startTestFleet } from './fleet-under-test.ts'

const PLACE = 'istio-system'
let fleet: Fleet
let primary: KubeClient
let pod = ''

beforeAll(async () => {
  fleet = await startTestFleet(2)
  primary = clientOf(fleet, 'member-1')
  await primary.create(kinds.namespaces, namespace(PLACE))
  const env = { PILOT_REMOTE_CLUSTER_TIMEOUT: '200ms' }
  const values = { meshConfig: { accessLogFile: '/dev/stdout', enableTracing: false }, pilot: { env } }
  const spec = { version: 'v1.30.2', namespace: PLACE, updateStrategy: { type: 'RevisionBased' }, values }
  const istio = { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name: 'mesh' }, spec }
  await primary.create(kinds.istios, object(istio))
  await eventually(primary, { resource: kinds.istios, name: 'mesh' }, (seen) => {
    return textAt(seen, 'status', 'state') === 'Healthy'
  })
  const { items } = await primary.list(kinds.pods, { namespace: PLACE, labelSelector: 'app=istiod' })
  pod = items[0]?.metadata.name ?? ''
}, 60_000)
afterAll(() => fleet.stop())

const asked = async (port: number, path: string) =>
  primary.getThroughPod({ namespace: PLACE, name: pod }, { port, path })

async function clusters(): Promise<Record<string, string>> {
  const { body } = await asked(15014, '/debug/clusterz')
  return Object.fromEntries(
    listAt(body).map((each) => [
      textAt(each, 'id') ?? '',
      `${textAt(each, 'secretName')} ${textAt(each, 'syncStatus')}`,
    ]),
  )
}

function kubeconfigOf(token: string): string {
  const { server } = clientOf(fleet, 'member-2')
  return writeKubeconfig([{ name: 'far', connection: { server, token } }])
}

async function readerToken(): Promise<string> {
  const { token } = fleet.clusters.get('member-2')?.adminConnection ?? {}
  return token ?? ''
}

async function put(name: string, kubeconfig: string): Promise<void> {
  const metadata = { name, namespace: PLACE, labels: { 'istio/multiCluster': 'true' } }
  const data = { far: Buffer.from(kubeconfig).toString('base64') }
  const secret = object({ apiVersion: 'v1', kind: 'Secret', metadata, data })
  await primary.patch(kinds.secrets, metadata, { type: 'apply', body: secret, force: true })
}

const local = { Kubernetes: ' synced' }

test('an istiod answers on its loopback: readiness, version, settings, and nothing elsewhere', async () => {
  expect(await asked(8080, '/ready')).toEqual({ status: 200, body: '' })
  expect(await asked(15014, '/version')).toEqual({ status: 200, body: '1.30.2-unknown-Clean' })
  expect(await asked(15014, '/ready')).toEqual({ status: 404, body: '404 page not found\n' })
  const { body: mesh } = await asked(8080, '/debug/mesh?pretty')
  expect(mesh).toMatchObject({ accessLogFile: '/dev/stdout', rootNamespace: PLACE, connectTimeout: '10s' })
  expect(at(mesh, 'defaultConfig', 'discoveryAddress')).toBe('istiod-mesh-v1-30-2.istio-system.svc:15012')
  expect(at(mesh, 'enableTracing')).toBeUndefined()
  expect(await asked(15014, '/debug/syncz')).toEqual({ status: 200, body: [] })
  expect((await asked(15014, '/debug/list')).body).toContain('clusterz')
  await expect(asked(15012, '/')).rejects.toMatchObject({ code: 'pod_unreachable' })
})

test('an istiod shows a certificate that its own root signed, for the names it is called by', async () => {
  const [pem, ...more] = await primary.certificatesThroughPod({ namespace: PLACE, name: pod }, { port: 15012 })
  const secret = await primary.get(kinds.secrets, { namespace: PLACE, name: 'istio-ca-secret' })
  const root = new X509Certificate(Buffer.from(textAt(secret, 'data', 'ca-cert.pem') ?? '', 'base64'))
  const shown = new X509Certificate(pem ?? '')
  expect(more).toEqual([])
  expect(shown.verify(root.publicKey)).toBe(true)
  expect(shown.checkHost('istiod-mesh-v1-30-2.istio-system.svc')).toBeDefined()
})

test('a remote cluster is synced once it could be listed, and a time-out before', async () => {
  expect(await clusters()).toEqual(local)
  await put('remote', kubeconfigOf('wrong'))
  await expect.poll(clusters).toEqual({ ...local, far: `${PLACE}/remote timeout` })
  await put('remote', kubeconfigOf(await readerToken()))
  await expect.poll(clusters).toEqual({ ...local, far: `${PLACE}/remote synced` })
  await put('remote', 'no kubeconfig')
  await put('second', kubeconfigOf('wrong'))
  await expect.poll(clusters).toEqual({ ...local, far: `${PLACE}/remote synced` })
  await primary.remove(kinds.secrets, { namespace: PLACE, name: 'remote' })
  await expect.poll(clusters).toEqual(local)
})

const logOf = (name: string, query: string) =>
  primary.raw(`/api/v1/namespaces/${PLACE}/pods/${name}/log?${query}`, { accept: '*/*' })

test('an istiod keeps what it has written', async () => {
  await put('told', kubeconfigOf(await readerToken()))
  await expect
    .poll(async () => (await logOf(pod, 'container=discovery&tailLines=1')).body)
    .toMatch(/\tinfo\tAdding cluster far from secret istio-system\/told\n$/)
  const { body } = await logOf(pod, '')
  expect(body).toMatch(/^\S+Z\tinfo\tIstio control plane 1\.30\.2 of revision mesh-v1-30-2/)
  await expect(logOf(pod, 'container=none')).rejects.toMatchObject({
    status: 400,
    message: `container none is not valid for pod ${pod}`,
  })
  await expect(logOf('nobody', '')).rejects.toMatchObject({ code: 'not_found' })
})

test('an istiod counts proxies that Pods have, what it refused, and what proxies would refuse', async () => {
  const metrics = async () => String((await asked(15014, '/metrics')).body)
  expect(await metrics()).toMatch(/^process_start_time_seconds \d{10}/m)
  expect(await metrics()).not.toContain('pilot_xds{')
  const labels = { 'istio.io/rev': 'mesh-v1-30-2' }
  await primary.create(kinds.namespaces, { ...namespace('shop'), metadata: { name: 'shop', labels } })
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } }
  const spec = { replicas: 3, selector: { matchLabels: { app: 'web' } }, template }
  const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec }
  await primary.create(kinds.deployments, object(web))
  await expect.poll(metrics).toContain('pilot_xds{version="1.30.2"} 3')
  const destinations = [{ destination: { host: 'web' }, weight: -1 }, { destination: { host: 'web' } }]
  const route = (name: string, labels: Record<string, string>) =>
    object({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace: 'shop', labels },
      spec: { hosts: ['web'], http: [{ route: destinations }] },
    })
  await expect(primary.create(kinds.virtualServices, route('refused', labels))).rejects.toThrow('denied')
  expect(await metrics()).toContain('galley_validation_failed{group="networking.istio.io",resource="virtualservices"')
  expect(await metrics()).not.toContain('pilot_total_xds_rejects')
  // Without the revision's label no webhook of this control plane is asked.
  await primary.create(kinds.virtualServices, route('unasked', {}))
  await expect.poll(metrics).toContain('pilot_total_xds_rejects{type="rds"} 3')
})
