import { type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { areToCome, workloadsOf } from '../../findings/carriers.ts'
import type { MeshWorld } from '../../findings/world.ts'
import type { Labels } from '../../world/labels.ts'
import { selectorOf, type Service } from './services.ts'

/** The workload of a file that is to make a host's Pods with these labels: what a cluster has and makes none has none. */
export function makerOf(world: MeshWorld, service: Service, subset: Labels): ObjectRef | undefined {
  for (const source of service.sources) {
    const view = world.clusters.find(({ cluster }) => cluster === source.cluster)
    const selector = selectorOf(source)
    if (view === undefined || Object.keys(selector).length === 0) continue
    const labels = { ...selector, ...subset }
    const [maker] = workloadsOf(view, service.namespace, labels).filter(({ metadata }) => metadata.uid === undefined)
    if (maker !== undefined && areToCome(view, service.namespace, labels)) return refOf(source.cluster, maker)
  }
  return undefined
}
