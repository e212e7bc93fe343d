import { randomBytes } from 'node:crypto'
import { startFleet } from '@orbweaver/sandbox/fleet'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { kubernetesVersion } from '../families.ts'
import { LabError } from '../lab-error.ts'
import { people } from '../people.ts'
import type { Target } from './target.ts'

/** A cluster of the sandbox that may hold meshes, with its actors, the lab's people, and the lab's version of Kubernetes. */
export async function sandboxTarget(patienceMs: number): Promise<Target> {
  const world = emptyWorld()
  const [member = world.hub] = world.members
  const hub = { ...member, kubernetes: kubernetesVersion }
  const fleet = await startFleet({ ...world, hub, members: [], personas: [] }, { podStartMs: 20 })
  const server = fleet.clusters.get(hub.name)?.server
  if (server === undefined) throw new LabError('sandbox', ['its hub is missing'])
  const tokens = new Map(people.map(({ user }) => [user, randomBytes(24).toString('hex')]))
  for (const { user, groups } of people) {
    server.addUser({ token: tokens.get(user) ?? '', name: user, groups: [...groups] })
  }
  return {
    server: server.url,
    peer: { server: server.secureUrl, ca: server.ca },
    token: (user) => tokens.get(user) ?? '',
    patienceMs,
    forget: () => Promise.resolve(server.compact()),
    disposable: true,
    overload: () => {
      server.faults.set({ tooManyRequests: 1 })
      return Promise.resolve(() => Promise.resolve(server.faults.set({ tooManyRequests: 0 })))
    },
    close: () => fleet.stop(),
  }
}
