import { at, flagAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { deployments, replicaSets } from '@orbweaver/kube/resources'
import { timestampOf } from '../../clock.ts'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  type ObjectKey,
  ownerKeys,
  startController,
  unlessExisting,
  unlessMissing,
} from '../controller.ts'
import { recordNormal } from '../event-recorder.ts'
import { deploymentStatus, type Sets } from './deployment-status.ts'
import { controllerReference, isControlledBy, templateHash } from './pod-template.ts'
import { type ReplicaCounts, type RollingStep, recreateStep, rollingLimits, rollingStep } from './rolling.ts'
import { CONTROLLERS, writeStatus } from './status-writer.ts'

const REVISION = 'deployment.kubernetes.io/revision'
const OWN_WRITE_MS = 2_000

export function startDeployments(context: ActorContext): Controller {
  const reconcile = async (key: ObjectKey): Promise<void> => {
    const deployment = context.caches.of(deployments).get(key.namespace, key.name)
    if (deployment === undefined || isDeleting(deployment)) return
    const limits = limitsOf(deployment)
    const sets = await setsOf(context, deployment, limits)
    if (flagAt(deployment, 'spec', 'paused') !== true) {
      const step = stepOf(deployment, sets, limits)
      await resize(context, deployment, { set: sets.current, size: step.current })
      await Promise.all(sets.old.map((set, index) => resize(context, deployment, { set, size: step.old[index] ?? 0 })))
    }
    await forgetOldest(context, deployment, sets.old)
    const now = timestampOf(context.clock)
    const status = deploymentStatus(deployment, sets, { maxUnavailable: limits.maxUnavailable, now })
    await writeStatus(context, deployments, { object: deployment, status })
  }
  return startController(context, {
    name: 'deployment-controller',
    watches: [
      { resource: deployments, keys: (deployment) => [keyOf(deployment)] },
      { resource: replicaSets, keys: (set) => ownerKeys(set, 'Deployment') },
    ],
    reconcile,
    workers: 8,
  })
}

type Limits = { replicas: number; maxSurge: number; maxUnavailable: number }

function limitsOf(deployment: KubernetesObject): Limits {
  const replicas = numberAt(deployment, 'spec', 'replicas') ?? 1
  const rolling = recordAt(deployment, 'spec', 'strategy', 'rollingUpdate')
  const wish = { maxSurge: share(rolling.maxSurge), maxUnavailable: share(rolling.maxUnavailable) }
  return { replicas, ...rollingLimits(wish, replicas) }
}

function stepOf(deployment: KubernetesObject, sets: Sets, limits: Limits): RollingStep {
  const state = { ...limits, current: counts(sets.current), old: sets.old.map(counts) }
  if (textAt(deployment, 'spec', 'strategy', 'type') !== 'Recreate') return rollingStep(state)
  return recreateStep(
    state,
    sets.old.some((set) => (numberAt(set, 'status', 'replicas') ?? 0) > 0),
  )
}

