import { createServer, type Server } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Root } from '@orbweaver/istio/certificates/make'
import { makeRoot } from '@orbweaver/istio/certificates/make'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import * as kinds from '@orbweaver/kube/resources'
import { createSigner } from '@orbweaver/sandbox/actors/istiod/signer'
import { envoySecrets } from '@orbweaver/sandbox/fleet/proxies'
import { pino } from 'pino'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { oneClusterMesh, secret } from '../../testing/tls-objects.ts'
import { proxyCertificates, type ProxyWish } from './proxy-certificates.ts'

const now = new Date()
const read = readMesh(oneClusterMesh)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

let own: Root
let wanted: Root
let hub: TestCluster
let member: TestCluster
let fleet: RunningFleet
let admin: Server
/** What each proxy's administration says, by the name of its Pod; who is not here does not listen. */
let says: Map<string, { status: number; body: string }>
let asked: string[]

beforeAll(async () => {
  own = await makeRoot({ organization: 'Own', years: 2, now })
  wanted = await makeRoot({ organization: 'Wanted', years: 2, now })
})

type Shape = { templates?: string; owner?: KubernetesObject }

/** The garbage collector takes Pods away whose owner is not there. */
function daemonSet(name: string): KubernetesObject {
  return member.store.put({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name, namespace: 'shop' }, spec: {} })
}

function proxied(at: string, { templates, owner }: Shape = {}): KubernetesObject {
  const [inNamespace = '', name = ''] = at.split('/')
  const annotations = {
    'sidecar.istio.io/status': '{"revision":"shop-v1-30-3"}',
    'istio.io/rev': 'shop-v1-30-3',
    ...(templates !== undefined && { 'inject.istio.io/templates': templates }),
  }
  const { name: ownerName = '', uid = '' } = owner?.metadata ?? {}
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: ownerName, uid, controller: true }]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: inNamespace,
      annotations,
      ...(owner !== undefined && { ownerReferences }),
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'istio-proxy', image: 'proxyv2:1.30.3' }] },
    status: { phase: 'Running' },
  }
}

/** What a proxy of account `account` holds that was signed by a root while these were the roots. */
async function holds(pod: string, signs: Root, roots = signs.certificate): Promise<void> {
  const [inNamespace = '', name = ''] = pod.split('/')
  const identity = { namespace: 'n', deployment: 'd', revision: 'r', clusterId: 'c', version: '1', external: false }
  const signer = createSigner({ identity: { ...identity, environment: {} }, history: [], clock: { now: () => now } })
  signer.take({ pem: roots, issuing: signs.certificate, key: signs.key, chain: '', plugged: true })
  const asking = { uid: name, trustDomain: 'cluster.local', namespace: inNamespace, serviceAccount: 'web' }
  const held = await signer.heldBy({ ...asking, started: now, ttlMs: 24 * 3_600_000 })
  says.set(name, { status: 200, body: JSON.stringify({ configs: envoySecrets(held ?? expect.fail('none')) }) })
}

