import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'

/** What tags stand for. */
const tags = fact<ReadonlyMap<string, string>>('route: tags', ({ injection }) => {
  const pairs = injection.flatMap(({ hooks }) =>
    hooks.flatMap(({ tag, revision }): [string, string][] => (tag === undefined ? [] : [[tag, revision]])),
  )
  return new Map(pairs)
})

/** The control plane that a workload gets its configuration from: who injected it, else whom it would ask for. */
export function revisionOf(world: MeshWorld, view: ClusterView, workload: KubernetesObject): string {
  const injected = annotationsOf(workload)[names.revision]
  if (injected !== undefined && injected !== '') return injected
  const namespace = view.get(kinds.namespace, namespaceOf(workload))
  const wished = namespace === undefined ? undefined : labelsOf(namespace)[names.revision]
  const wish = wished ?? labelsOf(workload)[names.revision] ?? 'default'
  return world.known(tags).get(wish) ?? wish
}

/** Whether a control plane of this revision reads an object: its label names it, a tag of it, or nobody (LabelsInRevision). */
export function reads(world: MeshWorld, revision: string): (object: KubernetesObject) => boolean {
  return (object) => {
    const label = labelsOf(object)[names.revision]
    return label === undefined || label === '' || label === revision || world.known(tags).get(label) === revision
  }
}