function share(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function counts(set: KubernetesObject): ReplicaCounts {
  return { size: numberAt(set, 'spec', 'replicas') ?? 0, available: numberAt(set, 'status', 'availableReplicas') ?? 0 }
}

/** The ReplicaSet of the current template (made when there is none) and the older ones, oldest first. */
async function setsOf(context: ActorContext, deployment: KubernetesObject, limits: Limits): Promise<Sets> {
  const cache = context.caches.of(replicaSets)
  const { namespace = '', name, uid } = deployment.metadata
  const owned = cache.list(namespace).filter((set) => isControlledBy(set, uid) && !isDeleting(set))
  const hash = templateHash(at(deployment, 'spec', 'template'))
  const wantedName = `${name}-${hash}`
  const known = owned.find((set) => set.metadata.name === wantedName)
  const old = owned.filter((set) => set !== known).toSorted((a, b) => revisionOf(a) - revisionOf(b))
  const number = Math.max(0, ...old.map(revisionOf)) + 1
  if (known !== undefined) {
    await raiseRevision(context, deployment, { known, number: Math.max(number, revisionOf(known)) })
    return { current: known, old }
  }
  const empty = newSet(deployment, { name: wantedName, hash, number })
  const paused = flagAt(deployment, 'spec', 'paused') === true
  const size = paused ? 0 : stepOf(deployment, { current: empty, old }, limits).current
  const set = { ...empty, spec: { ...recordAt(empty, 'spec'), replicas: size } }
  const made = await unlessExisting(context.client.create(replicaSets, set, { fieldManager: CONTROLLERS }))
  if (made !== undefined && size > 0) await tellScaling(context, deployment, { name: wantedName, from: 0, to: size })
  await cache.until(() => cache.get(namespace, wantedName) !== undefined, OWN_WRITE_MS)
  await markRevision(context, deployment, number)
  return { current: made?.object ?? set, old }
}

function revisionOf(set: KubernetesObject): number {
  return Number(annotationsOf(set)[REVISION] ?? '0')
}

/** What client-side apply and the controller itself write. Source: pkg/controller/deployment/util annotationsToSkip v1.36. */
const NOT_COPIED: ReadonlySet<string> = new Set([REVISION, 'kubectl.kubernetes.io/last-applied-configuration'])

/** The Deployment's annotations, such as the cause of the change that `kubectl rollout history` shows. */
function annotationsOfSet(deployment: KubernetesObject, number: number): Record<string, string> {
  const copied = Object.entries(annotationsOf(deployment)).filter(([key]) => !NOT_COPIED.has(key))
  return { ...Object.fromEntries(copied), [REVISION]: String(number) }
}

/** Going back to an old template makes its ReplicaSet the newest revision. */
async function raiseRevision(
  context: ActorContext,
  deployment: KubernetesObject,
  { known, number }: { known: KubernetesObject; number: number },
): Promise<void> {
  const annotations = annotationsOfSet(deployment, number)
  const has = annotationsOf(known)
  if (Object.entries(annotations).some(([key, value]) => has[key] !== value)) {
    const { namespace = '', name } = known.metadata
    const patch = { type: 'merge' as const, body: { metadata: { annotations } }, fieldManager: CONTROLLERS }
    await unlessMissing(context.client.patch(replicaSets, { namespace, name }, patch))
  }
  await markRevision(context, deployment, number)
}

async function markRevision(context: ActorContext, deployment: KubernetesObject, number: number): Promise<void> {
  if (annotationsOf(deployment)[REVISION] === String(number)) return
  const { namespace = '', name } = deployment.metadata
  const body = { metadata: { annotations: { [REVISION]: String(number) } } }
  const patch = { type: 'merge' as const, body, fieldManager: CONTROLLERS }
  await unlessMissing(context.client.patch(deployments, { namespace, name }, patch))
}

function newSet(deployment: KubernetesObject, made: { name: string; hash: string; number: number }): KubernetesObject {
  const template = recordAt(deployment, 'spec', 'template')
  const metadata = recordAt(template, 'metadata')
  const hashed = { 'pod-template-hash': made.hash }
  const labels = { ...recordAt(metadata, 'labels'), ...hashed }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: made.name,
      namespace: deployment.metadata.namespace ?? 'default',
      labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])),
      annotations: annotationsOfSet(deployment, made.number),
      ownerReferences: [controllerReference({ apiVersion: 'apps/v1', kind: 'Deployment', object: deployment })],
    },
    spec: {
      replicas: 0,
      selector: {
        ...recordAt(deployment, 'spec', 'selector'),
        matchLabels: { ...recordAt(deployment, 'spec', 'selector', 'matchLabels'), ...hashed },
      },
      template: { ...template, metadata: { ...metadata, labels } },
    },
  }
}

type Scaling = { name: string; from: number; to: number }

function tellScaling(context: ActorContext, deployment: KubernetesObject, { name, from, to }: Scaling): Promise<void> {
  const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`
  const component = 'deployment-controller'
  return recordNormal(context, deployment, { reason: 'ScalingReplicaSet', message, component })
}

async function resize(
  context: ActorContext,
  deployment: KubernetesObject,
  { set, size }: { set: KubernetesObject; size: number },
): Promise<void> {
  const { size: from } = counts(set)
  if (from === size) return
  const { namespace = '', name } = set.metadata
  const target = { namespace, name }
  const written = await unlessMissing(
    context.client.patch(replicaSets, target, {
      type: 'merge',
      body: { spec: { replicas: size } },
      fieldManager: CONTROLLERS,
    }),
  )
  await tellScaling(context, deployment, { name, from, to: size })
  const generation = written?.object.metadata.generation ?? 0
  const cache = context.caches.of(replicaSets)
  await cache.until(() => (cache.get(namespace, name)?.metadata.generation ?? Infinity) >= generation, OWN_WRITE_MS)
}

async function forgetOldest(
  context: ActorContext,
  deployment: KubernetesObject,
  old: KubernetesObject[],
): Promise<void> {
  const limit = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10
  const empty = old.filter((set) => counts(set).size === 0 && (numberAt(set, 'status', 'replicas') ?? 0) === 0)
  const forgotten = empty.slice(0, Math.max(0, empty.length - limit))
  const remove = ({ metadata: { namespace = '', name } }: KubernetesObject): Promise<unknown> =>
    unlessMissing(context.client.remove(replicaSets, { namespace, name }))
  await Promise.all(forgotten.map(remove))
}
