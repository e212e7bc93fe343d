import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { command, type RunningLab, startLab } from '@orbweaver/lab/suite/running-lab'
import { deployments, namespaces, pods, virtualServices } from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { planned } from '../drills/scenarios.ts'
import { type RunningConsole, startConsole } from '../harness/console.ts'
import { freePort } from '../harness/gated-fleet.ts'
import { codeOf, type Person, signIn } from '../harness/person.ts'

/** The jobs of the product on real API servers, with a real istiod, as people of the lab who have only their roles. */
let lab: RunningLab
let server: RunningConsole
let olga: Person
let vera: Person
let scratch: string

beforeAll(async () => {
  lab = await startLab()
  scratch = mkdtempSync(join(tmpdir(), 'orbweaver-lab-jobs-'))
  const personas = join(scratch, 'personas.yaml')
  const people = [
    { id: 'olga', name: 'Olga', user: 'olga', groups: ['platform-operators'] },
    { id: 'vera', name: 'Vera', user: 'vera', groups: ['auditors'] },
  ]
  writeFileSync(personas, JSON.stringify(people))
  const kubeconfig = join(lab.dir.root, 'kubeconfig')
  server = await startConsole({ kubeconfig, personas, port: await freePort() })
  olga = await signIn(server.url, 'olga')
  vera = await signIn(server.url, 'vera')
}, 3_600_000)

afterAll(async () => {
  await server.stop()
  await command(['down', '--dir', lab.dir.root])
  rmSync(scratch, { recursive: true, force: true })
})

async function until<Found>(look: () => Promise<Found | undefined>, forMs = 60_000): Promise<Found> {
  const deadline = Date.now() + forMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`not within ${forMs} ms`)
    await sleep(300)
  }
}

const carriedOut = async (intent: object): Promise<string> => {
  const name = await (await planned(olga, intent))()
  await until(async () => {
    const { body } = await olga.get(`/changes/${name}`)
    const phase = textAt(body, 'phase')
    if (phase === 'failed') throw new Error(JSON.stringify(body))
    return phase === 'succeeded' ? true : undefined
  })
  return name
}

const meshReady = (name: string, cluster?: string) =>
  until(async () => {
    const { body } = await olga.get(`/meshes/${name}`)
    const members = listAt(body, 'members').filter((each) => textAt(each, 'state') === 'ready')
    const joined = cluster === undefined || members.some((each) => textAt(each, 'cluster') === cluster)
    return textAt(body, 'mesh', 'phase') === 'ready' && joined ? body : undefined
  }, 120_000)

/** Makes a namespace with one workload, past the console. */
async function seed(cluster: string, namespace: string): Promise<void> {
  const api = lab.api(cluster)
  await api.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  const labels = { app: 'reviews' }
  await api.create(deployments, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'reviews', namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'docker.io/istio/reviews:v1' }] } },
    },
  })
  await until(async () => ((await podsOf(cluster, namespace)).length === 2 ? true : undefined))
  // The console has seen them too, so that its plan knows what must restart.
  await until(async () => {
    const { body } = await olga.get(`/clusters/${cluster}`)
    return textAt(body, 'cluster', 'name') === cluster ? true : undefined
  })
}

const podsOf = async (cluster: string, namespace: string): Promise<KubernetesObject[]> =>
  (await lab.api(cluster).list(pods, { namespace })).items.filter((pod) => pod.metadata.deletionTimestamp === undefined)

const hasProxy = (pod: KubernetesObject): boolean =>
  [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')].some(
    (each) => textAt(each, 'name') === 'istio-proxy',
  )

const isReady = (pod: KubernetesObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  )

const allInjected = (cluster: string, namespace: string) =>
  until(async () => {
    const found = await podsOf(cluster, namespace)
    return found.length === 2 && found.every((pod) => hasProxy(pod) && isReady(pod)) ? found : undefined
  }, 90_000)

const injection = (mesh: string, target: { cluster: string; namespace: string }, action: string) => ({
  type: 'sidecars.namespaces',
  mesh,
  namespaces: [target],
  action,
  restart: true,
})

const restartsPlanned = (mesh: string, target: { cluster: string; namespace: string }) =>
  until(async () => {
    const { body } = await olga.post('/plans', { intent: injection(mesh, target, 'enable') })
    return listAt(body, 'items').some((each) => textAt(each, 'op') === 'restart') ? true : undefined
  })

