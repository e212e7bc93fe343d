import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalJson, isRecord, type JsonRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import {
  changes as changeResource,
  customResourceDefinitions,
  deployments,
  namespaces,
  pods,
} from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, codeOf, type Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { isUpkeep } from '../harness/upkeep.ts'
import { madeHistory } from './history-of-both.ts'
import { meshName, type Subject } from './requests.ts'
import { planned, settled } from './scenarios.ts'
import { own, twoTeamsWorld } from './two-teams-world.ts'

let stage: Stage
let ada: Person
let subject: Subject

beforeAll(async () => {
  stage = await setStage(twoTeamsWorld())
  subject = (await madeHistory(stage)).own
  ada = await stage.person('ada')
}, 60_000)
afterAll(() => stage.stop())

const hub = () => stage.fleet.admin('hub')
const hubStore = () => stage.fleet.fleet.clusters.get('hub')?.server.store

/** A Change that the console made, as if it had not been carried out yet, under another name. */
async function copied(name: string, alter: (spec: JsonRecord) => JsonRecord): Promise<KubernetesObject> {
  const real = await hub().get(changeResource, { name: subject.change })
  return { apiVersion: real.apiVersion, kind: real.kind, metadata: { name }, spec: alter(recordAt(real, 'spec')) }
}

/** The items, doing something else than what was agreed: a label that the drill can look for. */
function altered(spec: JsonRecord): JsonRecord {
  const touched = [{ pointer: '/metadata/labels/forged', after: 'yes' }]
  return { ...spec, items: listAt(spec, 'items').map((item) => ({ ...(isRecord(item) ? item : {}), touched })) }
}

const forgeries: Record<string, (spec: JsonRecord) => JsonRecord> = {
  'as-it-was': (spec) => spec,
  'another-actor': (spec) => ({ ...spec, actor: { user: 'admin', groups: ['system:masters'] } }),
  'altered-items': altered,
  'without-seal': (spec) => ({ ...altered(spec), hmac: undefined }),
  'empty-seal': (spec) => ({ ...altered(spec), hmac: '' }),
}

describe('a Change that the console did not write', () => {
  it('is refused by the guard, whoever writes it', async () => {
    for (const [name, alter] of Object.entries(forgeries)) {
      const forged = await copied(`forged-${name}`, alter)
      await expect(hub().create(changeResource, forged), name).rejects.toThrow(/orbweaver-change-guard|hmac/)
    }
  })

  it('is neither executed nor shown where there is no guard', { timeout: 60_000 }, async () => {
    stage.fleet.gate.reset()
    for (const [name, alter] of Object.entries(forgeries)) hubStore()?.put(await copied(`forged-${name}`, alter))
    const real = await hub().get(changeResource, { name: subject.change })
    const inPlace = { ...real, spec: altered(recordAt(real, 'spec')), status: {} }
    hubStore()?.put({ ...inPlace, metadata: { ...real.metadata, name: 'forged-in-place' } })
    // A change made afterwards is executed after them: when it is over, they have been passed by.
    await (await planned(ada, injection('clear')))()
    await expect.poll(() => openChanges(), { timeout: 15_000 }).toEqual([])
    const { items } = await hub().list(changeResource)
    const forged = items.filter(({ metadata }) => metadata.name.startsWith('forged-'))
    expect(forged.length).toBe(Object.keys(forgeries).length + 1)
    expect(forged.map((each) => textAt(each, 'status', 'phase')).filter((phase) => phase === 'Succeeded')).toEqual([])
    const namespace = await stage.fleet.admin(own.cluster).get(namespaces, { name: own.namespace })
    expect(labelsOf(namespace).forged).toBeUndefined()
    const shown = await ada.get('/changes?size=500')
    expect(canonicalJson(recordAt(shown, 'body'))).not.toContain('forged-')
    for (const { metadata } of forged) {
      expect(codeOf(await ada.get(`/changes/${metadata.name}`)), metadata.name).toBe('history.not_found')
      expect(codeOf(await ada.post(`/changes/${metadata.name}/stop`, {})), metadata.name).toBe('history.not_found')
      const undo = await ada.post('/plans', { intent: { type: 'history.undo', change: metadata.name } })
      expect(codeOf(undo), metadata.name).toBe('plan.invalid')
      hubStore()?.remove({ apiVersion: changeResource.group + '/v1alpha1', kind: 'Change', name: metadata.name })
    }
    // Once of each, however often they were passed by.
    const said = stage.console.logs().split('its seal is not ours').length - 1
    expect(said).toBe(forged.length)
  })

  it('does not go on where the real one was altered in place', async () => {
    const real = await hub().get(changeResource, { name: subject.change })
    hubStore()?.put({ ...real, spec: altered(recordAt(real, 'spec')), status: {} })
    await (await planned(ada, injection('disable')))()
    await expect.poll(() => openChanges(), { timeout: 15_000 }).toEqual([subject.change])
    const namespace = await stage.fleet.admin(own.cluster).get(namespaces, { name: own.namespace })
    expect(labelsOf(namespace).forged).toBeUndefined()
    expect(codeOf(await ada.get(`/changes/${subject.change}`))).toBe('history.not_found')
    hubStore()?.put(real)
  })
})

