import { listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { changes as changeResource, leases, namespaces } from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request, type RunningConsole, startConsole } from '../harness/console.ts'
import { type GatedFleet, startGatedFleet } from '../harness/gated-fleet.ts'
import { signIn } from '../harness/person.ts'
import { meshSpec } from './requests.ts'
import { planned, settled } from './scenarios.ts'
import { smallWorld } from './small-world.ts'

const leaseSeconds = 3
const count = 10
const names = Array.from({ length: count }, (_, index) => `team-${index + 1}`)

let fleet: GatedFleet
let replicas: { name: string; console: RunningConsole }[]

beforeAll(async () => {
  fleet = await startGatedFleet(smallWorld(1, count))
  const start = async (name: string) => {
    const options = { ...fleet.files, instance: name, leaseSeconds }
    return { name, console: await startConsole(options) }
  }
  replicas = [await start('replica-a'), await start('replica-b')]
  const ada = await signIn(urlOf(0), 'ada')
  const spec = { ...meshSpec, controlPlane: { cluster: 'member-1' } }
  await (await planned(ada, { type: 'meshes.create', name: 'shared', spec }))()
  await settled(fleet)
}, 60_000)
afterAll(async () => {
  for (const each of replicas) await each.console.kill()
  await fleet.stop()
})

function urlOf(index: number): string {
  return replicas[index]?.console.url ?? ''
}

const label = (namespace: string, action: 'enable' | 'disable' | 'clear') => ({
  type: 'sidecars.namespaces',
  mesh: 'shared',
  namespaces: [{ cluster: 'member-1', namespace }],
  action,
  restart: false,
})

/** How often each namespace was written by a change, as the gate saw it. */
function written(): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { path, user } of fleet.gate.writes) {
    const name = /^\/api\/v1\/namespaces\/(team-\d+)$/.exec(path)?.[1]
    if (name !== undefined && user === 'ada') found[name] = (found[name] ?? 0) + 1
  }
  return found
}

const onceEach = Object.fromEntries(names.map((name) => [name, 1]))

/** Everybody asks at once, half of them each replica. */
async function everybody(action: 'enable' | 'disable' | 'clear', consoles: string[]): Promise<string[]> {
  const people = await Promise.all(consoles.map((url) => signIn(url, 'ada')))
  return Promise.all(
    names.map(async (name, index) => {
      const person = people[index % people.length]
      if (person === undefined) throw new Error('nobody asks')
      return (await planned(person, label(name, action)))()
    }),
  )
}

async function holder(): Promise<string | undefined> {
  const { items } = await fleet.admin('hub').list(leases, { namespace: 'orbweaver-system' })
  return textAt(items[0], 'spec', 'holderIdentity')
}

describe('two consoles before one hub', () => {
  it('share their sessions', async () => {
    const { headers } = await signIn(urlOf(0), 'ada')
    const answer: unknown = await (await request(`${urlOf(1)}/api/v1/session`, { headers })).json()
    expect(textAt(answer, 'user', 'name')).toBe('ada')
  })

  it('carry every item out exactly once, whoever was asked', { timeout: 60_000 }, async () => {
    fleet.gate.reset()
    await everybody('disable', [urlOf(0), urlOf(1)])
    await settled(fleet)
    expect(written()).toEqual(onceEach)
    const { items } = await fleet.admin('hub').list(changeResource)
    const holders = new Set(items.map((each) => textAt(each, 'status', 'holder')))
    expect([...holders]).toEqual([await holder()])
  })

  it('go on where the leader died, within its lease and once each', { timeout: 60_000 }, async () => {
    fleet.gate.reset()
    const name = await holder()
    const leader = replicas.find((each) => each.name === name)
    const other = replicas.find((each) => each.name !== name)
    if (leader === undefined || other === undefined) throw new Error(`${name} leads, and is none of them`)
    let killed = 0
    fleet.gate.rule(async ({ user, path }) => {
      if (killed > 0 || user !== 'ada' || !path.includes('/namespaces/team-')) return 'forward'
      killed = Date.now()
      await leader.console.kill()
      return 'drop'
    })
    await everybody('enable', [other.console.url])
    await expect.poll(() => killed, { timeout: 10_000 }).toBeGreaterThan(0)
    await settled(fleet)
    // Its lease, a turn of the other's clock, and the work itself on a machine that is busy.
    expect(Date.now() - killed).toBeLessThan((2 * leaseSeconds + 6) * 1_000)
    expect(await holder()).toBe(other.name)
    const after = await fleet.admin('member-1').list(namespaces)
    const labels = after.items.filter(({ metadata }) => names.includes(metadata.name)).map(labelsOf)
    expect(labels.map((each) => each['istio-injection'] ?? each['istio.io/rev'])).not.toContain(undefined)
    const tally = Object.values(written()).toSorted((a, b) => a - b)
    // The write at which the leader died was dropped, and done again by the other.
    expect(tally).toEqual([...Array.from({ length: count - 1 }, () => 1), 2])
  })

  it('undo what the dead one did', { timeout: 60_000 }, async () => {
    fleet.gate.reset()
    const name = await holder()
    const survivor = replicas.find((each) => each.name === name)?.console.url ?? ''
    const person = await signIn(survivor, 'ada')
    const listed = listAt((await person.get('/changes?size=500')).body, 'items')
    const last = listed.find((each) => textAt(each, 'title', 'code') === 'sidecars.namespaces.enable')
    await (await planned(person, { type: 'history.undo', change: textAt(last, 'name') ?? '' }))()
    await settled(fleet)
    expect(Object.values(written())).toEqual([1])
  })
})
