import { type JsonRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { pods, replicaSets } from '@orbweaver/kube/resources'
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
  unlessMissing,
} from '../controller.ts'
import { recordEvent, recordNormal } from '../event-recorder.ts'
import { isActive, isReady } from './pod-state.ts'
import { createSuffixes, isControlledBy, podOf, type Suffixes } from './pod-template.ts'
import { CONTROLLERS, writeStatus } from './status-writer.ts'

/** Milliseconds to wait for the cache to show what was just written. */
const OWN_WRITE_MS = 2_000
/** Pods started at once; a failing admission is asked once, not for every replica. */
const BATCH = 10

export function startReplicaSets(context: ActorContext): Controller {
  const cache = context.caches.of(pods)
  const suffixes = createSuffixes()
  const reconcile = async (key: ObjectKey): Promise<void> => {
    const set = context.caches.of(replicaSets).get(key.namespace, key.name)
    if (set === undefined || isDeleting(set)) return
    const owned = cache.list(key.namespace).filter((pod) => isControlledBy(pod, set.metadata.uid))
    const active = owned.filter(isActive)
    const missing = (numberAt(set, 'spec', 'replicas') ?? 1) - active.length
    const failure = missing > 0 ? await createPods(context, set, { count: missing, suffixes }) : undefined
    if (missing < 0) await deletePods(context, set, { active, count: -missing })
    await reportStatus(context, set, failure)
    if (failure !== undefined) throw new Error(failure)
  }
  return startController(context, {
    name: 'replicaset-controller',
    watches: [
      { resource: replicaSets, keys: (set) => [keyOf(set)] },
      { resource: pods, keys: (pod) => ownerKeys(pod, 'ReplicaSet') },
    ],
    reconcile,
    workers: 8,
  })
}

/** Gives the API server's words when a Pod could not be created. */
async function createPods(
  context: ActorContext,
  set: KubernetesObject,
  { count, suffixes }: { count: number; suffixes: Suffixes },
): Promise<string | undefined> {
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', object: set }
  const made: string[] = []
  const createOne = async (): Promise<void> => {
    const generateName = `${set.metadata.name}-`
    const pod = podOf(owner, `${generateName}${suffixes(set)}`, {})
    pod.metadata.generateName = generateName
    const { object } = await context.client.create(pods, pod, { fieldManager: CONTROLLERS })
    made.push(object.metadata.name)
    const message = `Created pod: ${object.metadata.name}`
    await recordNormal(context, set, { reason: 'SuccessfulCreate', message, component: 'replicaset-controller' })
  }
  try {
    await createOne()
    await Promise.all(Array.from({ length: Math.min(count, BATCH) - 1 }, createOne))
  } catch (error) {
    const message = messageOf(error)
    const text = { type: 'Warning' as const, reason: 'FailedCreate', message: `Error creating: ${message}` }
    await recordEvent(context, set, { ...text, component: 'replicaset-controller' })
    return message
  } finally {
    await seen(context, set, made)
  }
  return undefined
}

/** Acting on a cache that does not know one's own Pods yet would create them again. */
async function seen(context: ActorContext, set: KubernetesObject, names: string[]): Promise<void> {
  const cache = context.caches.of(pods)
  const namespace = set.metadata.namespace ?? ''
  await cache.until(() => names.every((name) => cache.get(namespace, name) !== undefined), OWN_WRITE_MS)
}

/** Unready Pods first, then the youngest. */
async function deletePods(
  context: ActorContext,
  set: KubernetesObject,
  { active, count }: { active: KubernetesObject[]; count: number },
): Promise<void> {
  const rank = (pod: KubernetesObject): string => `${isReady(pod) ? 1 : 0}${invertedAge(pod)}`
  const victims = active.toSorted((a, b) => rank(a).localeCompare(rank(b))).slice(0, count)
  const remove = async ({ metadata: { namespace = '', name, uid } }: KubernetesObject): Promise<void> => {
    await unlessMissing(context.client.remove(pods, { namespace, name }, uid === undefined ? {} : { uid }))
    const message = `Deleted pod: ${name}`
    await recordNormal(context, set, { reason: 'SuccessfulDelete', message, component: 'replicaset-controller' })
  }
  await Promise.all(victims.map(remove))
  const cache = context.caches.of(pods)
  const gone = ({ metadata: { namespace = '', name, uid } }: KubernetesObject): boolean => {
    const now = cache.get(namespace, name)
    return now === undefined || now.metadata.uid !== uid || isDeleting(now)
  }
  await cache.until(() => victims.every(gone), OWN_WRITE_MS)
}

function invertedAge(pod: KubernetesObject): string {
  return String(Number.MAX_SAFE_INTEGER - Date.parse(pod.metadata.creationTimestamp ?? '')).padStart(17, '0')
}

async function reportStatus(context: ActorContext, set: KubernetesObject, failure: string | undefined): Promise<void> {
  const { namespace = '' } = set.metadata
  const owned = context.caches
    .of(pods)
    .list(namespace)
    .filter((pod) => isControlledBy(pod, set.metadata.uid))
  const active = owned.filter(isActive)
  const ready = active.filter(isReady).length
  const status: JsonRecord = {
    replicas: active.length,
    fullyLabeledReplicas: active.length,
    readyReplicas: ready,
    availableReplicas: ready,
    observedGeneration: set.metadata.generation ?? 1,
    conditions: failure === undefined ? [] : [failureCondition(set, failure, timestampOf(context.clock))],
  }
  await writeStatus(context, replicaSets, { object: set, status })
}

/**
 * A condition that says the same stays with its first words (kubernetes pkg/controller/replicaset/replica_set_utils.go):
 * each failure names another Pod, and news of it would be reason to try again at once.
 */
function failureCondition(set: KubernetesObject, message: string, now: string): JsonRecord {
  const before = listAt(set, 'status', 'conditions').find((each) => textAt(each, 'type') === 'ReplicaFailure')
  if (textAt(before, 'reason') === 'FailedCreate') return recordAt(before)
  return { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, lastTransitionTime: now }
}
