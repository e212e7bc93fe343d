import { type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { type ActorContext, isDeleting, unlessExisting, unlessMissing } from '../controller.ts'
import { updated } from '../overlay.ts'

/** Every kind the charts contain. */
export const OWNED_KINDS: readonly Resource[] = [
  kinds.mutatingWebhookConfigurations,
  kinds.validatingWebhookConfigurations,
  kinds.horizontalPodAutoscalers,
  kinds.podDisruptionBudgets,
  kinds.deployments,
  kinds.daemonSets,
  kinds.services,
  kinds.endpointSlices,
  kinds.configMaps,
  kinds.roleBindings,
  kinds.roles,
  kinds.clusterRoleBindings,
  kinds.clusterRoles,
  kinds.serviceAccounts,
]

/** What makes Pods comes after what they need. */
const RUNNING = ['Deployment', 'DaemonSet']

const BY_KIND = new Map(OWNED_KINDS.map((each) => [each.kind, each]))
const MANAGED = { 'managed-by': 'sail-operator', 'app.kubernetes.io/part-of': 'istio' }

/** What the operator installed for one IstioRevision or IstioRevisionTag, from the caches. */
function ownedObjects(
  context: ActorContext,
  owner: KubernetesObject,
): { resource: Resource; object: KubernetesObject }[] {
  return OWNED_KINDS.flatMap((resource) =>
    context.caches
      .of(resource)
      .list()
      .filter((object) => labelsOf(object)['managed-by'] === 'sail-operator' && isOwnedBy(object, owner))
      .map((object) => ({ resource, object })),
  )
}

function isOwnedBy(object: KubernetesObject, owner: KubernetesObject): boolean {
  const references = listAt(recordAt(object.metadata), 'ownerReferences')
  return references.some((each) => textAt(each, 'uid') === owner.metadata.uid)
}

/** Makes the cluster contain these objects, owned by `owner`, and none it owned before that is not among them. */
export async function installObjects(
  context: ActorContext,
  owner: KubernetesObject,
  wanted: KubernetesObject[],
): Promise<void> {
  const marked = wanted.map((object) => withOwner(object, owner))
  const runs = (object: KubernetesObject): boolean => RUNNING.includes(object.kind)
  await Promise.all(marked.filter((object) => !runs(object)).map((object) => ensure(context, object)))
  await Promise.all(marked.filter(runs).map((object) => ensure(context, object)))
  const names = new Set(marked.map(idOf))
  const stale = ownedObjects(context, owner).filter(({ object }) => !names.has(idOf(object)) && !isDeleting(object))
  await removeAll(context, stale)
}

/** Removes what was installed for `owner`; true once the caches show nothing more. */
export async function uninstallObjects(context: ActorContext, owner: KubernetesObject): Promise<boolean> {
  const left = ownedObjects(context, owner)
  await removeAll(
    context,
    left.filter(({ object }) => !isDeleting(object)),
  )
  return left.length === 0
}

async function removeAll(
  context: ActorContext,
  items: { resource: Resource; object: KubernetesObject }[],
): Promise<void> {
  const remove = ({ resource, object }: (typeof items)[number]): Promise<unknown> => {
    const { namespace, name } = object.metadata
    const target = namespace === undefined ? { name } : { namespace, name }
    return unlessMissing(context.client.remove(resource, target, { propagation: 'Background' }))
  }
  await Promise.all(items.map(remove))
}

function idOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`
}

function withOwner(object: KubernetesObject, owner: KubernetesObject): KubernetesObject {
  const { apiVersion, kind } = owner
  const { name, uid } = owner.metadata
  const reference = { apiVersion, kind, name, uid: uid ?? '', controller: true, blockOwnerDeletion: true }
  const labels = { ...object.metadata.labels, ...MANAGED }
  return { ...object, metadata: { ...object.metadata, labels, ownerReferences: [reference] } }
}

async function ensure(context: ActorContext, object: KubernetesObject): Promise<void> {
  const resource = BY_KIND.get(object.kind)
  if (resource === undefined) throw new Error(`the charts contain an unexpected kind ${object.kind}`)
  const { namespace = '', name } = object.metadata
  const live = context.caches.of(resource).get(namespace, name)
  if (live === undefined) {
    await unlessExisting(context.client.create(resource, object, { fieldManager: 'sail-operator' }))
    return
  }
  const next = updated(live, leavingToIstiod(object))
  if (next !== undefined) await context.client.replace(resource, next, { fieldManager: 'sail-operator' })
}

/** caBundle and failurePolicy of installed webhooks belong to istiod. */
function leavingToIstiod(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'ValidatingWebhookConfiguration') return object
  const webhooks = listAt(object, 'webhooks').map((each): Json => {
    const { failurePolicy: _, ...rest } = recordAt(each)
    return rest
  })
  return { ...object, webhooks }
}
