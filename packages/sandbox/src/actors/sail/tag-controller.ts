import { stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioRevisions, istioRevisionTags, istios, namespaces, pods } from '@orbweaver/kube/resources'
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
  type SailCondition,
  stateOf,
  storedConditions,
  TAG_ORDER,
  unreconciled,
} from './conditions.ts'
import { ensureFinalizer, removeFinalizer } from './finalizer.ts'
import { isRemote, namespaceOf } from './names.ts'
import { namedBy } from './named-by.ts'
import { installObjects, OWNED_KINDS, uninstallObjects } from './owned-objects.ts'
import { inRelease } from './releases.ts'
import { isOlder, namedByNamespaces } from './revision-controller.ts'
import { targetOf } from './target.ts'
import { namesOfPod, tagInUse } from './usage.ts'

/** IstioRevisionTag → a webhook under another name; the tag `default` also brings chart base. */
export function startTagController(context: ActorContext, charts: Charts): Controller {
  const cache = context.caches.of(istioRevisionTags)
  const targeting = (name: string): ObjectKey[] =>
    cache
      .list()
      .filter((tag) => refersTo(tag, name))
      .map(keyOf)
  const reconcile = async ({ name }: ObjectKey): Promise<void> => {
    const found = cache.get('', name)
    if (found === undefined) return
    if (isDeleting(found)) {
      if (await uninstallObjects(context, found)) await removeFinalizer(context, istioRevisionTags, found)
      return
    }
    const tag = await ensureFinalizer(context, istioRevisionTags, found)
    await report(context, tag, await install(context, tag, charts))
  }
  return startController(context, {
    name: 'sail tag',
    watches: [
      { resource: istioRevisionTags, keys: (tag) => [keyOf(tag)] },
      ...OWNED_KINDS.map((resource) => ({
        resource,
        keys: (object: KubernetesObject) =>
          ownerKeys(object, 'IstioRevisionTag').map(({ name }) => ({ namespace: '', name })),
      })),
      { resource: istios, keys: (istio) => targeting(istio.metadata.name) },
      {
        resource: istioRevisions,
        keys: (revision) => [
          keyOf(revision),
          ...targeting(revision.metadata.name),
          ...ownerKeys(revision, 'Istio').flatMap((owner) => targeting(owner.name)),
        ],
      },
      { resource: namespaces, keys: namedByNamespaces(context) },
      { resource: pods, keys: namedBy(namesOfPod) },
    ],
    reconcile,
  })
}

/** By what it is told, or by what came of it last. */
function refersTo(tag: KubernetesObject, name: string): boolean {
  return textAt(tag, 'spec', 'targetRef', 'name') === name || textAt(tag, 'status', 'istioRevision') === name
}

async function install(context: ActorContext, tag: KubernetesObject, charts: Charts): Promise<SailCondition> {
  const twin = context.caches.of(istioRevisions).get('', tag.metadata.name)
  if (twin !== undefined && isOlder(twin, tag)) {
    return unreconciled('NameAlreadyExists', 'an IstioRevision exists with this name')
  }
  const target = targetOf(context, tag)
  if ('error' in target) return target.unreconciled
  const { revision } = target
  if (isRemote(revision)) {
    return reconcileError('validation error: IstioRevisionTag cannot reference a remote IstioRevision')
  }
  try {
    const { name } = tag.metadata
    const rendered = await charts.tag(name, toRender(revision))
    const objects = inRelease(rendered, `${name}-revisiontags`, `${name}-base`)
    await installObjects(context, tag, objects)
    return isTrue('Reconciled')
  } catch (error) {
    const chart = `failed to install/update Helm chart "revisiontags": ${messageOf(error)}`
    await report(context, tag, reconcileError(chart))
    throw error
  }
}

async function report(context: ActorContext, tag: KubernetesObject, reconciled: SailCondition): Promise<void> {
  const conditions = [reconciled, usage(context, tag)]
  const target = targetOf(context, tag)
  const now = timestampOf(context.clock)
  const before = { istioRevision: '', istiodNamespace: '', ...stringsAt(tag, 'status') }
  const moved = reconciled.status === 'True' && 'revision' in target ? target.revision : undefined
  const status = {
    observedGeneration: tag.metadata.generation ?? 1,
    conditions: storedConditions(tag, conditions, now),
    state: stateOf(conditions, TAG_ORDER),
    istioRevision: moved?.metadata.name ?? before.istioRevision,
    istiodNamespace: moved === undefined ? before.istiodNamespace : namespaceOf(moved),
  }
  await writeStatus(context, istioRevisionTags, { object: tag, status })
}

/** Whether a tag is used is asked of its target last, so that it cannot be told of one that points at nothing. */
function usage(context: ActorContext, tag: KubernetesObject): SailCondition {
  const world = { namespaces: context.caches.of(namespaces).list(), pods: context.caches.of(pods).list() }
  const target = targetOf(context, tag)
  const referenced = tagInUse(tag, 'revision' in target ? target.revision : undefined, world)
  if (referenced || 'revision' in target) return inUse(referenced)
  const message = `failed to determine if revision tag is in use: ${target.error}`
  return { type: 'InUse', status: 'Unknown', reason: 'UsageCheckFailed', message }
}
