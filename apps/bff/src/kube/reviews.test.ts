import { createKubeClient } from '@orbweaver/kube/connect'
import type { Identity, KubeClient } from '@orbweaver/kube/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bind, namespace, role, startMember, type TestCluster } from '../testing/clusters.ts'
import type { Heard } from './health.ts'
import { createReviews, type Reviews } from './reviews.ts'

const hour = 3_600_000
const start = Date.parse('2026-11-28T08:00:00Z')
const keeper: Identity = { user: 'keeper', groups: [] }
const listPods = { verb: 'list', group: '', resource: 'pods' }

let east: TestCluster
let client: KubeClient
let clock: number
let heard: Heard
let suspected: number

beforeEach(async () => {
  east = await startMember('east')
  for (const name of ['shop', 'bank']) east.store.put(namespace(name))
  role(east, 'pod-reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }])
  bind(east, { user: 'keeper', role: 'pod-reader', inNamespace: 'shop' })
  client = createKubeClient({ cluster: 'east', connection: east.connection, limits: { attempts: 1 } })
  clock = start
  heard = { answeredAt: start, trouble: undefined, speakingSince: start }
  suspected = 0
})
afterEach(async () => {
  await client.close()
  await east.close()
})

function reviewsOf(subject: (identity: Identity) => Identity = (identity) => identity): Reviews {
  return createReviews({
    own: client,
    as: (identity) => client.as(subject(identity)),
    subject,
    health: () => heard,
    suspect: () => void (suspected += 1),
    now: () => clock,
  })
}

/** What is known of the keeper: pods of everywhere, of the shop, of the bank. */
async function known(reviews: Reviews, of: 'now' | 'lastKnown' = 'lastKnown', who = keeper) {
  const rights = reviews[of](who)
  const inNamespace = async (name: string) => (await rights.rules(name))?.allows(listPods)
  return [await rights.may(listPods), await inNamespace('shop'), await inNamespace('bank')]
}

const before = ['no', true, false]
const nothing = ['unknown', undefined, undefined]

/** The cluster falls silent now, and its health has been looked at. */
function goSilent(): void {
  east.faults.set({ refuse: true })
  heard = { ...heard, trouble: { code: 'unreachable', since: clock } }
}

async function comeBack(): Promise<void> {
  east.faults.reset()
  // The first call may find a connection that the server has cut.
  await vi.waitFor(() => client.raw('/version'))
  heard = { answeredAt: clock, trouble: undefined, speakingSince: clock }
}

describe('while a cluster is silent', () => {
  test('what it last said of somebody is known for 12 h, a no as well as a yes', async () => {
    const reviews = reviewsOf()
    expect(await known(reviews)).toEqual(before)
    goSilent()
    clock += 12 * hour - 1
    expect(await known(reviews)).toEqual(before)
    clock += 1
    expect(await known(reviews)).toEqual(nothing)
  })

  test('nothing may be planned or written by it', async () => {
    const reviews = reviewsOf()
    expect(await known(reviews)).toEqual(before)
    goSilent()
    clock += 60_000
    expect(await known(reviews, 'now')).toEqual(nothing)
  })

  test('what was never asked is unknown, also of the same person in another group, and of another person', async () => {
    const reviews = reviewsOf()
    await known(reviews)
    goSilent()
    clock += 60_000
    for (const who of [
      { ...keeper, groups: ['dev'] },
      { ...keeper, user: 'stranger' },
    ]) {
      expect(await known(reviews, 'lastKnown', who)).toEqual(nothing)
    }
    expect(await reviews.lastKnown(keeper).may({ ...listPods, verb: 'get' })).toBe('unknown')
    expect(await reviews.lastKnown(keeper).rules('kube-system')).toBeUndefined()
  })

  test('what was said of a name is nothing said of whom the cluster calls otherwise now', async () => {
    let prefix = ''
    const reviews = reviewsOf(({ user, groups }) => ({ user: `${prefix}${user}`, groups }))
    expect(await known(reviews)).toEqual(before)
    prefix = 'corp:'
    goSilent()
    clock += 60_000
    expect(await known(reviews)).toEqual(nothing)
  })
})

test('a cluster that answers is asked anew, and what it said before it fell silent is never taken up again', async () => {
  const reviews = reviewsOf()
  expect(await known(reviews)).toEqual(before)
  goSilent()
  clock += hour
  expect(await known(reviews)).toEqual(before)
  clock += 1
  await comeBack()
  bind(east, { user: 'keeper', role: 'pod-reader', inNamespace: 'bank' })
  expect(await known(reviews)).toEqual(['no', true, true])
  clock += hour
  await comeBack()
  clock += hour
  goSilent()
  expect(await known(reviews)).toEqual(nothing)
})

describe('before its health was looked at', () => {
  test('a question left open makes it suspect, and what it last said counts until it answers', async () => {
    const reviews = reviewsOf()
    await known(reviews)
    east.faults.set({ refuse: true })
    clock += 60_000
    expect(await known(reviews)).toEqual(before)
    expect(suspected).toBeGreaterThan(0)
    heard = { ...heard, answeredAt: clock + 1 }
    clock += 60_000
    east.faults.set({ refuse: false, errorRate: 1 })
    expect(await known(reviews)).toEqual(nothing)
  })
})

describe('a cluster that refuses the console itself is not silent', () => {
  test('by 401', async () => {
    const reviews = reviewsOf()
    await known(reviews)
    east.faults.set({ unauthorized: true })
    clock += 60_000
    expect(await known(reviews)).toEqual(nothing)
    heard = { ...heard, trouble: { code: 'unauthorized', since: clock }, speakingSince: clock }
    expect(await known(reviews)).toEqual(nothing)
    east.faults.reset()
    goSilent()
    expect(await known(reviews)).toEqual(nothing)
  })

  test('by 403', async () => {
    const reviews = reviewsOf()
    await known(reviews)
    const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' }
    for (const { metadata } of east.store.list(binding)) {
      if (metadata.name.startsWith('orbweaver')) east.store.remove({ ...binding, name: metadata.name })
    }
    clock += 60_000
    expect(await known(reviews)).toEqual(nothing)
    goSilent()
    expect(await known(reviews)).toEqual(nothing)
  })
})