describe('the parts of a long Change', () => {
  const extra = Array.from({ length: 101 }, (_, index) => `extra-${index + 1}`)
  const labelled = async () =>
    (await stage.fleet.admin(own.cluster).list(namespaces)).items.filter((each) => labelsOf(each).forged)

  /** Labels more namespaces than one object holds items of; a Change of one part. */
  async function longChange(action: 'disable' | 'clear'): Promise<string> {
    const places = extra.map((namespace) => ({ cluster: own.cluster, namespace }))
    const name = await (
      await planned(ada, { type: 'sidecars.namespaces', mesh: meshName, namespaces: places, action, restart: false })
    )()
    await expect.poll(() => openChanges(), { timeout: 30_000 }).toEqual([])
    return name
  }

  /** As if it had not been carried out yet; resolves when the console has done with it. */
  async function again(name: string): Promise<Answer> {
    const head = await hub().get(changeResource, { name })
    stage.fleet.gate.reset()
    hubStore()?.put({ ...head, status: {} })
    const phase = async () => textAt(await hub().get(changeResource, { name }), 'status', 'phase')
    await expect.poll(phase, { timeout: 15_000 }).toMatch(/Succeeded|Failed/)
    return ada.get(`/changes/${name}`)
  }

  /** What somebody may do with the part of a Change, with or without that of another at hand. */
  function forgedParts(spec: JsonRecord, foreign: JsonRecord): Record<string, JsonRecord | undefined> {
    return {
      missing: undefined,
      altered: altered(spec),
      shortened: { ...spec, items: listAt(spec, 'items').slice(1) },
      foreign,
      'foreign, renamed': { ...foreign, part: recordAt(spec, 'part') },
    }
  }

  async function expectRefused(name: string, what: string): Promise<void> {
    const { body } = await again(name)
    expect([textAt(body, 'phase'), textAt(body, 'problem', 'code')], what).toEqual(['failed', 'change.part_missing'])
    expect(listAt(body, 'items'), what).toEqual([])
    expect(
      stage.fleet.gate.writes.filter(({ user }) => user !== undefined),
      what,
    ).toEqual([])
    const undo = await ada.post('/plans', { intent: { type: 'history.undo', change: name } })
    expect(codeOf(undo), what).toBe('plan.invalid')
  }

  function putPart({ apiVersion, kind, metadata: { name } }: KubernetesObject, spec: JsonRecord | undefined): void {
    hubStore()?.remove({ apiVersion, kind, name })
    if (spec !== undefined) hubStore()?.put({ apiVersion, kind, metadata: { name }, spec })
  }

  it('cannot be dropped, altered or exchanged', { timeout: 120_000 }, async () => {
    const member = stage.fleet.fleet.clusters.get(own.cluster)?.server.store
    for (const name of extra) member?.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    const known = async () =>
      listAt((await ada.get(`/meshes/${meshName}/places`)).body, 'places', 0, 'namespaces').length
    await expect.poll(known).toBeGreaterThan(extra.length)
    const [mine, other] = [await longChange('disable'), await longChange('clear')]
    const part = await hub().get(changeResource, { name: `${mine}-part-1` })
    const foreign = await hub().get(changeResource, { name: `${other}-part-1` })
    const forged = forgedParts(recordAt(part, 'spec'), recordAt(foreign, 'spec'))
    for (const [what, spec] of Object.entries(forged)) {
      putPart(part, spec)
      await expectRefused(mine, what)
    }
    expect(await labelled()).toEqual([])
    expect(stage.console.logs()).toContain('parts are missing or not its own')
    putPart(part, recordAt(part, 'spec'))
    for (const order of ['stop', 'resume']) {
      expect(codeOf(await ada.post(`/changes/${part.metadata.name}/${order}`, {})), order).toBe('history.not_found')
    }
    // What the other wants done is done: nobody touched it, so it is carried out to its end again.
    const whole = await again(other)
    expect([textAt(whole.body, 'phase'), listAt(whole.body, 'items').length]).toEqual(['succeeded', 100])
    putPart(part, undefined)
    putPart(await hub().get(changeResource, { name: mine }), undefined)
  })

  it('are no Changes of their own: the guard and the definition refuse what pretends to be one', async () => {
    const { items } = await hub().list(changeResource)
    const part = items.find((each) => numberAt(each, 'spec', 'part', 'number') !== undefined)
    const metadata = { name: 'forged-part-1' }
    const forged = { ...named(part), metadata, spec: recordAt(part, 'spec') }
    await expect(hub().create(changeResource, forged)).rejects.toThrow(/orbweaver-change-guard/)
  })
})

