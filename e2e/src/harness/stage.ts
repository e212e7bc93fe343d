import type { World } from '@orbweaver/sandbox/worlds/world'
import { type ConsoleOptions, type RunningConsole, startConsole } from './console.ts'
import { freePort, type GatedFleet, startGatedFleet } from './gated-fleet.ts'
import { type Person, signIn } from './person.ts'

/** A fleet behind the gate with one console before it: what most drills play on. */
export type Stage = {
  fleet: GatedFleet
  console: RunningConsole
  person(id: string): Promise<Person>
  stop(): Promise<void>
}

export async function setStage(world: World, options: Partial<ConsoleOptions> = {}): Promise<Stage> {
  const fleet = await startGatedFleet(world)
  try {
    const console = await startConsole({
      ...fleet.files,
      port: await freePort(),
      instance: 'drill',
      leaseSeconds: 3,
      ...options,
    })
    return {
      fleet,
      console,
      person: (id) => signIn(console.url, id),
      async stop() {
        await console.kill()
        await fleet.stop()
      },
    }
  } catch (error) {
    await fleet.stop()
    throw error
  }
}