beforeEach(async () => {
  says = new Map()
  asked = []
  admin = createServer((request, response) => {
    const name = String(request.socket.remoteAddress)
    asked.push(`${name} ${request.url}`)
    const { status = 500, body = '' } = says.get(name) ?? {}
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  hub = await startHub()
  member = await startMember('member')
  member.routePods((pod, port) => {
    if (port !== 15_000 || !says.has(pod.name)) return undefined
    return (connection) => {
      Object.defineProperty(connection, 'remoteAddress', { value: pod.name })
      admin.emit('connection', connection)
    }
  })
  const rule = (resource: string, verbs: string[]) => [{ apiGroups: [''], resources: [resource], verbs }]
  role(member, 'pods', rule('pods', ['get', 'list']))
  role(member, 'forwards', rule('pods/portforward', ['get', 'create']))
  for (const user of ['ada', 'vic']) bind(member, { user, role: 'pods' })
  bind(member, { user: 'ada', role: 'forwards' })
  // Ines has one namespace, and Nils may connect to what he may not know of.
  for (const each of ['pods', 'forwards']) bind(member, { user: 'ines', role: each, inNamespace: 'shop' })
  bind(member, { user: 'nils', role: 'forwards' })
  for (const each of ['istio-system', 'ingress', 'shop']) member.store.put(namespace(each))
  register(hub, member)
  hub.store.put(oneClusterMesh)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
})
afterEach(async () => {
  fleet.close()
  admin.closeAllConnections()
  await member.close()
  await hub.close()
})

async function world(...pods: KubernetesObject[]): Promise<void> {
  const files = { 'ca-cert.pem': own.certificate, 'ca-key.pem': own.key, 'cert-chain.pem': own.certificate }
  const roots = `${own.certificate}${wanted.certificate}`
  member.store.put(secret('istio-system/cacerts', { ...files, 'root-cert.pem': roots }, 'Opaque'))
  for (const each of pods) member.store.put(each)
  await vi.waitFor(
    () => {
      const mirror = fleet.get('member')?.mirror
      expect(mirror?.truth().state).toBe('fresh')
      expect(mirror?.list(kinds.pods).length).toBe(pods.length)
      expect(mirror?.list(kinds.secrets).length).toBe(1)
    },
    { timeout: 10_000 },
  )
}

async function told(user: string, wish: ProxyWish) {
  const viewer = openViewer(fleet, { user, groups: [] })
  const { items, total } = await proxyCertificates({ fleet, viewer }, { mesh, wish, now })
  const rows = items.map(({ pod, kind, state, root, missing, why }) => [
    pod.name,
    kind,
    why?.code ?? [state, root, missing],
  ])
  return { items, total, rows }
}
const both = () => `${own.certificate}${wanted.certificate}`

test('gateways are told with what they hold against the roots of the mesh', async () => {
  await world(
    proxied('ingress/gw-1', { templates: 'gateway' }),
    proxied('ingress/gw-2', { templates: 'gateway' }),
    proxied('shop/web'),
  )
  await holds('ingress/gw-1', own, both())
  await holds('ingress/gw-2', wanted)
  const { items, rows, total } = await told('ada', { of: 'gateways' })
  expect([total, rows]).toEqual([
    2,
    [
      ['gw-1', 'gateway', ['valid', 'current', 0]],
      ['gw-2', 'gateway', ['valid', 'other', 1]],
    ],
  ])
  expect(items[0]).toMatchObject({ identity: 'spiffe://cluster.local/ns/ingress/sa/web', under: 'O=Own, CN=Root CA' })
  expect(asked).toHaveLength(2)
  expect(asked[0]).toMatch(/ \/config_dump\?resource=dynamic_active_secrets$/)
  await told('ada', { of: 'gateways' })
  expect(asked).toHaveLength(2)
})

test('workloads are asked of one namespace or workload, those that do not answer with the reason', async () => {
  const web = daemonSet('web')
  const pods = ['web-1', 'web-2', 'web-3'].map((name) => proxied(`shop/${name}`, { owner: web }))
  await world(...pods, proxied('shop/cart-1', { owner: daemonSet('cart') }), proxied('ingress/other'))
  await holds('shop/web-1', own)
  says.set('web-2', { status: 404, body: '{}' })
  says.set('web-3', { status: 200, body: '{"configs":[]}' })
  const { items, rows, total } = await told('ada', {
    of: 'workloads',
    cluster: 'member',
    namespace: 'shop',
    workload: 'web',
  })
  expect([total, rows]).toEqual([
    3,
    [
      ['web-1', 'sidecar', ['valid', 'current', 1]],
      ['web-2', 'sidecar', 'certificates.proxy_refused'],
      ['web-3', 'sidecar', 'certificates.proxy_unreadable'],
    ],
  ])
  expect(items[0]?.owner).toMatchObject({ kind: 'DaemonSet', name: 'web' })
  const whole = await told('ada', { of: 'workloads', namespace: 'shop' })
  expect([whole.total, whole.rows[0]]).toEqual([4, ['cart-1', 'sidecar', 'certificates.proxy_silent']])
})

test('forty are asked of however many there are', async () => {
  await world(...Array.from({ length: 43 }, (_, index) => proxied(`shop/web-${index}`)))
  const { items, total } = await told('ada', { of: 'workloads' })
  expect([items.length, total]).toEqual([40, 43])
})

test('nobody is connected to for who may not forward ports; Pods that a person may not list are not there', async () => {
  await world(proxied('shop/web'), proxied('ingress/gw', { templates: 'gateway' }))
  await holds('shop/web', own)
  await holds('ingress/gw', own)
  expect((await told('vic', { of: 'workloads' })).items).toMatchObject([
    {
      pod: { name: 'web' },
      why: { code: 'certificates.forward_not_permitted', params: { cluster: 'member', namespace: 'shop' } },
    },
  ])
  expect(await told('ines', { of: 'gateways' })).toMatchObject({ items: [], total: 0 })
  expect(await told('nils', { of: 'workloads' })).toMatchObject({ items: [], total: 0 })
  expect(asked).toEqual([])
  expect((await told('ines', { of: 'workloads' })).rows).toEqual([['web', 'sidecar', ['valid', 'current', 1]]])
})
