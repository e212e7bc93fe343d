import type { Finding } from '@orbweaver/contracts/plan'
import { namespaceOf } from '../world/namespace-of.ts'
import type { Judge } from './finding.ts'
import type { MeshWorld } from './world.ts'

/** What some judges find in a world once, as a question that nobody keeps the answer of. */
export function judgedBy(judges: readonly Judge[], world: MeshWorld): Finding[] {
  return judges.flatMap((judge) =>
    world.clusters
      .filter((view) => judge.where === 'every' || view === world.config)
      .flatMap((view) =>
        judge.kinds.flatMap((kind) =>
          view.list(kind).flatMap((object) => {
            const namespace = object.metadata.namespace === undefined ? '' : namespaceOf(object)
            return judge.judge({ cluster: view.cluster, object, namespace, view }, world)
          }),
        ),
      ),
  )
}
