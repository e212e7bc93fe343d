import { setTimeout as sleep } from 'node:timers/promises'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { canonicalJson, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startConsole } from '../harness/console.ts'
import type { Answer, Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { meshSpec, requestsAbout, type Subject } from './requests.ts'
import { planned, settled } from './scenarios.ts'
import { own, secretMark, team, twoTeamsWorld } from './two-teams-world.ts'

/** What a person waits for at most (ms), by the issue this drill answers to. */
const patienceMs = 1_500
const dark = ['member-2', 'member-3']
/** Life of an answer about rights: what is asked later than that after the dark fell, no cluster has said just now. */
const verdictSeconds = 3
const alsoThere = { role: 'orbweaver-namespace-editor', cluster: 'member-2', namespace: own.namespace }

let stage: Stage
let ada: Person
let vic: Person
let nils: Person
let before: Record<string, string> = {}
const subject: Subject = { ...own, mesh: 'light', change: 'none', item: 'item-1', uid: 'none' }
const inTheDark: Subject = { ...subject, cluster: 'member-2', mesh: 'dark' }

beforeAll(async () => {
  const four = twoTeamsWorld()
  const more = emptyWorld().members.slice(2)
  const members = [...four.members, ...more].map((member) =>
    member.name === 'member-2' ? { ...member, stages: [...member.stages, Object.values(team(own))] } : member,
  )
  const people = four.personas.map((each) =>
    each.id === 'nils' ? { ...each, binds: [...each.binds, alsoThere] } : each,
  )
  const world = { ...four, members: members.map((each) => ({ ...each, registered: true })), personas: people }
  stage = await setStage(world, { verdictSeconds })
  for (const name of ['member-3', 'member-4']) {
    const rights = stage.fleet.fleet.clusters.get('member-1')?.server.store.list({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
    })
    for (const each of rights ?? []) stage.fleet.fleet.clusters.get(name)?.server.store.put(each)
  }
  ada = await stage.person('ada')
  vic = await stage.person('vic')
  nils = await stage.person('nils')
  for (const [name, cluster] of [
    ['light', 'member-1'],
    ['dark', 'member-2'],
  ] as const) {
    const spec = { ...meshSpec, controlPlane: { cluster } }
    await (await planned(ada, { type: 'meshes.create', name, spec }))()
  }
  await settled(stage.fleet)
  subject.change = textAt((await ada.get('/changes')).body, 'items', 0, 'name') ?? ''
}, 90_000)
afterAll(() => stage.stop())

function darken(names: readonly string[], blackHole: boolean): void {
  for (const name of names) stage.fleet.fleet.clusters.get(name)?.server.faults.set({ blackHole })
}

type Timed = { answer: Answer; ms: number }

async function timed(asked: { method: string; path: string; body?: object }): Promise<Timed> {
  const startedAt = performance.now()
  const answer = await ada.send(asked.method, asked.path, asked.body)
  return { answer, ms: performance.now() - startedAt }
}

/** The route was slow twice: once may have been the machine. */
async function slow(asked: { method: string; path: string; body?: object }): Promise<number | undefined> {
  const first = await timed(asked)
  if (first.ms <= patienceMs) return undefined
  const { ms } = await timed(asked)
  return ms <= patienceMs ? undefined : Math.round(ms)
}

const reading = new Set(['objects.get', 'meshes.preflight'])
const reads = (about: Subject) =>
  requestsAbout(about).filter(
    ({ method, operation }) => operation !== 'events.watch' && (method === 'GET' || reading.has(operation)),
  )

const pages = ['sidecars/namespaces?size=500', 'sidecars/workloads?size=500', 'objects?size=500', 'places']

/** The pages of the mesh in the dark as somebody sees them: what is on them, and how its cluster is doing. */
async function looked(person: Person): Promise<{ shown: string; truths: Json[] }> {
  const answers = await inOrder(pages, async (page) => (await person.get(`/meshes/dark/${page}`)).body)
  const truths = answers.flatMap((body) => listAt(body, 'clusters'))
  return { shown: canonicalJson(answers.map((body) => listAt(body, 'items').concat(listAt(body, 'places')))), truths }
}

async function inOrder<From, To>(items: readonly From[], map: (item: From) => Promise<To>): Promise<To[]> {
  const mapped: To[] = []
  for (const each of items) mapped.push(await map(each))
  return mapped
}

describe('with two of four clusters swallowing everything', () => {
  it('every read answers in time, from the first moment on', { timeout: 90_000 }, async () => {
    before = { ada: (await looked(ada)).shown, vic: (await looked(vic)).shown, nils: (await looked(nils)).shown }
    expect(before.ada).toMatch(secretMark)
    expect(before.nils).toContain(own.workload)
    darken(dark, true)
    const late: Record<string, number> = {}
    for (const about of [subject, inTheDark]) {
      for (const asked of reads(about)) {
        const ms = await slow(asked)
        if (ms !== undefined) late[`${asked.operation} of ${about.cluster}`] = ms
      }
    }
    expect(late).toEqual({})
  })

  it('says which are missing, since when and why, and shows the others', async () => {
    await expect.poll(missing, { timeout: 15_000 }).toEqual(dark)
    const truths = listAt((await ada.get('/clusters')).body, 'clusters')
    for (const truth of truths.filter((each) => dark.includes(textAt(each, 'cluster') ?? ''))) {
      expect(textAt(truth, 'reason')).toMatch(/^kube\./)
      expect(Date.parse(textAt(truth, 'since') ?? '')).toBeGreaterThan(Date.now() - 60_000)
      expect(Date.parse(textAt(truth, 'asOf') ?? '')).toBeLessThanOrEqual(Date.now())
    }
    expect(listAt((await ada.get('/clusters')).body, 'items')).toHaveLength(4)
    const rows = await ada.get('/meshes/light/sidecars/namespaces')
    expect(listAt(rows.body, 'items').map((each) => textAt(each, 'namespace'))).toContain(own.namespace)
    const old = await ada.get('/meshes/dark/sidecars/namespaces')
    expect(textAt(old.body, 'clusters', 0, 'state')).toBe('unreachable')
    const late: Record<string, number> = {}
    for (const about of [subject, inTheDark]) {
      for (const asked of reads(about)) {
        const ms = await slow(asked)
        if (ms !== undefined) late[`${asked.operation} of ${about.cluster}`] = ms
      }
    }
    expect(late).toEqual({})
  })

  it('says of a plan there that nobody answered, not that a right is missing', async () => {
    const spec = { ...meshSpec, controlPlane: { cluster: 'member-3' } }
    const { body } = await ada.post('/plans', { intent: { type: 'meshes.create', name: 'new', spec } })
    const codes = listAt(body, 'blocked').map((each) => textAt(each, 'code'))
    expect(codes).toContain('plan.cluster_unreachable')
    expect(codes).not.toContain('meshes.not_permitted')
  })

  it('shows everybody what they saw, and says how old it is, when nobody’s rights can be asked any more', async () => {
    await expect.poll(missing, { timeout: 15_000 }).toEqual(dark)
    await sleep(verdictSeconds * 1_000 + 500)
    for (const [name, person] of Object.entries({ ada, vic, nils })) {
      const { shown, truths } = await looked(person)
      expect(shown, name).toBe(before[name])
      for (const truth of truths) {
        expect(textAt(truth, 'state'), name).toBe('unreachable')
        expect(Date.parse(textAt(truth, 'asOf') ?? '')).toBeLessThanOrEqual(Date.parse(textAt(truth, 'since') ?? ''))
      }
      expect(truths, name).toHaveLength(pages.length)
    }
    expect(before.nils).not.toMatch(secretMark)
  })

  it('plans nothing there by what was once allowed', async () => {
    const namespaces = [{ cluster: 'member-2', namespace: own.namespace }]
    const intent = { type: 'sidecars.namespaces', mesh: 'dark', namespaces, action: 'enable', restart: false }
    for (const person of [ada, nils]) {
      const { body } = await person.post('/plans', { intent })
      expect(listAt(body, 'blocked').map((each) => textAt(each, 'code'))).toEqual(['plan.cluster_unreachable'])
      const fingerprint = textAt(body, 'fingerprint')
      expect(textAt((await person.post('/changes', { intent, fingerprint })).body, 'code')).toBe('plan.blocked')
    }
  })

  it('is whole again when they are back', async () => {
    darken(dark, false)
    await expect.poll(missing, { timeout: 30_000 }).toEqual([])
  })
})

describe('with every cluster swallowing everything from the start', () => {
  it('is ready within five seconds, and says so', { timeout: 60_000 }, async () => {
    const all = ['hub', 'member-1', ...dark, 'member-4']
    darken(all, true)
    const startedAt = performance.now()
    const console = await startConsole({ ...stage.fleet.files, instance: 'blind' })
    try {
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    } finally {
      await console.stop()
      darken(all, false)
    }
  })
})

async function missing(): Promise<string[]> {
  const { body } = await ada.get('/clusters')
  const away = listAt(body, 'clusters').filter((each) => textAt(recordAt(each), 'state') !== 'fresh')
  return away.map((each) => textAt(each, 'cluster') ?? '').toSorted()
}
