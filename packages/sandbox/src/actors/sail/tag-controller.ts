import { recordAt, textAt } from '@orbweaver/contracts/json'
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
import { chartValues } from './chart-objects.ts'
import { isTrue, type SailCondition, stateOf, storedConditions, TAG_ORDER } from './conditions.ts'
import { ensureFinalizer, removeFinalizer } from './finalizer.ts'
import { isRemote, namespaceOf } from './names.ts'
import { installObjects, OWNED_KINDS, uninstallObjects } from './owned-objects.ts'
import { readerAccount } from './render-config.ts'
import { tagService } from './render-istiod.ts'
import { defaultValidator, tagWebhook } from './render-webhooks.ts'
import { isOlder } from './revision-controller.ts'
import { tagInUse } from './usage.ts'

/** IstioRevisionTag → a webhook under another name; the tag `default` also brings chart base. */
export function startTagController(context: ActorContext): Controller {
  const cache = context.caches.of(istioRevisionTags)
  const everyKey = (): ObjectKey[] => cache.list().map(keyOf)
  const reconcile = async ({ name }: ObjectKey): Promise<void> => {
    const found = cache.get('', name)
    if (found === undefined) return
    if (isDeleting(found)) {
      if (await uninstallObjects(context, found)) await removeFinalizer(context, istioRevisionTags, found)
      return
    }
    const tag = await ensureFinalizer(context, istioRevisionTags, found)
    const outcome = await install(context, tag)
    await report(context, tag, outcome)
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
      { resource: istios, keys: everyKey },
      { resource: istioRevisions, keys: everyKey },
      { resource: namespaces, keys: everyKey },
      { resource: pods, keys: everyKey },
    ],
    reconcile,
    workers: 1,
  })
}

type Outcome = { reconciled: SailCondition; revision: KubernetesObject | undefined }

async function install(context: ActorContext, tag: KubernetesObject): Promise<Outcome> {
  const failed = (reason: string, message: string): Outcome => ({
    reconciled: { type: 'Reconciled', status: 'False', reason, message },
    revision: undefined,
  })
  const twin = context.caches.of(istioRevisions).get('', tag.metadata.name)
  if (twin !== undefined && isOlder(twin, tag))
    return failed('NameAlreadyExists', 'an IstioRevision exists with this name')
  const revision = targetOf(context, tag)
  if (revision === undefined) {
    const [kind, name] = [
      textAt(tag, 'spec', 'targetRef', 'kind') ?? '',
      textAt(tag, 'spec', 'targetRef', 'name') ?? '',
    ]
    return failed('RefNotFound', `referenced ${kind} "${name}" not found`)
  }
  if (isRemote(revision)) {
    return failed(
      'ReconcileError',
      'error reconciling resource: validation error: IstioRevisionTag cannot reference a remote IstioRevision',
    )
  }
  try {
    await installObjects(context, tag, objectsOf(tag, revision))
    return { reconciled: isTrue('Reconciled'), revision }
  } catch (error) {
    const chart = `failed to install/update Helm chart "revisiontags": ${messageOf(error)}`
    await report(context, tag, failed('ReconcileError', `error reconciling resource: ${chart}`))
    throw error
  }
}

/** A target of kind Istio means whatever revision is active there: such a tag moves with every upgrade. */
function targetOf(context: ActorContext, tag: KubernetesObject): KubernetesObject | undefined {
  const name = textAt(tag, 'spec', 'targetRef', 'name') ?? ''
  const revisions = context.caches.of(istioRevisions)
  if (textAt(tag, 'spec', 'targetRef', 'kind') === 'IstioRevision') return revisions.get('', name)
  const active = textAt(context.caches.of(istios).get('', name), 'status', 'activeRevisionName')
  return active === undefined ? undefined : revisions.get('', active)
}

function objectsOf(tag: KubernetesObject, revision: KubernetesObject): KubernetesObject[] {
  const namespace = namespaceOf(revision)
  const values = chartValues({
    name: revision.metadata.name,
    namespace,
    version: textAt(revision, 'spec', 'version') ?? '',
    profile: textAt(revision, 'spec', 'values', 'profile') ?? 'default',
    values: recordAt(revision, 'spec', 'values'),
  })
  const injection = { revision: revision.metadata.name, namespace, values }
  const { name } = tag.metadata
  const base = name === 'default' ? [readerAccount(namespace), defaultValidator(injection)] : []
  return [tagWebhook(name, injection), tagService(name, injection), ...base]
}

async function report(context: ActorContext, tag: KubernetesObject, { reconciled, revision }: Outcome): Promise<void> {
  const world = {
    tags: [],
    namespaces: context.caches.of(namespaces).list(),
    pods: context.caches.of(pods).list(),
  }
  const inUse: SailCondition = tagInUse(tag, world)
    ? {
        type: 'InUse',
        status: 'True',
        reason: 'ReferencedByWorkloads',
        message: 'Referenced by at least one pod or namespace',
      }
    : {
        type: 'InUse',
        status: 'False',
        reason: 'NotReferencedByAnything',
        message: 'Not referenced by any pod or namespace',
      }
  const conditions = [reconciled, inUse]
  const now = timestampOf(context.clock)
  const status = {
    observedGeneration: tag.metadata.generation ?? 1,
    conditions: storedConditions(tag, conditions, now),
    state: stateOf(conditions, TAG_ORDER),
    istioRevision: revision?.metadata.name ?? textAt(tag, 'status', 'istioRevision') ?? '',
    istiodNamespace: revision === undefined ? (textAt(tag, 'status', 'istiodNamespace') ?? '') : namespaceOf(revision),
  }
  await writeStatus(context, istioRevisionTags, { object: tag, status })
}
