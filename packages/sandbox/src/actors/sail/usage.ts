import { flagAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'

/** What lives in the operator's own cluster. Other clusters of the mesh are invisible to it. */
export type LocalWorld = { tags: KubernetesObject[]; namespaces: KubernetesObject[]; pods: KubernetesObject[] }

/** Rules of sail pkg/revision/references.go. `name` is a revision's or a tag's. */
function referencedByWorkloads(name: string, { namespaces, pods }: LocalWorld): boolean {
  const wished = new Map(namespaces.map((each) => [each.metadata.name, namespaceReference(each)]))
  if ([...wished.values()].includes(name)) return true
  return pods.some((pod) => {
    if (textAt(pod, 'status', 'phase') === 'Succeeded') return false
    if (annotationsOf(pod)['istio.io/rev'] === name) return true
    return wished.get(pod.metadata.namespace ?? '') === undefined && podReference(pod) === name
  })
}

function namespaceReference(namespace: KubernetesObject): string | undefined {
  const labels = labelsOf(namespace)
  return labels['istio-injection'] === 'enabled' ? 'default' : labels['istio.io/rev']
}

function podReference(pod: KubernetesObject): string | undefined {
  const labels = labelsOf(pod)
  const inject = labels['sidecar.istio.io/inject']
  if (labels['istio.io/rev'] !== undefined) return inject === 'false' ? undefined : labels['istio.io/rev']
  return inject === 'true' ? 'default' : undefined
}

export function tagInUse(tag: KubernetesObject, world: LocalWorld): boolean {
  return referencedByWorkloads(tag.metadata.name, world)
}

/** A revision is in use when a tag points at it (used or not), or something in the cluster names it. */
export function revisionInUse(revision: KubernetesObject, world: LocalWorld): boolean {
  const { name } = revision.metadata
  if (world.tags.some((tag) => textAt(tag, 'status', 'istioRevision') === name)) return true
  if (referencedByWorkloads(name, world)) return true
  const values = ['spec', 'values', 'sidecarInjectorWebhook', 'enableNamespacesByDefault'] as const
  return name === 'default' && flagAt(revision, ...values) === true
}
