import type { Intent } from '@orbweaver/contracts/intent'
import type { TlsPair } from '@orbweaver/contracts/security-intents'
import { makeIntermediate, makeRoot } from '@orbweaver/istio/certificates/make'
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
  definition,
  namespace,
  register,
  role,
  startHub,
  startMember,
  type TestCluster,
} from '../../testing/clusters.ts'
import { gateway, gatewayPod, oneClusterMesh, secret, tls } from '../../testing/tls-objects.ts'
import { secretOf } from './one.ts'
import { secretsOf } from './rows.ts'

const now = new Date()
const base64 = (text: string) => Buffer.from(text).toString('base64')

let pair: TlsPair
let next: TlsPair
let hub: TestCluster
let member: TestCluster
let fleet: RunningFleet

const read = readMesh(oneClusterMesh)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeAll(async () => {
  const root = await makeRoot({ organization: 'Shop', years: 2, now })
  const wish = { cluster: 'member', namespace: 'ingress', now }
  const made = async (days: number) => {
    const { caCert, caKey } = await makeIntermediate(root, { ...wish, days })
    return { certificate: caCert, key: caKey }
  }
  pair = await made(10)
  next = await made(300)
})

const rule = (group: string, resource: string, verbs: string[]) => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
})

beforeEach(async () => {
  hub = await startHub()
  member = await startMember('member')
  for (const name of ['ingress', 'shop', 'other']) member.store.put(namespace(name))
  member.store.put(definition('gateways', 'Gateway', ['networking.istio.io', 'v1']))
  role(hub, 'meshes', [rule('orbweaver.dev', 'meshes', ['get', 'list'])])
  const everything = ['get', 'list', 'watch', 'create', 'update', 'delete']
  role(member, 'secrets', [rule('', 'secrets', everything)])
  role(member, 'rules', [rule('networking.istio.io', 'gateways', ['get', 'list'])])
  for (const user of ['ada', 'vic', 'ines', 'nils']) bind(hub, { user, role: 'meshes' })
  // Ada may do all, Vic sees rules alone, Ines has one namespace, Nils Secrets without rules.
  for (const each of ['secrets', 'rules']) bind(member, { user: 'ada', role: each })
  bind(member, { user: 'vic', role: 'rules' })
  bind(member, { user: 'ines', role: 'secrets', inNamespace: 'other' })
  bind(member, { user: 'nils', role: 'secrets' })
  register(hub, member)
  hub.store.put(oneClusterMesh)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
})
afterEach(async () => {
  fleet.close()
  await member.close()
  await hub.close()
})

/** A gateway with one Secret that is there and one that is not, an unused one, and Secrets of other things. */
async function world(): Promise<void> {
  const others = [
    secret('shop/password', { password: 'hush' }, 'Opaque'),
    secret('ingress/cacerts', { 'ca-key.pem': 'hush' }),
  ]
  for (const each of [gateway, gatewayPod, tls('ingress/web', pair), tls('other/spare', next), ...others])
    member.store.put(each)
  await vi.waitFor(
    () => {
      const mirror = fleet.get('member')?.mirror
      expect(fleet.hub.mirror.get(kinds.meshes, { name: 'shop' })).toBeDefined()
      expect(mirror?.list(kinds.secrets).length).toBeGreaterThanOrEqual(4)
      expect(mirror?.list(kinds.istioGateways).length).toBe(1)
      expect(mirror?.list(kinds.pods).length).toBe(1)
    },
    { timeout: 10_000 },
  )
}

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(base64(text).slice(-64)) }
const viewer = (user: string) => openViewer(fleet, { user, groups: [] })
const asking = (user: string) => ({ fleet, viewer: viewer(user) })

async function listed(user: string) {
  const { rows, withheld } = await secretsOf(asking(user), mesh, now)
  const told = rows.map(({ ref, state, usedBy, usedHidden }) => [
    `${ref.namespace ?? ''}/${ref.name}`,
    state,
    ...usedBy.map(({ by }) => by.name),
    ...(usedHidden ? ['hidden'] : []),
  ])
  return {
    told: told.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    withheld: withheld.map(({ why }) => why.code),
    text: JSON.stringify(rows),
  }
}

async function plan(intent: Intent, user = 'ada') {
  const outcome = await workOut({ fleet, keys, planners }, viewer(user), intent)
  if (!outcome.ok) return { refused: outcome.reasons.map(({ code }) => code) }
  const { plan: worked, items } = outcome.worked
  return {
    text: JSON.stringify(worked),
    items: items.map(({ op, by, touched }) => [op, by, ...touched.map(({ pointer }) => pointer).toSorted()]),
    blocked: worked.blocked,
    undoable: worked.undoable,
  }
}
const codes = ({ blocked = [] }: { blocked?: { code: string }[] }) => blocked.map(({ code }) => code)

function applied(wanted: TlsPair, more: Partial<Extract<Intent, { type: 'security.apply-secret' }>> = {}): Intent {
  const at = { mesh: 'shop', namespace: 'ingress', name: 'web', clusters: ['member'] }
  return { type: 'security.apply-secret', ...at, pair: wanted, ...more }
}
function deleted(at: string): Intent {
  const [inNamespace = '', name = ''] = at.split('/')
  const live = member.store.get({ apiVersion: 'v1', kind: 'Secret', namespace: inNamespace, name })
  const uid = live?.metadata.uid ?? ''
  return {
    type: 'security.delete-secrets',
    mesh: 'shop',
    secrets: [{ cluster: 'member', namespace: inNamespace, name, uid }],
  }
}

