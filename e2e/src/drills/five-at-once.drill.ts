import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { World } from '@orbweaver/sandbox/worlds/world'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { planned, settled } from './scenarios.ts'
import { smallWorld } from './small-world.ts'

const name = 'fleet'
const five = ['member-2', 'member-3', 'member-4', 'member-5', 'member-6']
const dead = 'member-4'
const others = five.filter((each) => each !== dead)
const until = { timeout: 60_000, interval: 100 }

/** A small world with two more clusters that are like the fourth. */
function worldOfSix(): World {
  const world = smallWorld(4)
  const [fourth] = world.members.slice(3)
  if (fourth === undefined) throw new Error('the world has no fourth cluster')
  const more = ['member-5', 'member-6'].map((each, index) => ({
    ...fourth,
    name: each,
    displayName: each,
    podNetwork: `10.${index + 6}`,
  }))
  const personas = world.personas.map((persona) => {
    const binds = persona.binds.filter(({ cluster }) => cluster === fourth.name)
    return {
      ...persona,
      binds: [...persona.binds, ...more.flatMap((each) => binds.map((bind) => ({ ...bind, cluster: each.name })))],
    }
  })
  return { ...world, members: [...world.members, ...more], personas }
}

let stage: Stage
let ada: Person
beforeAll(async () => {
  stage = await setStage(worldOfSix())
  ada = await stage.person('ada')
  const controlPlane = { cluster: 'member-1', entrance: { type: 'LoadBalancer' } }
  const spec = { kind: 'Managed', version: 'v1.30.3', controlPlane, members: [] }
  await (await planned(ada, { type: 'meshes.create', name, spec }))()
  await settled(stage.fleet)
}, 120_000)
afterAll(() => stage.stop())

const serverOf = (cluster: string) => {
  const found = stage.fleet.fleet.clusters.get(cluster)
  if (found === undefined) throw new Error(`no ${cluster}`)
  return found.server
}
const istioIn = (cluster: string) =>
  serverOf(cluster).store.get({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name })

async function memberStates(): Promise<Record<string, string>> {
  const { body } = await ada.get(`/meshes/${name}`)
  const states: Record<string, string> = {}
  for (const each of listAt(body, 'members')) states[textAt(each, 'cluster') ?? ''] = textAt(each, 'state') ?? ''
  return states
}

async function memberOf(cluster: string) {
  const { body } = await ada.get(`/meshes/${name}`)
  return recordAt(listAt(body, 'members').find((each) => textAt(each, 'cluster') === cluster))
}

describe('five clusters at once, one of which dies in the middle', { timeout: 120_000 }, () => {
  it('join by one plan: the rest goes on, the dead one says why, and converges when it is back', async () => {
    const members = five.map((cluster) => ({ cluster, network: 'fleet' }))
    const change = await (await planned(ada, { type: 'meshes.join', name, members }))()
    await expect.poll(() => istioIn(dead)?.metadata.name, { ...until, interval: 5 }).toBe(name)
    serverOf(dead).faults.set({ blackHole: true })
    await expect
      .poll(async () => {
        const states = await memberStates()
        return others.map((each) => states[each])
      }, until)
      .toEqual(others.map(() => 'ready'))
    await expect.poll(async () => (await memberOf(dead)).state, until).toBe('unreachable')
    const { reason } = await memberOf(dead)
    expect([textAt(reason, 'code'), textAt(reason, 'params', 'what')]).toEqual([
      'meshes.member_unreachable',
      expect.stringMatching(/^kube\./),
    ])
    serverOf(dead).faults.reset()
    await settled(stage.fleet)
    const undo = await ada.post('/plans', { intent: { type: 'history.undo', change } })
    expect([textAt(undo.body, 'title', 'code'), listAt(undo.body, 'blocked')]).toEqual(['history.undo.of', []])
    const taken = listAt(undo.body, 'derived').filter((each) => textAt(each, 'op') === 'delete')
    expect(new Set(taken.map((each) => textAt(each, 'ref', 'cluster')))).toEqual(new Set(['member-1', ...five]))
    expect(await memberStates()).toMatchObject(Object.fromEntries(five.map((each) => [each, 'ready'])))
  })

  it('leave by one plan: one that is out of reach is left behind, and cleaned when it is back', async () => {
    serverOf(dead).faults.set({ blackHole: true })
    const unreachable = async () => {
      const { body } = await ada.get('/clusters')
      return listAt(body, 'clusters').find((each) => textAt(each, 'cluster') === dead)
    }
    await expect.poll(async () => textAt(await unreachable(), 'state'), until).toBe('unreachable')
    const intent = { type: 'meshes.leave', name, clusters: five }
    const plan = await ada.post('/plans', { intent })
    expect(listAt(plan.body, 'impact', 'notes').map((each) => textAt(each, 'code'))).toContain(
      'blocker.cluster-unreachable',
    )
    await (await planned(ada, intent))()
    await expect.poll(() => others.filter((each) => istioIn(each) !== undefined), until).toEqual([])
    expect(istioIn(dead)?.metadata.name).toBe(name)
    serverOf(dead).faults.reset()
    await expect.poll(() => istioIn(dead)?.metadata.name, until).toBeUndefined()
    await settled(stage.fleet)
    expect(Object.keys(await memberStates()).filter((each) => five.includes(each))).toEqual([])
  })
})
