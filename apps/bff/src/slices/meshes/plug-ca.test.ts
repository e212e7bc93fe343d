import type { PluggedCa } from '@orbweaver/contracts/certificates'
import { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { makeIntermediate, makeRoot, type Root } from '@orbweaver/istio/certificates/make'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import * as kinds from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { redactIntent } from '../../changes/secrets.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import {
  bind,
  namespace,
  pod,
  register,
  role,
  startHub,
  startMember,
  type TestCluster,
} from '../../testing/clusters.ts'
import { istiod, meshObject, revision } from '../../testing/dedicated-objects.ts'
import { certificatesOf } from './certificates.ts'

const now = new Date()
const wish = { cluster: 'primary', namespace: 'istio-system', days: 300, now }
const base64 = (text: string) => Buffer.from(text).toString('base64')

let [one, two]: (Root | undefined)[] = []
let first: PluggedCa
let renewed: PluggedCa
let other: PluggedCa
let hub: TestCluster
let primary: TestCluster
let fleet: RunningFleet

const read = readMesh(meshObject)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeAll(async () => {
  one = await makeRoot({ organization: 'One', years: 2, now })
  two = await makeRoot({ organization: 'Two', years: 2, now })
  first = await makeIntermediate(one, wish)
  renewed = await makeIntermediate(one, { ...wish, days: 600 })
  other = await makeIntermediate(two, wish)
})

beforeEach(async () => {
  hub = await startHub()
  primary = await startMember('primary')
  primary.store.put(namespace('istio-system'))
  primary.store.put(istiod)
  const rule = (group: string, resource: string, verbs: string[]) => ({
    apiGroups: [group],
    resources: [resource],
    verbs,
  })
  role(hub, 'meshes', [rule('orbweaver.dev', 'meshes', ['get', 'list'])])
  const looking = [
    rule('', 'pods', ['get', 'list']),
    rule('apps', 'deployments', ['get', 'list']),
    rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', ['get', 'list']),
  ]
  role(primary, 'looks', looking)
  role(primary, 'builds', [...looking, rule('', 'secrets', ['create']), rule('apps', 'deployments', ['get', 'patch'])])
  for (const user of ['ada', 'vic', 'nils']) bind(hub, { user, role: 'meshes' })
  bind(primary, { user: 'ada', role: 'builds' })
  bind(primary, { user: 'vic', role: 'looks' })
  register(hub, primary)
  hub.store.put(meshObject)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
})
afterEach(async () => {
  fleet.close()
  await primary.close()
  await hub.close()
})

function secret(ca: PluggedCa): KubernetesObject {
  const metadata = { name: 'cacerts', namespace: 'istio-system' }
  const data = {
    'ca-cert.pem': base64(ca.caCert),
    'ca-key.pem': base64(ca.caKey),
    'cert-chain.pem': base64(ca.certChain),
    'root-cert.pem': base64(ca.rootCert),
  }
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data }
}

function webhook(roots: string): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: `istio-sidecar-injector-${revision}`, labels: { 'istio.io/rev': revision } },
    webhooks: [{ name: 'rev.namespace.sidecar-injector.istio.io', clientConfig: { caBundle: base64(roots) } }],
  }
}

/** A mesh that runs with this authority, with or without a workload. */
async function running(ca: PluggedCa, injected: boolean): Promise<void> {
  primary.store.put(secret(ca))
  primary.store.put(webhook(ca.rootCert))
  const app = pod('web', 'default')
  if (injected) {
    primary.store.put({ ...app, metadata: { ...app.metadata, annotations: { 'sidecar.istio.io/status': '{}' } } })
  }
  await seen(injected ? 1 : 0, true)
}

async function seen(count: number, plugged: boolean): Promise<void> {
  await vi.waitFor(
    () => {
      const mirror = fleet.get('primary')?.mirror
      expect(fleet.hub.mirror.get(kinds.meshes, { name: 'shop' })).toBeDefined()
      expect(mirror?.truth().state).toBe('fresh')
      expect(mirror?.known(kinds.secrets)).toBe(true)
      expect(mirror?.known(kinds.mutatingWebhookConfigurations)).toBe(true)
      expect(mirror?.list(kinds.secrets, 'istio-system').length).toBe(plugged ? 1 : 0)
      expect(mirror?.list(kinds.pods).length).toBe(count)
    },
    { timeout: 10_000 },
  )
}

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(base64(text).slice(-64)) }
const viewer = (user: string) => openViewer(fleet, { user, groups: [] })
const told = (user: string) => certificatesOf({ fleet, viewer: viewer(user) }, mesh, now)

async function plan(ca: PluggedCa, user = 'ada') {
  const intent: Intent = { type: 'meshes.plug-ca', name: 'shop', ca }
  const outcome = await workOut({ fleet, keys, planners }, viewer(user), intent)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reasons))
  const { plan: worked, items } = outcome.worked
  return {
    text: JSON.stringify(worked),
    items: items.map(({ op, by, ref }) => [op, by, ref.kind]),
    blocked: worked.blocked.map(({ code }) => code),
  }
}

