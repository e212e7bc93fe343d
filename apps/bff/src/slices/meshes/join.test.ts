import type { Intent, IntentOf } from '@orbweaver/contracts/intent'
import { meshes, namespaces } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { planLeaveAfter, type Written } from './removal-intents.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'

let hub: TestCluster
let members: TestCluster[]
let fleet: RunningFleet

beforeAll(async () => {
  hub = await startHub()
  members = await Promise.all(['primary', 'east', 'west'].map(startMember))
  const read = ['get', 'list']
  role(hub, 'mesh-admin', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: [...read, 'update'] }])
  for (const user of ['ada', 'vic']) bind(hub, { user, role: 'mesh-admin' })
  for (const each of members) {
    role(each, 'namespace-editor', [
      { apiGroups: [''], resources: ['namespaces'], verbs: [...read, 'patch', 'update'] },
    ])
    bind(each, { user: 'ada', role: 'namespace-editor' })
    each.store.put(namespace('shop'))
    register(hub, each)
  }
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'fleet' },
    spec: { kind: 'Managed', version: 'v1.30.3', controlPlane: { cluster: 'primary' }, members: [{ cluster: 'west' }] },
  })
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.get(meshes, { name: 'fleet' })).toBeDefined()
      for (const { name } of members) expect(fleet.get(name)?.mirror.known(namespaces)).toBe(true)
    },
    { timeout: 20_000 },
  )
})
afterAll(async () => {
  fleet.close()
  for (const each of [...members, hub]) await each.close()
})

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(String(text.length).padStart(64, '0')) }
async function joining(inject: { cluster: string; namespace: string }[], user = 'ada') {
  const intent: Intent = { type: 'meshes.join', name: 'fleet', members: [{ cluster: 'east', network: 'n1' }], inject }
  const outcome = await workOut({ fleet, keys, planners }, openViewer(fleet, { user, groups: [] }), intent)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reasons))
  const { items, blocked, impact } = outcome.worked.plan
  return { items, blocked: blocked.map(({ code }) => code), notes: impact.notes.map(({ code }) => code) }
}

describe('namespaces to inject at join', () => {
  test('are labelled by the plan that joins their cluster, and it says what is still to be restarted', async () => {
    const { items, blocked, notes } = await joining([{ cluster: 'east', namespace: 'shop' }])
    expect(
      items.map(({ op, ref, touched }) => [op, ref.cluster, ref.kind, touched.map((each) => each.pointer)]),
    ).toEqual([
      ['update', 'hub', 'Mesh', ['/spec/members']],
      ['update', 'east', 'Namespace', ['/metadata/labels/istio-injection']],
    ])
    expect(items[1]?.dryRun).toEqual({ state: 'accepted', warnings: [] })
    expect(blocked.filter((code) => code.startsWith('injection.') || code.startsWith('sidecars.'))).toEqual([])
    expect(notes).toContain('meshes.inject_at_join')
  })

  test('are refused where the cluster does not join by it, where they are not there, and where Istio never injects', async () => {
    const { items, blocked } = await joining([
      { cluster: 'west', namespace: 'shop' },
      { cluster: 'east', namespace: 'nowhere' },
      { cluster: 'east', namespace: 'kube-system' },
    ])
    expect(items).toHaveLength(1)
    expect(blocked).toEqual(
      expect.arrayContaining(['sidecars.not_in_mesh', 'injection.namespace-not-found', 'injection.system-namespace']),
    )
  })

  test('are not there for who may not know of them', async () => {
    const { items, blocked } = await joining([{ cluster: 'east', namespace: 'shop' }], 'vic')
    expect(items.map(({ ref }) => ref.kind)).toEqual(['Mesh'])
    expect(blocked).toContain('injection.namespace-not-found')
  })
})

test('a namespace that asks stands in the way of leaving, unless the same plan takes its label back', async () => {
  const [, , west] = members
  for (const each of [hub, ...members]) {
    role(each, 'everything', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }])
    bind(each, { user: 'root', role: 'everything' })
  }
  const asking = { ...namespace('asks'), metadata: { name: 'asks', labels: { 'istio-injection': 'enabled' } } }
  west?.store.put(asking)
  const viewer = openViewer(fleet, { user: 'root', groups: [] })
  const intent: IntentOf<'meshes.leave'> = { type: 'meshes.leave', name: 'fleet', clusters: ['west'] }
  const blocked = async (written: Written[]) => {
    const outcome = await planLeaveAfter({ viewer, fleet, intent }, written)
    return outcome.ok ? outcome.draft.blocked.map(({ code }) => code) : outcome.reasons
  }
  await vi.waitFor(async () => expect(await blocked([])).toEqual(['blocker.namespaces-ask']), { timeout: 10_000 })
  expect(await blocked([{ cluster: 'west', object: namespace('asks') }])).toEqual([])
})
