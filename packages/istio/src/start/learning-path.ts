import type { Step } from '@orbweaver/contracts/learning-path'

/** The product's flowchart, in reading order: from nothing to a governed mesh. */
export const stepIds = [
  'create-managed',
  'create-dedicated',
  'create-external',
  'join-cluster',
  'inject-global',
  'inject-namespace',
  'inject-workload',
  'services',
  'gateways',
  'traffic',
  'monitoring',
  'upgrade',
  'security',
] as const
export type StepId = (typeof stepIds)[number]

/** Arrows of the flowchart: what each step builds on. */
export const stepArrows: readonly (readonly [StepId, StepId])[] = [
  ['create-managed', 'join-cluster'],
  ['create-dedicated', 'inject-global'],
  ['create-external', 'inject-global'],
  ['join-cluster', 'inject-global'],
  ['inject-global', 'inject-namespace'],
  ['inject-namespace', 'inject-workload'],
  ['inject-workload', 'services'],
  ['services', 'gateways'],
  ['gateways', 'traffic'],
  ['traffic', 'monitoring'],
  ['monitoring', 'upgrade'],
  ['upgrade', 'security'],
]

/** What exists in the fleet, counted over what the viewer may see. */
export type FleetSummary = {
  managed: number
  dedicated: number
  external: number
  members: number
  /** Meshes that inject where nothing is said. */
  injectingByDefault: number
  injectedNamespaces: number
  /** Workloads that opted in by their own label. */
  injectedWorkloads: number
  gateways: number
  trafficRules: number
  securityRules: number
  /** Clusters of meshes of which somebody said where their Prometheus is. */
  measured: number
}

/** Steps the product cannot take its user through yet; shown, and said so. */
const notBuilt: readonly StepId[] = ['services', 'upgrade']

/**
 * State of every step. `next` is what a person would do now: nothing that is done, that waits for something else, or
 * that is one of several ways of which one was taken.
 */
export function learningPath(fleet: FleetSummary): Step[] {
  return stepIds.map((id) => {
    const count = counts[id]?.(fleet)
    if (count === undefined || notBuilt.includes(id)) return { id, state: 'not-built' }
    if (count > 0) return { id, state: 'done', count }
    return { id, state: isNext(id, fleet) ? 'next' : 'open', count }
  })
}

const counts: Partial<Record<StepId, (fleet: FleetSummary) => number>> = {
  'create-managed': (fleet) => fleet.managed,
  'create-dedicated': (fleet) => fleet.dedicated,
  'create-external': (fleet) => fleet.external,
  'join-cluster': (fleet) => fleet.members,
  'inject-global': (fleet) => fleet.injectingByDefault,
  'inject-namespace': (fleet) => fleet.injectedNamespaces,
  'inject-workload': (fleet) => fleet.injectedWorkloads,
  gateways: (fleet) => fleet.gateways,
  traffic: (fleet) => fleet.trafficRules,
  security: (fleet) => fleet.securityRules,
  monitoring: (fleet) => fleet.measured,
}

function isNext(id: StepId, fleet: FleetSummary): boolean {
  const meshes = fleet.managed + fleet.dedicated + fleet.external
  const injecting = fleet.injectingByDefault + fleet.injectedNamespaces + fleet.injectedWorkloads > 0
  const served = meshes > fleet.managed || fleet.members > 0
  if (id.startsWith('create-')) return meshes === 0
  if (id === 'join-cluster') return fleet.managed > 0
  if (id === 'inject-namespace') return served && !injecting
  return injecting && ['gateways', 'traffic', 'security', 'monitoring'].includes(id)
}
