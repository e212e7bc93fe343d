import { flagAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'

/** What lives in the operator's own cluster. Other clusters of the mesh are invisible to it. */
export type LocalWorld = { tags: KubernetesObject[]; namespaces: KubernetesObject[]; pods: KubernetesObject[] }

type Named = { name: string; injected: 'counts' | 'does not count' }

/** Rules of sail pkg/revision/references.go. `name` is a revision's or a tag's: what injected a Pod is never a tag. */
function referencedByWorkloads({ name, injected }: Named, { namespaces, pods }: LocalWorld): boolean {
  const wished = new Map(namespaces.map((each) => [each.metadata.name, namespaceReference(each)]))
  if ([...wished.values()].includes(name)) return true
  return pods.some((pod) => {
    const place = pod.metadata.namespace ?? ''
    if (textAt(pod, 'status', 'phase') === 'Succeeded' || !wished.has(place)) return false
    if (injected === 'counts' && annotationsOf(pod)['istio.io/rev'] === name) return true
    return wished.get(place) === undefined && podReference(pod) === name
  })
}

/** Names of revisions and tags that a Pod refers to, by itself. */
export function namesOfPod(pod: KubernetesObject): (string | undefined)[] {
  return [annotationsOf(pod)['istio.io/rev'], podReference(pod)]
}

/** The same of a namespace. What it refers to also decides whether its Pods' own wishes count. */
export function namesOfNamespace(
  namespace: KubernetesObject,
  pods: readonly KubernetesObject[],
): (string | undefined)[] {
  return [namespaceReference(namespace), ...pods.map(podReference)]
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

export function tagInUse(
  tag: KubernetesObject,
  revision: KubernetesObject | undefined,
  world: Omit<LocalWorld, 'tags'>,
): boolean {
  const { name } = tag.metadata
  const byWorkloads = referencedByWorkloads({ name, injected: 'does not count' }, { ...world, tags: [] })
  return byWorkloads || (name === 'default' && injectsEverywhere(revision))
}

function injectsEverywhere(revision: KubernetesObject | undefined): boolean {
  return flagAt(revision, 'spec', 'values', 'sidecarInjectorWebhook', 'enableNamespacesByDefault') === true
}

/** A revision is in use when a tag points at it (used or not), or something in the cluster names it. */
export function revisionInUse(revision: KubernetesObject, world: LocalWorld): boolean {
  const { name } = revision.metadata
  if (world.tags.some((tag) => textAt(tag, 'status', 'istioRevision') === name)) return true
  if (referencedByWorkloads({ name, injected: 'counts' }, world)) return true
  return name === 'default' && injectsEverywhere(revision)
}
