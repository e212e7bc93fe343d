import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { mutatingWebhookConfigurations, pods } from '@orbweaver/kube/resources'
import type { SigningAuthority } from '@orbweaver/sandbox/actors/istiod/authority-store'
import { createAuthority, tenYearsFrom } from '@orbweaver/sandbox/actors/istiod/certificate'
import { openPorts } from '@orbweaver/sandbox/actors/istiod/debug'
import { createSigner } from '@orbweaver/sandbox/actors/istiod/signer'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { oneClusterMesh } from '../../testing/tls-objects.ts'
import { istiodCertificates } from './istiod-certificates.ts'

const now = new Date()
const revision = 'shop-v1-30-3'
const read = readMesh(oneClusterMesh)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

let hub: TestCluster
let member: TestCluster
let fleet: RunningFleet
/** Names of the istiods that were connected to. */
let asked: string[]

const authority = selfSigned()
const another = selfSigned()

function selfSigned(): SigningAuthority {
  const { certificatePem: pem, keyPem: key } = createAuthority('cluster.local', tenYearsFrom(now))
  return { pem, issuing: pem, key, chain: '', plugged: false }
}

function istiod(name: string, rev = revision): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'istio-system', labels: { app: 'istiod', 'istio.io/rev': rev } },
    spec: { nodeName: 'node-1', containers: [{ name: 'discovery', image: 'pilot:1.30.3' }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

/** An istiod of this revision that signs by itself. */
function ports(rev: string, signs = authority) {
  const environment = {}
  const identity = {
    namespace: 'istio-system',
    deployment: 'd',
    revision: rev,
    clusterId: 'c',
    version: '1',
    external: false,
  }
  const signer = createSigner({ identity: { ...identity, environment }, history: [], clock: { now: () => now } })
  signer.take(signs)
  return openPorts({
    version: '1',
    clusters: () => [],
    mesh: () => ({}),
    serving: signer.serving,
    metrics: () => Promise.resolve(''),
  })
}

beforeEach(async () => {
  asked = []
  const own = ports(revision)
  const foreign = ports('other', another)
  hub = await startHub()
  member = await startMember('member')
  member.routePods((pod, port) => {
    if (port !== 15_012 || pod.name === 'istiod-closed') return undefined
    asked.push(pod.name)
    return (pod.name === 'istiod-foreign' ? foreign : own)(port, pod.name)
  })
  const rule = (resource: string, verbs: string[]) => [{ apiGroups: [''], resources: [resource], verbs }]
  role(hub, 'meshes', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: ['get', 'list'] }])
  role(member, 'pods', rule('pods', ['get', 'list']))
  role(member, 'forwards', rule('pods/portforward', ['get', 'create']))
  role(member, 'half', rule('pods/portforward', ['create']))
  for (const user of ['ada', 'vic', 'hal']) bind(member, { user, role: 'pods', inNamespace: 'istio-system' })
  bind(member, { user: 'ada', role: 'forwards', inNamespace: 'istio-system' })
  bind(member, { user: 'hal', role: 'half', inNamespace: 'istio-system' })
  bind(member, { user: 'nils', role: 'forwards' })
  member.store.put(namespace('istio-system'))
  member.store.put({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'injector', labels: { 'istio.io/rev': revision } },
    webhooks: [
      {
        name: 'rev.namespace.sidecar-injector.istio.io',
        clientConfig: { caBundle: Buffer.from(authority.pem).toString('base64') },
      },
    ],
  })
  register(hub, member)
  hub.store.put(oneClusterMesh)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
})
afterEach(async () => {
  fleet.close()
  await member.close()
  await hub.close()
})

async function istiodsAre(...names: string[]): Promise<void> {
  for (const each of names) member.store.put(istiod(each))
  await vi.waitFor(
    () => {
      const mirror = fleet.get('member')?.mirror
      expect(mirror?.truth().state).toBe('fresh')
      expect(mirror?.list(pods).map((each) => each.metadata.name)).toEqual(names)
      expect(mirror?.list(mutatingWebhookConfigurations).length).toBe(1)
    },
    { timeout: 10_000 },
  )
}

const told = (user: string) => istiodCertificates({ fleet, viewer: openViewer(fleet, { user, groups: [] }) }, mesh, now)

test('each replica is asked by a handshake, and told with the root it leads to', async () => {
  await istiodsAre('istiod-a', 'istiod-b')
  const { replicas, findings, why } = await told('ada')
  expect(replicas.map(({ pod, under }) => [pod, under])).toEqual([
    ['istiod-a', 'O=cluster.local'],
    ['istiod-b', 'O=cluster.local'],
  ])
  for (const { certificate } of replicas) {
    expect(certificate).toMatchObject({ subject: '', ca: false })
    expect(certificate?.names).toContain(`istiod-${revision}.istio-system.svc`)
  }
  expect([findings, why]).toEqual([[], undefined])
})

test('what members would not take, and who does not answer, is said by replica', async () => {
  await istiodsAre('istiod-a', 'istiod-closed', 'istiod-foreign')
  const { replicas, findings } = await told('ada')
  expect(replicas.map(({ pod, why }) => [pod, why?.code])).toEqual([
    ['istiod-a', undefined],
    ['istiod-closed', 'meshes.istiod_silent'],
    ['istiod-foreign', undefined],
  ])
  expect(findings.map(({ message }) => message)).toEqual([
    { code: 'certificates.served_untrusted', params: { pod: 'istiod-foreign', clusters: 'member' } },
    {
      code: 'certificates.served_name',
      params: { pod: 'istiod-foreign', host: `istiod-${revision}.istio-system.svc` },
    },
  ])
})

test('nobody is connected to for who may not forward ports, or not know the Pods', async () => {
  await istiodsAre('istiod-a')
  const place = { cluster: 'member', namespace: 'istio-system' }
  const nothing = (code: string) => ({ replicas: [], findings: [], why: { code, params: place } })
  expect(await told('vic')).toEqual(nothing('certificates.forward_not_permitted'))
  expect(await told('nils')).toEqual(nothing('meshes.istiod_not_permitted'))
  expect(asked).toEqual([])
  const { replicas } = await told('hal')
  expect(replicas).toEqual([{ pod: 'istiod-a', why: { code: 'certificates.forward_not_permitted', params: place } }])
  expect(asked).toEqual([])
})

test('there is nobody to ask where no istiod of the mesh is ready', async () => {
  await istiodsAre()
  member.store.put(istiod('istiod-other', 'another'))
  expect((await told('ada')).why).toEqual({ code: 'meshes.istiod_none_ready', params: { cluster: 'member' } })
})
