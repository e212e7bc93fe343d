import { sameJson } from '@orbweaver/contracts/json'
import { type FaultState, noFaults } from '@orbweaver/sandbox/server/faults'
import type { TroubleState } from '@orbweaver/sandbox/fleet/troubles'
import type { Universe } from './universe.ts'
import { clusters, place } from './world.ts'

type Fault = { faults?: Partial<FaultState>; troubles?: TroubleState; cutWatches?: true }

/** What goes wrong with a cluster's API, or in it; the names are those of the sandbox's `--fault`. */
const faults = {
  'black-hole': { faults: { blackHole: true } },
  refuse: { faults: { refuse: true } },
  latency: { faults: { latencyMs: 200 } },
  'error-rate': { faults: { errorRate: 0.3 } },
  'too-many-requests': { faults: { tooManyRequests: 1 } },
  unauthorized: { faults: { unauthorized: true } },
  forbidden: { faults: { forbidden: true } },
  'watch-cut': { cutWatches: true },
  'load-balancer=absent': { troubles: { loadBalancer: 'absent' } },
  'load-balancer=slow': { troubles: { loadBalancer: 'slow' } },
  'operator=absent': { troubles: { operator: 'absent' } },
  'operator=slow': { troubles: { operator: 'slow' } },
  'operator=crash-looping': { troubles: { operator: 'crash-looping' } },
  'istiod=down': { troubles: { istiod: 'down' } },
  'webhook=down': { troubles: { webhook: 'down' } },
  'image-pull': { troubles: { imagePull: 'pilot' } },
  quota: { troubles: { quota: place } },
  pdb: { troubles: { pdb: place } },
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

const isFault = (name: string): name is FaultName => Object.hasOwn(faults, name)
export const faultNames: readonly FaultName[] = Object.keys(faults).filter(isFault)

export function breakCluster(universe: Universe, cluster: string, name: FaultName): void {
  const { server, troubles } = universe.cluster(cluster)
  const fault: Fault = faults[name]
  if (fault.faults !== undefined) server.faults.set(fault.faults)
  if (fault.troubles !== undefined) troubles.set(fault.troubles)
  if (fault.cutWatches === true) server.faults.cutWatches()
}

export function mendCluster(universe: Universe, cluster: string): void {
  const { server, troubles } = universe.cluster(cluster)
  server.faults.reset()
  troubles.reset()
}

export function isAnythingWrong(universe: Universe): boolean {
  return [...clusters, 'hub'].some((name) => {
    const { server, troubles } = universe.cluster(name)
    return Object.keys(troubles.state).length > 0 || !sameJson({ ...server.faults.state }, { ...noFaults })
  })
}
