import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalJson, isRecord, type Json, listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { changes as changeResource, namespaces, statefulSets } from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request, startConsole, type RunningConsole } from '../harness/console.ts'
import { type GatedFleet, startGatedFleet } from '../harness/gated-fleet.ts'
import type { Write } from '../harness/gate.ts'
import { type Person, signIn } from '../harness/person.ts'
import { apps, cluster, manyNamespacesWorld, putWorkloads, teams } from './many-workloads-world.ts'
import { meshName, meshSpec } from './requests.ts'
import { planned, settled } from './scenarios.ts'

const total = teams.length * (apps.length + 1)
/** As many as it takes, with five hundred items in each. */
const partCount = 3
const enable = {
  type: 'sidecars.namespaces',
  mesh: meshName,
  namespaces: teams.map((namespace) => ({ cluster, namespace })),
  action: 'enable',
  restart: true,
}

let fleet: GatedFleet
let running: RunningConsole
let start: () => Promise<RunningConsole>
/** Of the plan that Ada was shown: the same after every restart, while nothing of it was done. */
let fingerprint: string
let long: string

beforeAll(async () => {
  fleet = await startGatedFleet(manyNamespacesWorld())
  const options = { ...fleet.files, instance: 'drill', leaseSeconds: 3 }
  start = () => startConsole(options)
  running = await start()
  const ada = await signIn(running.url, 'ada')
  await (await planned(ada, { type: 'meshes.create', name: meshName, spec: meshSpec }))()
  await settled(fleet)
  putWorkloads(fleet)
  await allKnown(ada)
  const plan = await posted(ada, '/plans', { intent: enable })
  expect(listAt(plan, 'blocked')).toEqual([])
  expect(listAt(plan, 'items')).toHaveLength(total)
  fingerprint = textAt(plan, 'fingerprint') ?? ''
}, 180_000)
afterAll(async () => {
  await running.kill()
  await fleet.stop()
})

/** A console that has just been started knows its clusters a moment later. */
async function allKnown(person: Person): Promise<void> {
  const workloads = async () =>
    numberAt((await person.get(`/meshes/${meshName}/sidecars/workloads?size=1`)).body, 'total') ?? 0
  const state = async () => textAt((await person.get(`/clusters/${cluster}`)).body, 'clusters', 0, 'state')
  while ((await state()) !== 'fresh' || (await workloads()) < teams.length * apps.length) await sleep(50)
}

async function stored(): Promise<{ heads: KubernetesObject[]; parts: KubernetesObject[] }> {
  const { items } = await fleet.admin('hub').list(changeResource)
  const isPart = ({ spec }: KubernetesObject) => numberAt(spec, 'part', 'number') !== undefined
  return {
    heads: items.filter((each) => !isPart(each) && each.metadata.name.startsWith('sidecars-')),
    parts: items.filter(isPart),
  }
}

const storing = /\/changes$/
const results = /-part-\d+\/status$/

type Kill = { when: 'before' | 'after'; at: (write: Write) => boolean }

/** Kills the console at the first write that fits, before it reaches the API server or after it was stored. */
async function kill({ when, at }: Kill, meanwhile: Promise<never> = new Promise(() => undefined)): Promise<Write> {
  const victim = running
  const hit = new Promise<Write>((resolve) => {
    let done = false
    fleet.gate.rule(async (write) => {
      if (done) return 'drop'
      if (!at(write)) return 'forward'
      done = true
      if (when === 'before') await victim.kill()
      resolve(write)
      return when === 'before' ? 'drop' : 'forward-and-hold'
    })
  })
  const write = await Promise.race([hit, meanwhile])
  await victim.kill()
  fleet.gate.rule(() => 'forward')
  running = await start()
  return write
}

const byAda = () => fleet.gate.writes.filter(({ user }) => user === 'ada')
/** The so-manieth of the objects that a change is stored in; the Change itself comes after all its parts. */
const stores = (number: number) => (write: Write) =>
  storing.test(write.path) && fleet.gate.writes.filter(({ path }) => storing.test(path)).length === number
const nth = (number: number) => (write: Write) => write.user === 'ada' && byAda().length === number

