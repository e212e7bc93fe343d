import type { KubeClient } from '@orbweaver/kube/client'
import type { World } from '@orbweaver/sandbox/worlds/world'
import { type ConsoleOptions, type RunningConsole, startConsole } from './console.ts'
import { type GatedFleet, startGatedFleet } from './gated-fleet.ts'
import { type Person, signIn } from './person.ts'

/** A fleet with one console before it, wherever the fleet comes from: what jobs are done on. */
export type AnyStage = {
  console: RunningConsole
  /** As an administrator of a cluster, past the console. */
  admin(cluster: string): KubeClient
  person(id: string): Promise<Person>
  stop(): Promise<void>
}

/** An embedded fleet behind the gate: what most drills play on. */
export type Stage = AnyStage & { fleet: GatedFleet }

export async function setStage(world: World, options: Partial<ConsoleOptions> = {}): Promise<Stage> {
  const fleet = await startGatedFleet(world)
  try {
    const console = await startConsole({
      ...fleet.files,
      instance: 'drill',
      leaseSeconds: 3,
      ...options,
    })
    return {
      fleet,
      console,
      admin: (cluster) => fleet.admin(cluster),
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
