import type { MeshDetail } from '@orbweaver/contracts/meshes'
import type { Member } from '../health.ts'

/** A part of a mesh in one of its clusters, as far as the viewer may see it. */
export type Part =
  | { part: 'workload'; name: string; ready: number; desired: number; well: boolean }
  | { part: 'webhook'; state: NonNullable<Member['webhook']>; well: boolean }

/** What runs of a mesh in a cluster, istiods and gateways, and what injects there. */
export function partsOf({ components }: Pick<MeshDetail, 'components'>, { cluster, webhook }: Member): Part[] {
  const workloads = components
    .filter(({ ref }) => ref.cluster === cluster)
    .map(({ ref, ready, desired }): Part => {
      return { part: 'workload', name: ref.name, ready, desired, well: ready >= desired && desired > 0 }
    })
  const injector: Part[] = webhook === undefined ? [] : [{ part: 'webhook', state: webhook, well: webhook === 'ready' }]
  return [...workloads, ...injector]
}
