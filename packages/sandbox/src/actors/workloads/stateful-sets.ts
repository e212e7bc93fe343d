import { at, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { pods, statefulSets } from '@orbweaver/kube/resources'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  messageOf,
  type ObjectKey,
  ownerKeys,
  startController,
  unlessExisting,
  unlessMissing,
} from '../controller.ts'
import { recordEvent } from '../event-recorder.ts'
import { isReady } from './pod-state.ts'
import { isControlledBy, podOf, templateHash } from './pod-template.ts'
import { writeStatus } from './status-writer.ts'

const REVISION = 'controller-revision-hash'
const OWN_WRITE_MS = 2_000

/** StatefulSets: ordinals in order, updates from the highest ordinal down, one at a time; OnDelete is honoured. */
export function startStatefulSets(context: ActorContext): Controller {
  const reconcile = async (key: ObjectKey): Promise<void> => {
    const set = context.caches.of(statefulSets).get(key.namespace, key.name)
    if (set === undefined || isDeleting(set)) return
    const revision = `${key.name}-${templateHash(at(set, 'spec', 'template'))}`
    const before = podsOf(context, set)
    await step(context, set, { pods: before, revision })
    await reportStatus(context, set, revision)
  }
  return startController(context, {
    name: 'statefulset-controller',
    watches: [
      { resource: statefulSets, keys: (set) => [keyOf(set)] },
      { resource: pods, keys: (pod) => ownerKeys(pod, 'StatefulSet') },
    ],
    reconcile,
  })
}

function podsOf(context: ActorContext, set: KubernetesObject): KubernetesObject[] {
  const owned = context.caches.of(pods).list(set.metadata.namespace)
  return owned.filter((pod) => isControlledBy(pod, set.metadata.uid))
}

type Observed = { pods: KubernetesObject[]; revision: string }

/** One move: make the next missing Pod, or take the highest spare one, or replace the highest stale one. */
async function step(context: ActorContext, set: KubernetesObject, observed: Observed): Promise<void> {
  const blocked = await fillOrdinals(context, set, observed)
  if (blocked) return
  const names = ordinalNames(set)
  const spare = observed.pods.filter((pod) => !names.includes(pod.metadata.name) && !isDeleting(pod))
  const victim = highest(spare) ?? staleToReplace(set, observed)
  if (victim !== undefined) await removePod(context, victim)
}

function ordinalNames(set: KubernetesObject): string[] {
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1
  return Array.from({ length: wanted }, (_, ordinal) => `${set.metadata.name}-${ordinal}`)
}

/** True while an ordinal is not ready and the set starts its Pods in order. */
async function fillOrdinals(context: ActorContext, set: KubernetesObject, observed: Observed): Promise<boolean> {
  const parallel = textAt(set, 'spec', 'podManagementPolicy') === 'Parallel'
  const byName = new Map(observed.pods.map((pod) => [pod.metadata.name, pod]))
  for (const name of ordinalNames(set)) {
    const pod = byName.get(name)
    if (pod === undefined) await createPod(context, set, { name, revision: observed.revision })
    const settled = pod !== undefined && !isDeleting(pod) && isReady(pod)
    if (!parallel && !settled) return true
  }
  return false
}

function highest(candidates: KubernetesObject[]): KubernetesObject | undefined {
  return candidates.toSorted((a, b) => ordinalOf(b) - ordinalOf(a))[0]
}

function staleToReplace(set: KubernetesObject, { pods: owned, revision }: Observed): KubernetesObject | undefined {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return undefined
  if (!owned.every((pod) => isReady(pod) && !isDeleting(pod))) return undefined
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  return highest(owned.filter((pod) => labelsOf(pod)[REVISION] !== revision && ordinalOf(pod) >= partition))
}

function ordinalOf(pod: KubernetesObject): number {
  return Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? '0')
}

async function createPod(
  context: ActorContext,
  set: KubernetesObject,
  made: { name: string; revision: string },
): Promise<void> {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', object: set }
  const extra = { 'statefulset.kubernetes.io/pod-name': made.name, [REVISION]: made.revision }
  try {
    await unlessExisting(context.client.create(pods, podOf(owner, made.name, extra)))
  } catch (error) {
    const message = `create Pod ${made.name} in StatefulSet ${set.metadata.name} failed error: ${messageOf(error)}`
    await recordEvent(context, set, {
      type: 'Warning',
      reason: 'FailedCreate',
      message,
      component: 'statefulset-controller',
    })
    throw error
  }
  const cache = context.caches.of(pods)
  await cache.until(() => cache.get(set.metadata.namespace ?? '', made.name) !== undefined, OWN_WRITE_MS)
}

async function removePod(context: ActorContext, pod: KubernetesObject): Promise<void> {
  const { namespace = '', name } = pod.metadata
  await unlessMissing(context.client.remove(pods, { namespace, name }))
  const cache = context.caches.of(pods)
  const gone = (): boolean => {
    const now = cache.get(namespace, name)
    return now === undefined || now.metadata.uid !== pod.metadata.uid || isDeleting(now)
  }
  await cache.until(gone, OWN_WRITE_MS)
}

async function reportStatus(context: ActorContext, set: KubernetesObject, revision: string): Promise<void> {
  const owned = podsOf(context, set).filter((pod) => !isDeleting(pod))
  const ready = owned.filter(isReady).length
  const updated = owned.filter((pod) => labelsOf(pod)[REVISION] === revision).length
  const complete = updated === owned.length && owned.length === (numberAt(set, 'spec', 'replicas') ?? 1)
  const before = textAt(set, 'status', 'currentRevision') ?? revision
  const status = {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: owned.length,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: complete ? updated : owned.length - updated,
    updatedReplicas: updated,
    currentRevision: complete ? revision : before,
    updateRevision: revision,
  }
  await writeStatus(context, statefulSets, { object: set, status })
}