function named(object: KubernetesObject | undefined): { apiVersion: string; kind: string } {
  return { apiVersion: object?.apiVersion ?? '', kind: object?.kind ?? '' }
}

function injection(action: 'enable' | 'disable' | 'clear') {
  const { cluster, namespace } = own
  return { type: 'sidecars.namespaces', mesh: meshName, namespaces: [{ cluster, namespace }], action, restart: false }
}

/** Names of the console's own changes that are not over. */
async function openChanges(): Promise<string[]> {
  const { items } = await hub().list(changeResource)
  return items
    .filter(({ metadata }) => !metadata.name.startsWith('forged-'))
    .filter((each) => numberAt(each, 'spec', 'part', 'number') === undefined)
    .filter((each) => textAt(each, 'status', 'phase') !== 'Succeeded')
    .map(({ metadata }) => metadata.name)
}

describe('without its definitions', () => {
  it('the console goes on, every istiod lives, and all is well when they are back', { timeout: 60_000 }, async () => {
    const definitions = (await hub().list(customResourceDefinitions)).items.filter(({ metadata }) =>
      metadata.name.endsWith('.orbweaver.dev'),
    )
    expect(definitions).toHaveLength(3)
    const alive = await istiods()
    expect(alive.length).toBeGreaterThan(1)
    stage.fleet.gate.reset()
    for (const { metadata } of definitions) await hub().remove(customResourceDefinitions, { name: metadata.name })
    await expect.poll(async () => (await unprepared()).length, { timeout: 15_000 }).toBe(3)
    const refused = await ada.post('/plans', { intent: { type: 'clusters.remove', name: 'member-2' } })
    expect([200, 422, 503]).toContain(refused.status)
    // Longer than a reconciler that believed its Meshes gone would take to act on it.
    await sleep(2_000)
    expect(await istiods()).toEqual(alive)
    const undone = stage.fleet.gate.writes.filter((write) => !isUpkeep(write) && write.cluster !== 'hub')
    expect(undone).toEqual([])
    expect((await ada.get('/meshes')).status).toBe(200)

    for (const { apiVersion, kind, metadata, spec } of definitions) {
      const again = {
        apiVersion,
        kind,
        metadata: { name: metadata.name, labels: metadata.labels ?? {} },
        ...(spec && { spec }),
      }
      await hub().create(customResourceDefinitions, again)
    }
    await expect.poll(unprepared, { timeout: 15_000 }).toEqual([])
    const clusters = [{ name: 'again', spec: {}, context: own.cluster }]
    await (await planned(ada, { type: 'clusters.register', source: { kind: 'offered' }, clusters }))()
    await settled(stage.fleet)
    await expect
      .poll(async () => textAt((await ada.get('/clusters/again')).body, 'clusters', 0, 'state'), { timeout: 15_000 })
      .toBe('fresh')
    expect(await istiods()).toEqual(alive)
  })
})

async function unprepared(): Promise<unknown[]> {
  const start = await ada.get('/start')
  return listAt(start.body, 'hub', 'missing')
}

/** Deployments and Pods of every istiod, each by its uid: one made anew would be another. */
async function istiods(): Promise<string[]> {
  const member = stage.fleet.admin(own.cluster)
  const lists = await Promise.all([deployments, pods].map((kind) => member.list(kind, { labelSelector: 'app=istiod' })))
  return lists.flatMap(({ items }) => items.map(({ metadata }) => `${metadata.name} ${metadata.uid ?? ''}`)).toSorted()
}
