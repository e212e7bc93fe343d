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

/** Whether a control plane of this revision reads an object. */
export function reads(world: MeshWorld, revision: string): (object: KubernetesObject) => boolean {
  return (object) => {
    const only = readers(world, object)
    return only.length === 0 || only.includes(revision)
  }
}

/** Revisions that an object is for, as its label names one or a tag of one; none: it is for all (LabelsInRevision). */
export function readers(world: MeshWorld, object: KubernetesObject): readonly string[] {
  const label = labelsOf(object)[names.revision]
  if (label === undefined || label === '') return everybody
  const tagged = world.known(tags).get(label)
  return tagged === undefined ? [label] : [label, tagged]
}

const everybody: readonly string[] = []
