import { setTimeout as sleep } from 'node:timers/promises'
import { changes as changeResource } from '@orbweaver/kube/resources'
import { describe, expect, it } from 'vitest'
import { startConsole } from '../harness/console.ts'
import { freePort, type GatedFleet, startGatedFleet } from '../harness/gated-fleet.ts'
import type { Write } from '../harness/gate.ts'
import { signIn } from '../harness/person.ts'
import { endState } from './end-state.ts'
import { planned, type Scenario, scenarios, settled } from './scenarios.ts'
import { smallWorld } from './small-world.ts'

type Kill = { number: number; when: 'before' | 'after' }
type Outcome = { end: string[]; writes: readonly Write[]; killed: boolean; changes: number }

/** Carries a scenario out, killing the console at one of its writes, and tells what is left when all has come to rest. */
async function play(scenario: Scenario, kill: Kill | undefined): Promise<Outcome> {
  const fleet = await startGatedFleet(smallWorld(scenario.members, scenario.namespaces))
  const options = { ...fleet.files, port: await freePort(), instance: 'drill', leaseSeconds: 3 }
  let running = await startConsole(options)
  try {
    for (const intent of scenario.before) {
      await (await planned(await signIn(running.url, 'ada'), intent))()
      await settled(fleet)
    }
    const execute = await planned(await signIn(running.url, 'ada'), scenario.intent)
    const known = (await changeNames(fleet)).length
    fleet.gate.reset()
    const fate = { killed: false }
    if (kill !== undefined) {
      const victim = running
      fleet.gate.rule(async (write) => {
        if (fate.killed || write.number !== kill.number) return fate.killed ? 'drop' : 'forward'
        fate.killed = true
        if (kill.when === 'before') await victim.kill()
        return kill.when === 'before' ? 'drop' : 'forward-and-hold'
      })
    }
    await Promise.race([waitFor(() => fate.killed), settledAfter(fleet, execute, () => fate.killed)])
    const writes = [...fleet.gate.writes]
    if (fate.killed) {
      await running.kill()
      fleet.gate.rule(() => 'forward')
      running = await startConsole(options)
      // Where nothing was stored yet the person sees an error and asks again, as people do.
      if ((await changeNames(fleet)).length === known) {
        await (await planned(await signIn(running.url, 'ada'), scenario.intent))()
      }
      await settled(fleet)
    }
    return {
      end: await endState(fleet),
      writes,
      killed: fate.killed,
      changes: (await changeNames(fleet)).length - known,
    }
  } finally {
    await running.kill()
    await fleet.stop()
  }
}

async function changeNames(fleet: GatedFleet): Promise<string[]> {
  const { items } = await fleet.admin('hub').list(changeResource)
  return items.map((each) => each.metadata.name)
}

async function settledAfter(fleet: GatedFleet, execute: () => Promise<string>, killed: () => boolean): Promise<void> {
  try {
    await execute()
  } catch (error) {
    // The request of a console that was killed under it ends anyhow.
    if (!killed()) throw error
  }
  await settled(fleet)
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5)
}

/** Every write in turn; more than one run at a time, as most of a run is waiting. */
async function everyKill(scenario: Scenario, writes: number, end: string[]): Promise<number> {
  const kills = Array.from({ length: writes }, (_, index) => index + 1).flatMap((number): Kill[] => [
    { number, when: 'before' },
    { number, when: 'after' },
  ])
  let hit = 0
  const queue = kills.values()
  const worker = async () => {
    for (const kill of queue) {
      const outcome = await play(scenario, kill)
      hit += outcome.killed ? 1 : 0
      expect(outcome.end, `killed ${kill.when} write ${kill.number}`).toEqual(end)
      expect(outcome.changes, `killed ${kill.when} write ${kill.number}`).toBe(1)
    }
  }
  await Promise.all([worker(), worker(), worker()])
  return hit
}

describe.each(scenarios)('killed at any write of $name', (scenario) => {
  it('ends where an undisturbed run does', { timeout: 900_000 }, async () => {
    const calm = await play(scenario, undefined)
    expect(calm.writes.length).toBeGreaterThan(3)
    const hit = await everyKill(scenario, calm.writes.length, calm.end)
    expect(hit).toBeGreaterThan(calm.writes.length)
  })
})
