import { textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { istioCnis, istioRevisions, istioRevisionTags, namespaces, pods, ztunnels } from '@orbweaver/kube/resources'
import type { IstioVersion } from '@orbweaver/schemas/versions'
import { timestampOf } from '../../clock.ts'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  messageOf,
  type ObjectKey,
  ownerKeys,
  startController,
} from '../controller.ts'
import { writeStatus } from '../workloads/status-writer.ts'
import { type Charts, toRender } from './chart-objects.ts'
import {
  inUse,
  isTrue,
  reconcileError,
  REVISION_ORDER,
  type SailCondition,
  stateOf,
  storedConditions,
  unreconciled,
} from './conditions.ts'
import { ensureFinalizer, removeFinalizer } from './finalizer.ts'
import { namespaceOf } from './names.ts'
import { namedBy } from './named-by.ts'
import { installObjects, OWNED_KINDS, uninstallObjects } from './owned-objects.ts'
import { inRelease } from './releases.ts'
import { dependenciesCondition, readyCondition } from './revision-health.ts'
import { namesOfNamespace, namesOfPod, revisionInUse } from './usage.ts'
import { chartsMissing, hasCharts } from './versions.ts'

export type RevisionOptions = { charts: Charts; versions: readonly IstioVersion[] }

/** IstioRevision → the objects of the charts, kept as they should be; removed again by its finalizer. */
export function startRevisionController(context: ActorContext, options: RevisionOptions): Controller {
  const cache = context.caches.of(istioRevisions)
  const everyKey = (): ObjectKey[] => cache.list().map(keyOf)
  const installedIn = ({ metadata }: KubernetesObject): ObjectKey[] =>
    cache
      .list()
      .filter((revision) => namespaceOf(revision) === metadata.name)
      .map(keyOf)
  const namedByNamespace = namedByNamespaces(context)
  const reconcile = async ({ name }: ObjectKey): Promise<void> => {
    const found = cache.get('', name)
    if (found === undefined) return
    if (isDeleting(found)) {
      if (await uninstallObjects(context, found)) await removeFinalizer(context, istioRevisions, found)
      return
    }
    const revision = await ensureFinalizer(context, istioRevisions, found)
    const reconciled = await install(context, revision, options)
    await report(context, revision, reconciled)
  }
  return startController(context, {
    name: 'sail revision',
    watches: [
      { resource: istioRevisions, keys: (revision) => [keyOf(revision)] },
      ...OWNED_KINDS.map((resource) => ({
        resource,
        keys: (object: KubernetesObject) =>
          isIgnored(context, resource, object)
            ? []
            : ownerKeys(object, 'IstioRevision').map(({ name }) => ({ namespace: '', name })),
      })),
      { resource: namespaces, keys: (namespace) => [...installedIn(namespace), ...namedByNamespace(namespace)] },
      {
        resource: istioRevisionTags,
        keys: namedBy((tag) => [tag.metadata.name, textAt(tag, 'status', 'istioRevision')]),
      },
      { resource: istioCnis, keys: everyKey },
      { resource: ztunnels, keys: everyKey },
      { resource: pods, keys: namedBy(namesOfPod) },
    ],
    reconcile,
  })
}

/** With what a namespace refers to, the Pods in it do or do not count. */
export function namedByNamespaces(context: ActorContext): (namespace: KubernetesObject) => ObjectKey[] {
  const cache = context.caches.of(pods)
  return namedBy((namespace) => namesOfNamespace(namespace, cache.list(namespace.metadata.name)))
}

/** Changes of it, not its deletion, go unnoticed until something else is looked at (sail pkg/predicate). */
function isIgnored(context: ActorContext, resource: Resource, object: KubernetesObject): boolean {
  const { namespace = '', name } = object.metadata
  const isThere = context.caches.of(resource).get(namespace, name) !== undefined
  return isThere && annotationsOf(object)['sailoperator.io/ignore'] === 'true'
}

async function install(
  context: ActorContext,
  revision: KubernetesObject,
  { charts, versions }: RevisionOptions,
): Promise<SailCondition> {
  if (clashesWithTag(context, revision)) {
    return unreconciled('NameAlreadyExists', 'an IstioRevisionTag exists with this name')
  }
  const invalid = namespaceProblem(context, namespaceOf(revision))
  if (invalid !== undefined) return reconcileError(`validation error: ${invalid}`)
  try {
    const wanted = toRender(revision)
    if (!hasCharts(versions, wanted.version)) throw new Error(chartsMissing(wanted.version, 'istiod'))
    const { name } = wanted
    const objects = inRelease(await charts.revision(wanted), `${name}-istiod`, `${name}-base`)
    await installObjects(context, revision, objects)
    return isTrue('Reconciled')
  } catch (error) {
    const condition = reconcileError(`failed to install/update Helm chart "istiod": ${messageOf(error)}`)
    await report(context, revision, condition)
    throw error
  }
}

function clashesWithTag(context: ActorContext, revision: KubernetesObject): boolean {
  const tag = context.caches.of(istioRevisionTags).get('', revision.metadata.name)
  return tag !== undefined && isOlder(tag, revision)
}

/** The older of two objects of one name keeps it; UIDs break ties. */
export function isOlder(a: KubernetesObject, b: KubernetesObject): boolean {
  const rank = ({ metadata }: KubernetesObject): string => `${metadata.creationTimestamp ?? ''}${metadata.uid ?? ''}`
  return rank(a) < rank(b)
}

/** The operator never makes a namespace. */
export function namespaceProblem(context: ActorContext, name: string): string | undefined {
  const namespace = context.caches.of(namespaces).get('', name)
  if (namespace === undefined) return `namespace "${name}" doesn't exist`
  return isDeleting(namespace) ? `namespace "${name}" is being deleted` : undefined
}

async function report(context: ActorContext, revision: KubernetesObject, reconciled: SailCondition): Promise<void> {
  const world = {
    tags: context.caches.of(istioRevisionTags).list(),
    namespaces: context.caches.of(namespaces).list(),
    pods: context.caches.of(pods).list(),
  }
  const conditions = [
    reconciled,
    readyCondition(context, revision),
    dependenciesCondition(context, revision),
    inUse(revisionInUse(revision, world)),
  ]
  const now = timestampOf(context.clock)
  const status = {
    observedGeneration: revision.metadata.generation ?? 1,
    conditions: storedConditions(revision, conditions, now),
    state: stateOf(conditions, REVISION_ORDER),
  }
  await writeStatus(context, istioRevisions, { object: revision, status })
}