it('registers both members by the contexts of its own kubeconfig', async () => {
  for (const name of ['member-1', 'member-2']) {
    const source = { kind: 'offered', context: name }
    const { body } = await olga.post('/kubeconfig/test', { source })
    expect(body).toMatchObject({ accepted: true, kubernetesVersion: 'v1.36.3' })
    await carriedOut({ type: 'clusters.register', name, spec: { network: 'lab' }, source })
  }
})

it('makes a dedicated mesh with a real istiod', async () => {
  const spec = { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'member-1' } }
  expect(
    codeOf(await vera.post('/changes', { intent: { type: 'meshes.create', name: 'no', spec }, fingerprint: 'x' })),
  ).toBe('access.forbidden')
  await until(async () => {
    const { body } = await olga.get('/mesh-choices?kind=Dedicated')
    return listAt(body, 'clusters').some((each) => listAt(each, 'versions').includes('v1.30.3')) ? true : undefined
  })
  await carriedOut({ type: 'meshes.create', name: 'shop', spec })
  const body = await meshReady('shop')
  expect(listAt(body, 'revisions')[0]).toMatchObject({ name: 'shop-v1-30-3', state: 'Healthy', active: true })
}, 180_000)

it('injects a namespace: its Pods really get istio-proxy from istiod', async () => {
  const target = { cluster: 'member-1', namespace: 'bookinfo' }
  await seed(target.cluster, target.namespace)
  await restartsPlanned('shop', target)
  await carriedOut(injection('shop', target, 'enable'))
  await allInjected(target.cluster, target.namespace)
}, 180_000)

const rule = (weight: number) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', namespace: 'bookinfo' },
  spec: {
    hosts: ['reviews.example.com'],
    http: [{ route: [{ destination: { host: 'reviews.example.com' }, weight }] }],
  },
})
const creation = (weight: number) => ({
  type: 'objects.create',
  mesh: 'shop',
  cluster: 'member-1',
  object: rule(weight),
})

it('shows what istiod itself says of a weight of -3, and writes nothing', async () => {
  const { body } = await olga.post('/plans', { intent: creation(-3) })
  const [item] = listAt(body, 'items')
  expect(textAt(item, 'dryRun', 'state')).toBe('refused')
  expect(textAt(item, 'dryRun', 'message')).toMatch(/admission webhook .* denied the request: .*weight -3/)
  const refused = await olga.post('/changes', { intent: creation(-3), fingerprint: textAt(body, 'fingerprint') })
  expect(codeOf(refused)).toBe('plan.blocked')
  expect((await lab.api('member-1').list(virtualServices, {})).items).toEqual([])
})

it('undoes the injection and takes the mesh apart', async () => {
  const target = { cluster: 'member-1', namespace: 'bookinfo' }
  await carriedOut(injection('shop', target, 'clear'))
  await until(async () => ((await podsOf('member-1', 'bookinfo')).some(hasProxy) ? undefined : true))
  await carriedOut({ type: 'meshes.delete', name: 'shop', uninstall: true })
  await until(async () => ((await olga.get('/meshes/shop')).status === 404 ? true : undefined), 120_000)
}, 240_000)

it('serves a member of a managed mesh, the default label included (decision 0001)', async () => {
  const controlPlane = { cluster: 'member-1', entrance: { type: 'LoadBalancer' } }
  await carriedOut({
    type: 'meshes.create',
    name: 'fleet',
    spec: { kind: 'Managed', version: 'v1.30.3', controlPlane, members: [] },
  })
  await meshReady('fleet')
  await carriedOut({ type: 'meshes.join', name: 'fleet', members: [{ cluster: 'member-2', network: 'lab' }] })
  await meshReady('fleet', 'member-2')
  const target = { cluster: 'member-2', namespace: 'shop' }
  await seed(target.cluster, target.namespace)
  await restartsPlanned('fleet', target)
  await carriedOut(injection('fleet', target, 'enable'))
  const found = await allInjected(target.cluster, target.namespace)
  const namespace = await lab.api('member-2').get(namespaces, { name: 'shop' })
  expect(namespace.metadata.labels).toMatchObject({ 'istio-injection': 'enabled' })
  expect(textAt(found[0], 'metadata', 'annotations', 'istio.io/rev')).toBe('fleet-v1-30-3')
}, 300_000)