describe('what is told', () => {
  test('to who may list the Pods of the control plane: what signs, and which roots are handed out', async () => {
    await running(first, false)
    const { authority, trust, findings } = await told('vic')
    expect(authority).toMatchObject({
      kind: 'plugged-in',
      verified: true,
      issuing: { issuer: 'O=One, CN=Root CA' },
      roots: [{ subject: 'O=One, CN=Root CA' }],
    })
    expect(trust).toMatchObject([
      { cluster: 'primary', role: 'control-plane', roots: [{ subject: 'O=One, CN=Root CA' }] },
    ])
    expect(findings).toEqual([])
  })

  test('never a key, not even in what is kept', async () => {
    await running(first, false)
    const key = base64(first.caKey)
    expect(JSON.stringify(fleet.get('primary')?.mirror.list(kinds.secrets))).not.toContain(key)
    expect(JSON.stringify(await told('ada'))).not.toContain('PRIVATE KEY')
  })

  test('nothing to who may see neither', async () => {
    await running(first, false)
    const { authority, why, trust } = await told('nils')
    expect([authority, why?.code]).toEqual([undefined, 'certificates.not_permitted'])
    expect(trust).toMatchObject([{ roots: [], why: { code: 'certificates.webhooks_hidden' } }])
  })

  test('that istiod has not taken other roots', async () => {
    await running(first, false)
    primary.store.put(webhook(other.rootCert))
    await vi.waitFor(async () => {
      expect((await told('vic')).findings.map(({ message }) => message.code)).toEqual(['certificates.not_taken'])
    })
  })
})

describe('an authority is plugged in', () => {
  test('anew, with a restart of istiod, and no key in the plan', async () => {
    await seen(0, false)
    const made = await plan(first)
    expect([made.items, made.blocked]).toEqual([
      [
        ['create', 'console', 'Secret'],
        ['restart', 'person', 'Deployment'],
      ],
      [],
    ])
    expect(made.text).not.toContain('PRIVATE KEY')
    expect(made.text).not.toContain(base64(first.caKey))
  })

  test('to renew under the same root: no restart, nothing breaks', async () => {
    await running(first, true)
    expect(await plan(renewed)).toMatchObject({ items: [['update', 'console', 'Secret']], blocked: [] })
  })

  test('never with another root while workloads run; step by step it goes', async () => {
    await running(first, true)
    expect((await plan(other)).blocked).toEqual(['certificates.untrusted_issuer', 'certificates.drops_root'])
    const both = { ...first, rootCert: `${first.rootCert}${other.rootCert}` }
    expect(await plan(both)).toMatchObject({ items: [{ 0: 'update' }, { 0: 'restart' }], blocked: [] })
    await running(both, true)
    expect((await plan({ ...other, rootCert: both.rootCert })).blocked).toEqual([])
    await running({ ...other, rootCert: both.rootCert }, true)
    await vi.waitFor(async () => expect((await plan(other)).blocked).toEqual([]))
  })

  test('with another root where no workload runs', async () => {
    await running(first, false)
    expect((await plan(other)).blocked).toEqual([])
  })

  test('from the beginning: before the Mesh, so that istiod starts with it, and by those alone who may', async () => {
    await seen(0, false)
    const { kind, version, controlPlane } = mesh
    const spec = { kind, version, controlPlane: { ...controlPlane, cluster: 'primary' } }
    const intent = Intent.parse({ type: 'meshes.create', name: 'another', spec, ca: first })
    const drafted = async (user: string) => {
      const outcome = await workOut({ fleet, keys, planners }, viewer(user), intent)
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.reasons))
      const { plan: worked, items } = outcome.worked
      return {
        text: JSON.stringify(worked),
        items: items.map(({ op, by, ref }) => [op, by, ref.kind]),
        blocked: worked.blocked.map(({ code }) => code),
      }
    }
    const made = await drafted('ada')
    expect(made.items).toEqual([
      ['create', 'console', 'Secret'],
      ['create', 'person', 'Mesh'],
    ])
    expect(made.text).not.toContain(base64(first.caKey))
    expect(JSON.stringify(await redactIntent(keys, intent))).not.toContain('PRIVATE KEY')
    const refused = await drafted('vic')
    expect(refused.items).toEqual([['create', 'person', 'Mesh']])
    expect(refused.blocked).toContain('plan.forbidden')
  })

  test('not by who may not create Secrets there, and not with what istiod would refuse', async () => {
    await running(first, false)
    await expect(plan(renewed, 'vic')).rejects.toThrow('plan.forbidden')
    expect((await plan({ ...renewed, caKey: first.caKey })).blocked).toEqual(['certificates.key_mismatch'])
  })
})
