import type { Fleet } from '@orbweaver/sandbox/fleet'
import type { TroubleState } from '@orbweaver/sandbox/fleet/troubles'
import type { FaultState } from '@orbweaver/sandbox/server/faults'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import type { World } from '@orbweaver/sandbox/worlds/world'

/** The cluster of this number, from 1. */
export const clusterName = (number: number): string => `cluster-${String(number).padStart(2, '0')}`

/** A hub and so many registered clusters, each with an operator and room for a mesh. */
export function fleetWorld(count: number): World {
  const world = emptyWorld()
  const [model] = world.members
  if (model === undefined) throw new Error('the empty world has no member')
  const members = Array.from({ length: count }, (_, index) => {
    const name = clusterName(index + 1)
    return {
      ...model,
      name,
      displayName: name,
      network: 'bench',
      podNetwork: `10.${index + 2}`,
      registered: true,
    }
  })
  const personas = world.personas.map((persona) => ({
    ...persona,
    binds: ['hub', ...members.map(({ name }) => name)].flatMap((cluster) =>
      persona.id === 'ada' ? [{ role: 'orbweaver-admin', cluster }] : [],
    ),
  }))
  return { ...world, name: 'bench', members, personas }
}

type Failing = { faults?: Partial<FaultState>; troubles?: TroubleState }

/** Each in its own way. */
const ways: Readonly<Record<string, Failing>> = {
  'swallows everything': { faults: { blackHole: true } },
  'resets connections': { faults: { refuse: true } },
  'answers after 2 s': { faults: { latencyMs: 2_000 } },
  'answers half of all requests': { faults: { errorRate: 0.5 } },
  'asks to come back later': { faults: { tooManyRequests: 5 } },
  'refuses the credentials': { faults: { unauthorized: true } },
  'forbids everything': { faults: { forbidden: true } },
  'ends watches after a second': { faults: { watchLifeMs: 1_000 } },
  'is an hour ahead': { faults: { clockSkewMs: 3_600_000 } },
  'has no operator': { troubles: { operator: 'absent' } },
  'has an operator that crashes': { troubles: { operator: 'crash-looping' } },
  'has istiod down': { troubles: { istiod: 'down' } },
}

/** Breaks as many clusters as there are ways, these and no others; answers how many. */
export function breakSome(fleet: Fleet, numbers: readonly number[]): number {
  const all = Object.values(ways)
  for (const [index, way] of all.entries()) {
    const cluster = fleet.clusters.get(clusterName(numbers[index] ?? 0))
    if (cluster === undefined) throw new Error(`there is no cluster for way ${index}`)
    cluster.server.faults.set(way.faults ?? {})
    cluster.troubles.set(way.troubles ?? {})
  }
  return all.length
}
