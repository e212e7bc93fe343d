import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import type { World } from '@orbweaver/sandbox/worlds/world'

/** A hub and so many registered members with ten namespaces each: what a drill needs, and quick to start. */
export function smallWorld(members: number, namespaces = 0): World {
  const world = emptyWorld()
  const names = Array.from({ length: namespaces }, (_, index) => `team-${index + 1}`)
  const made = names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
  return {
    ...world,
    members: world.members
      .slice(0, members)
      .map((member) => ({ ...member, registered: true, stages: [...member.stages, made] })),
    personas: world.personas.map((persona) => ({
      ...persona,
      binds: persona.binds.filter(({ cluster }) => cluster === 'hub' || Number(cluster.split('-')[1]) <= members),
    })),
  }
}
