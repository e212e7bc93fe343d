import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { namespace, service, workload } from '@orbweaver/sandbox/worlds/objects'
import type { World } from '@orbweaver/sandbox/worlds/world'

/** Clusters that a mesh can be made of. */
export const clusters = ['member-1', 'member-2', 'member-3'] as const
/** Where something runs in each. */
export const place = 'shop'
export const app = 'web'
/** Where control planes are. */
export const istioPlace = 'istio-system'

/** A hub and three registered members, in each one workload with its Service. */
export function modelWorld(): World {
  const world = emptyWorld()
  const names: readonly string[] = clusters
  const shop = [
    namespace(place),
    workload({ namespace: place, name: app, image: 'web:1', port: 8080 }),
    service({ namespace: place, name: app, port: 80, targetPort: 8080 }),
  ]
  return {
    ...world,
    name: 'model',
    members: world.members
      .filter(({ name }) => names.includes(name))
      .map((member) => ({ ...member, registered: true, stages: [...member.stages, shop] })),
    personas: world.personas.map((persona) => ({
      ...persona,
      binds: persona.binds.filter(({ cluster }) => cluster === 'hub' || names.includes(cluster)),
    })),
  }
}
