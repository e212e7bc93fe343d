import { at, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { daemonSets, nodes, pods } from '@orbweaver/kube/resources'
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
import { recordEvent } from '../event-recorder.ts'
import { isActive, isReady } from './pod-state.ts'
import { createSuffixes, isControlledBy, podOf, type Suffixes, templateHash } from './pod-template.ts'
import { writeStatus } from './status-writer.ts'

const REVISION = 'controller-revision-hash'
const OWN_WRITE_MS = 2_000

/** DaemonSets: one Pod a node; an update replaces one Pod at a time (maxUnavailable 1). */
export function startDaemonSets(context: ActorContext): Controller {
  const cache = context.caches.of(daemonSets)
  const suffixes = createSuffixes()
  const reconcile = async (key: ObjectKey): Promise<void> => {
    const set = cache.get(key.namespace, key.name)
    if (set === undefined || isDeleting(set)) return
    const revision = templateHash(at(set, 'spec', 'template'))
    const wanted = context.caches
      .of(nodes)
      .list()
      .map((node) => node.metadata.name)
    await fillNodes(context, set, { wanted, revision, suffixes })
    await replaceOne(context, set, revision)
    await reportStatus(context, set, { wanted, revision })
  }
  return startController(context, {
    name: 'daemonset-controller',
    watches: [
      { resource: daemonSets, keys: (set) => [keyOf(set)] },
      { resource: pods, keys: (pod) => ownerKeys(pod, 'DaemonSet') },
      { resource: nodes, keys: () => cache.list().map(keyOf) },
    ],
    reconcile,
  })
}

function podsOf(context: ActorContext, set: KubernetesObject): KubernetesObject[] {
  const owned = context.caches.of(pods).list(set.metadata.namespace)
  return owned.filter((pod) => isControlledBy(pod, set.metadata.uid) && isActive(pod))
}

type Plan = { wanted: string[]; revision: string }

async function fillNodes(
  context: ActorContext,
  set: KubernetesObject,
  { wanted, revision, suffixes }: Plan & { suffixes: Suffixes },
): Promise<void> {
  const covered = new Set(podsOf(context, set).map((pod) => textAt(pod, 'spec', 'nodeName')))
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', object: set }
  const made: string[] = []
  for (const node of wanted.filter((each) => !covered.has(each))) {
    const pod = podOf(owner, `${set.metadata.name}-${suffixes(set)}`, { [REVISION]: revision })
    const bound = { ...pod, spec: { ...recordAt(pod, 'spec'), nodeName: node } }
    try {
      const { object } = await context.client.create(pods, bound)
      made.push(object.metadata.name)
    } catch (error) {
      const message = `Error creating: ${messageOf(error)}`
      await recordEvent(context, set, {
        type: 'Warning',
        reason: 'FailedCreate',
        message,
        component: 'daemonset-controller',
      })
      throw error
    }
  }
  const cache = context.caches.of(pods)
  const namespace = set.metadata.namespace ?? ''
  await cache.until(() => made.every((name) => cache.get(namespace, name) !== undefined), OWN_WRITE_MS)
}

async function replaceOne(context: ActorContext, set: KubernetesObject, revision: string): Promise<void> {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return
  const owned = podsOf(context, set)
  const stale = owned.find((pod) => labelsOf(pod)[REVISION] !== revision)
  if (stale === undefined || !owned.every(isReady)) return
  const { namespace = '', name } = stale.metadata
  await unlessMissing(context.client.remove(pods, { namespace, name }))
}

async function reportStatus(context: ActorContext, set: KubernetesObject, { wanted, revision }: Plan): Promise<void> {
  const owned = podsOf(context, set)
  const ready = owned.filter(isReady).length
  const status = {
    observedGeneration: set.metadata.generation ?? 1,
    currentNumberScheduled: owned.length,
    desiredNumberScheduled: wanted.length,
    numberMisscheduled: 0,
    numberReady: ready,
    numberAvailable: ready,
    numberUnavailable: Math.max(0, wanted.length - ready),
    updatedNumberScheduled: owned.filter((pod) => labelsOf(pod)[REVISION] === revision).length,
  }
  await writeStatus(context, daemonSets, { object: set, status })
}