describe('the list', () => {
  test('has what there is, who uses it, and what is named in vain', async () => {
    await world()
    const { told, withheld, text } = await listed('ada')
    expect(told).toEqual([
      ['ingress/gone', 'missing', 'front'],
      ['ingress/web', 'expiring', 'front'],
      ['other/spare', 'valid'],
    ])
    expect(withheld).toEqual([])
    expect(text).not.toContain('PRIVATE')
  })

  test('is as long as the viewer may know, and says which right is missing', async () => {
    await world()
    expect(await listed('vic')).toMatchObject({ told: [], withheld: ['security.not_permitted'] })
    expect(await listed('ines')).toMatchObject({
      told: [['other/spare', 'valid']],
      withheld: ['security.not_permitted'],
    })
  })

  test('masks rules, and what only they tell', async () => {
    await world()
    expect((await listed('nils')).told).toEqual([
      ['ingress/web', 'expiring', 'hidden'],
      ['other/spare', 'valid'],
    ])
  })

  test('keeps no private key in memory', async () => {
    await world()
    const kept = JSON.stringify(fleet.get('member')?.mirror.list(kinds.secrets))
    expect(kept).not.toContain(base64(pair.key))
    expect(kept).not.toContain(base64('hush'))
  })
})

describe('one Secret', () => {
  const ref = (at: string) => {
    const [inNamespace = '', name = ''] = at.split('/')
    return { cluster: 'member', group: '', version: 'v1', kind: 'Secret', namespace: inNamespace, name }
  }
  const told = (at: string, user = 'ada') => secretOf(asking(user), mesh, ref(at))

  test('is read now: whether its key fits, and never the key', async () => {
    await world()
    expect(await told('ingress/web')).toMatchObject({ key: 'fits', permitted: { update: true, delete: true } })
    expect(JSON.stringify(await told('ingress/web'))).not.toContain('PRIVATE')
    member.store.put(tls('ingress/web', { certificate: pair.certificate, key: next.key }))
    expect(await told('ingress/web')).toMatchObject({ key: 'mismatch' })
  })

  test('is not told to who may not read it, nor one of another purpose', async () => {
    await world()
    await expect(told('ingress/web', 'vic')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await told('shop/password')).toBeUndefined()
    expect(await told('ingress/cacerts')).toBeUndefined()
  })
})

describe('a plan', () => {
  test('makes a Secret that can be undone, with no key in it', async () => {
    await world()
    const made = await plan(applied(next, { name: 'gone', labels: { team: 'edge' } }))
    expect(made).toMatchObject({ items: [['create', 'person', '']], blocked: [], undoable: true })
    expect(made.text).not.toContain('PRIVATE')
    expect(made.text).not.toContain(base64(next.key))
    expect(JSON.stringify(await redactIntent(keys, applied(next)))).not.toContain('PRIVATE')
  })

  test('replaces values and labels in the layout that is there; the CA stays until it is taken away', async () => {
    member.store.put(
      secret('ingress/web', { cert: pair.certificate, key: pair.key, cacert: 'ca', other: 'x' }, 'Opaque'),
    )
    await world()
    member.store.put(
      secret('ingress/web', { cert: pair.certificate, key: pair.key, cacert: 'ca', other: 'x' }, 'Opaque'),
    )
    expect(await plan(applied(next, { labels: { a: 'b' } }))).toMatchObject({
      items: [['update', 'person', '/data/cert', '/data/key', '/metadata/labels']],
      blocked: [],
      undoable: false,
    })
    const without = await plan(applied({ ...next, ca: null }))
    expect(without.items).toEqual([['update', 'person', '/data/cacert', '/data/cert', '/data/key']])
  })

  test('refuses what no proxy could use, and what is of something else', async () => {
    await world()
    expect(codes(await plan(applied({ ...next, key: pair.key })))).toEqual(['certificates.key_mismatch'])
    expect(codes(await plan(applied({ certificate: 'none', key: 'none' })))).toEqual(['certificates.unreadable'])
    const wrongOrder = { certificate: `${pair.certificate}${next.certificate}`, key: next.key }
    expect(codes(await plan(applied(wrongOrder)))).toEqual(['security.certificate_not_first'])
    expect(codes(await plan(applied(next, { namespace: 'shop', name: 'password' })))).toEqual(['security.not_tls'])
    expect(await plan(applied(next, { name: 'cacerts' }))).toEqual({ refused: ['security.authority'] })
    expect(await plan(applied(next, { clusters: ['hub'] }))).toEqual({ refused: ['security.not_in_mesh'] })
  })

  test('deletes what nobody uses, and names the rules of what is used', async () => {
    await world()
    expect(await plan(deleted('other/spare'))).toMatchObject({
      items: [['delete', 'person']],
      blocked: [],
      undoable: false,
    })
    expect((await plan(deleted('ingress/web'))).blocked).toEqual([
      {
        code: 'security.in_use',
        params: { name: 'web', namespace: 'ingress', cluster: 'member', by: 'Gateway shop/front' },
      },
    ])
    expect(codes(await plan(deleted('ingress/web'), 'nils'))).toEqual(['security.in_use_hidden'])
  })

  test('is nothing for who may not write Secrets, and tells them nothing', async () => {
    await world()
    expect(codes(await plan(applied(next), 'vic'))).toEqual(['plan.forbidden'])
    expect(codes(await plan(deleted('ingress/web'), 'vic'))).toEqual(['plan.forbidden'])
  })
})