/** Fifteen hundred dry runs take longer than anything else that a drill asks. */
async function posted(person: Person, path: string, body: object): Promise<unknown> {
  const headers = { ...person.headers, origin: running.url, 'content-type': 'application/json' }
  const signal = AbortSignal.timeout(120_000)
  const answer = await request(`${running.url}/api/v1${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal,
  })
  return answer.json()
}

/**
 * Executes what was planned, by a console that is killed under it: its answer never comes. One that has just been
 * started may know too little yet and plan something else; then the new plan is taken, as people do.
 */
async function execute(person: Person): Promise<never> {
  const never = new Promise<never>(() => undefined)
  for (let left = 3; left > 0; left -= 1) {
    const answer = await posted(person, '/changes', { intent: enable, fingerprint }).catch(() => never)
    const planned = textAt(answer, 'data', 'plan', 'fingerprint')
    if (planned === undefined) throw new Error(`it was answered: ${JSON.stringify(answer).slice(0, 1_000)}`)
    fingerprint = planned
  }
  throw new Error('every plan was another one')
}

describe('a change of fifteen hundred items', () => {
  it('is not there at all where the console died before all of it was stored', { timeout: 120_000 }, async () => {
    fleet.gate.reset()
    const ada = await signIn(running.url, 'ada')
    await kill({ when: 'before', at: stores(partCount) }, execute(ada))
    const left = await stored()
    expect([left.heads.length, left.parts.length]).toEqual([0, partCount - 1])
    const history = (await (await signIn(running.url, 'ada')).get('/changes')).body
    expect(listAt(history, 'items').map((each) => textAt(each, 'word'))).toEqual(['meshes'])
    expect(byAda()).toEqual([])
    aged(left.parts)
    await running.kill()
    running = await start()
    await expect.poll(async () => (await stored()).parts.length, { timeout: 15_000 }).toBe(0)
  })

  it('is carried out once and whole, wherever the console dies', { timeout: 300_000 }, async () => {
    const ada = await signIn(running.url, 'ada')
    await allKnown(ada)
    fleet.gate.reset()
    await kill({ when: 'after', at: stores(partCount + 1) }, execute(ada))
    const dropped = await kill({ when: 'before', at: nth(400) })
    await kill({ when: 'after', at: nth(800) })
    await kill({ when: 'before', at: ({ path }) => results.test(path) })
    await over()
    const { heads, parts } = await stored()
    expect([heads.length, parts.length]).toEqual([1, partCount])
    long = heads[0]?.metadata.name ?? ''
    const often = new Map<string, number>()
    for (const { path } of byAda()) often.set(path, (often.get(path) ?? 0) + 1)
    expect(often.size).toBe(total)
    // The one write that never arrived was done again; nothing else was.
    expect([...often].filter(([, times]) => times > 1)).toEqual([[dropped.path, 2]])
    await carriedOut(textAt(heads[0], 'spec', 'createdAt') ?? '')
  })

  it('is one in the history, with all its items', async () => {
    const ada = await signIn(running.url, 'ada')
    const rows = listAt((await ada.get('/changes?size=500')).body, 'items')
    const [row, ...more] = rows.filter((each) => textAt(each, 'word') === 'sidecars')
    expect(more).toEqual([])
    expect(isRecord(row) ? row.counts : undefined).toEqual({ total, done: total, failed: 0 })
    const pages = await Promise.all([1, 2, 3].map((page) => ada.get(`/changes/${long}?size=500&page=${page}`)))
    const items = pages.flatMap(({ body }) => listAt(body, 'items'))
    expect(new Set(items.map((each) => textAt(each, 'id'))).size).toBe(total)
    expect(items.filter((each) => textAt(each, 'state') !== 'done')).toEqual([])
    const { parts } = await stored()
    for (const { metadata } of parts) expect((await ada.get(`/changes/${metadata.name}`)).status).toBe(404)
  })

  it('shows somebody with one namespace theirs, and counts the rest', async () => {
    const nils = await signIn(running.url, 'nils')
    const { body } = await nils.get(`/changes/${long}?size=500`)
    expect(listAt(body, 'items')).toHaveLength(apps.length + 1)
    expect([numberAt(body, 'visible'), numberAt(body, 'hidden')]).toEqual([apps.length + 1, total - apps.length - 1])
    const undo = await nils.post('/plans', { intent: { type: 'history.undo', change: long } })
    expect(undo.status).toBe(422)
    const told = canonicalJson([body, undo.body].filter((each): each is Json => isRecord(each)))
    expect(told).toContain('team-1')
    expect(told).toContain('history.partly_hidden')
    expect(told).not.toMatch(/team-([2-9]|1\d)/)
  })

  it('is undone as one', { timeout: 60_000 }, async () => {
    const ada = await signIn(running.url, 'ada')
    await (await planned(ada, { type: 'history.undo', change: long }))()
    await settled(fleet)
    const { items } = await fleet.admin(cluster).list(namespaces)
    const labels = items.filter(({ metadata }) => teams.includes(metadata.name)).map(labelsOf)
    expect(
      labels.filter((each) => each['istio-injection'] !== undefined || each['istio.io/rev'] !== undefined),
    ).toEqual([])
  })
})

/** Longer than what other drills wait for. */
async function over(): Promise<void> {
  const open = async () => (await stored()).heads.some((each) => textAt(each, 'status', 'phase') !== 'Succeeded')
  while (await open()) await sleep(200)
}

/** As if they had been left behind two hours ago. */
function aged(parts: readonly KubernetesObject[]): void {
  const store = fleet.fleet.clusters.get('hub')?.server.store
  const creationTimestamp = new Date(Date.now() - 2 * 3_600_000).toISOString()
  for (const { apiVersion, kind, metadata, spec } of parts) {
    store?.remove({ apiVersion, kind, name: metadata.name })
    store?.put({ apiVersion, kind, metadata: { name: metadata.name, creationTimestamp }, ...(spec && { spec }) })
  }
}

async function carriedOut(createdAt: string): Promise<void> {
  const member = fleet.admin(cluster)
  const labelled = (await member.list(namespaces)).items.filter(({ metadata }) => teams.includes(metadata.name))
  expect(labelled.map((each) => labelsOf(each)['istio-injection'] ?? labelsOf(each)['istio.io/rev'])).not.toContain(
    undefined,
  )
  const sets = (await member.list(statefulSets)).items.filter(({ metadata }) =>
    teams.includes(metadata.namespace ?? ''),
  )
  const times = sets.map(
    ({ spec }) => stringsAt(spec, 'template', 'metadata', 'annotations')['kubectl.kubernetes.io/restartedAt'],
  )
  expect(times).toHaveLength(teams.length * apps.length)
  expect(new Set(times)).toEqual(new Set([createdAt]))
}
