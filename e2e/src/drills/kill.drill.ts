import { setTimeout as sleep } from 'node:timers/promises'
import { changes as changeResource } from '@orbweaver/kube/resources'
import { describe, expect, it } from 'vitest'
import { type RunningConsole, startConsole } from '../harness/console.ts'
import { type GatedFleet, startGatedFleet } from '../harness/gated-fleet.ts'
import type { Write } from '../harness/gate.ts'
import { signIn } from '../harness/person.ts'
import { isReport } from '../harness/upkeep.ts'
import { endState } from './end-state.ts'
import { planned, type Scenario, scenarios, settled } from './scenarios.ts'
import { smallWorld } from './small-world.ts'

/** Dies at the nth write of this kind: before it reaches the API server, or after it was stored and before it is answered. */
type Kill = { write: string; nth: number; when: 'before' | 'after' }
type Outcome = { end: string[]; writes: readonly Write[]; killed: boolean; changes: number }

/** What a write is in any run: names of Changes are new in each. */
const kindOf = ({ cluster, method, path }: Write) =>
  `${cluster} ${method} ${path.replace(/-\d{4}-\d\d-\d\d-[0-9a-f]{8}/, '')}`

/** Carries a scenario out, killing the console at one of its writes, and tells what is left when all has come to rest. */
async function play(scenario: Scenario, kill: Kill | undefined): Promise<Outcome> {
  const fleet = await startGatedFleet(smallWorld(scenario.members, scenario.namespaces))
  const options = { ...fleet.files, instance: 'drill', leaseSeconds: 3 }
  let running = await startConsole(options)
  try {
    for (const intent of scenario.before) {
      await (await planned(await signIn(running.url, 'ada'), intent))()
      await settled(fleet)
    }
    const execute = await planned(await signIn(running.url, 'ada'), scenario.intent)
    const known = (await changeNames(fleet)).length
    fleet.gate.reset()
    const fate = struck(fleet, kill, running)
    let isOver = false
    const calm = settledAfter(fleet, execute, fate).finally(() => (isOver = true))
    await Promise.race([waitFor(() => fate.isMet() || isOver), calm])
    const killed = fate.isMet()
    const writes = [...fleet.gate.writes]
    if (killed) {
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
      killed,
      changes: (await changeNames(fleet)).length - known,
    }
  } finally {
    await running.kill()
    await fleet.stop()
  }
}

/** Whether the write of a kill has come; and whether the console is dead, or the write is stored that it shall die of. */
type Fate = { hasCome(): boolean; isMet(): boolean }

function struck({ gate }: GatedFleet, kill: Kill | undefined, victim: RunningConsole): Fate {
  if (kill === undefined) return { hasCome: () => false, isMet: () => false }
  let seen = 0
  let fatal: Write | undefined
  let dead = false
  gate.rule(async (write) => {
    if (fatal !== undefined) return 'drop'
    seen += kindOf(write) === kill.write ? 1 : 0
    if (seen < kill.nth) return 'forward'
    fatal = write
    if (kill.when === 'after') return 'forward-and-hold'
    await victim.kill()
    dead = true
    return 'drop'
  })
  return { hasCome: () => fatal !== undefined, isMet: () => dead || fatal?.status !== undefined }
}

async function changeNames(fleet: GatedFleet): Promise<string[]> {
  const { items } = await fleet.admin('hub').list(changeResource)
  return items.map((each) => each.metadata.name)
}

async function settledAfter(fleet: GatedFleet, execute: () => Promise<string>, fate: Fate): Promise<void> {
  try {
    await execute()
  } catch (error) {
    // The request of a console that was killed under it ends anyhow.
    if (!fate.hasCome()) throw error
  }
  await settled(fleet)
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5)
}

/** Before and after each write of the run. */
function killsOf(writes: readonly Write[]): (Kill & { isReport: boolean })[] {
  const counts = new Map<string, number>()
  return writes.flatMap((write) => {
    const kind = kindOf(write)
    const nth = (counts.get(kind) ?? 0) + 1
    counts.set(kind, nth)
    const at = { write: kind, nth, isReport: isReport(write) }
    return [
      { ...at, when: 'before' as const },
      { ...at, when: 'after' as const },
    ]
  })
}

const said = ({ when, nth, write }: Kill) => `${when} write ${nth} of ${write}`

/**
 * Every kill in turn; more than one run at a time, as most of a run is waiting. Gives back those whose write never came.
 * The first that goes wrong is the last to begin: those under way come to their end, and leave no process behind.
 */
async function everyKill<Each extends Kill>(
  scenario: Scenario,
  kills: readonly Each[],
  end: string[],
): Promise<Each[]> {
  const missed: Each[] = []
  const queue = [...kills]
  const worker = async () => {
    for (let kill = queue.shift(); kill !== undefined; kill = queue.shift()) {
      const outcome = await play(scenario, kill)
      if (!outcome.killed) missed.push(kill)
      expect(outcome.end, said(kill)).toEqual(end)
      expect(outcome.changes, said(kill)).toBe(1)
    }
  }
  const stopping = async () => {
    try {
      await worker()
    } finally {
      queue.length = 0
    }
  }
  for (const each of await Promise.allSettled([stopping(), stopping()])) {
    if (each.status === 'rejected') throw each.reason
  }
  return missed
}

describe.each(scenarios)('killed at any write of $name', (scenario) => {
  it('ends where an undisturbed run does', { timeout: 1_800_000 }, async () => {
    const calm = await play(scenario, undefined)
    expect(calm.writes.length).toBeGreaterThan(3)
    const kills = killsOf(calm.writes)
    const missed = await everyKill(scenario, kills, calm.end)
    const hit = kills.length - missed.length
    process.stdout.write(
      `${scenario.name}: ${calm.writes.length} writes, ${kills.length} kills set, ${hit} hit, ${missed.length} missed\n` +
        missed.map((kill) => `  never came: ${said(kill)}\n`).join(''),
    )
    // Two looks of a busy reconciler may become one, and then there is one report less to kill it at. Nothing else is.
    expect(missed.filter((kill) => !kill.isReport).map(said)).toEqual([])
  })
})
