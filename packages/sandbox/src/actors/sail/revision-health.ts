import { flagAt, numberAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { deployments, istioCnis, mutatingWebhookConfigurations } from '@orbweaver/kube/resources'
import type { ActorContext } from '../controller.ts'
import { isTrue, type SailCondition } from './conditions.ts'
import { injectorName, istiodName, isRemote, namespaceOf, probeResult, READINESS_STATUS } from './names.ts'

/** Ready of a revision: its istiod's Pods, or the probe of somebody else's. */
export function readyCondition(context: ActorContext, revision: KubernetesObject): SailCondition {
  return isRemote(revision) ? remoteReady(context, revision) : istiodReady(context, revision)
}

function istiodReady(context: ActorContext, revision: KubernetesObject): SailCondition {
  const { name } = revision.metadata
  const deployment = context.caches.of(deployments).get(namespaceOf(revision), istiodName(name))
  const notReady = (message: string): SailCondition => ({
    type: 'Ready',
    status: 'False',
    reason: 'IstiodNotReady',
    message,
  })
  if (deployment === undefined) return notReady('istiod Deployment not found')
  if ((numberAt(deployment, 'spec', 'replicas') ?? 1) === 0)
    return notReady('istiod Deployment is scaled to zero replicas')
  const [ready, total] = [
    numberAt(deployment, 'status', 'readyReplicas') ?? 0,
    numberAt(deployment, 'status', 'replicas') ?? 0,
  ]
  return total === 0 || ready < total ? notReady('not all istiod pods are ready') : isTrue('Ready')
}

function remoteReady(context: ActorContext, revision: KubernetesObject): SailCondition {
  const name = injectorName(revision.metadata.name, namespaceOf(revision))
  const webhook = context.caches.of(mutatingWebhookConfigurations).get('', name)
  const result = webhook === undefined ? undefined : probeResult(webhook)
  if (result === undefined) {
    const message = `invalid or missing annotation ${READINESS_STATUS} on MutatingWebhookConfiguration ${name}`
    return { type: 'Ready', status: 'Unknown', reason: 'ReadinessCheckFailed', message }
  }
  if (result) return isTrue('Ready')
  return {
    type: 'Ready',
    status: 'False',
    reason: 'RemoteIstiodNotReady',
    message: 'readiness probe on remote istiod failed',
  }
}

/** A revision that relies on the CNI plugin needs the IstioCNI object to be healthy. */
export function dependenciesCondition(context: ActorContext, revision: KubernetesObject): SailCondition {
  const type = 'DependenciesHealthy'
  if (flagAt(revision, 'spec', 'values', 'pilot', 'cni', 'enabled') !== true) return isTrue(type)
  const cni = context.caches.of(istioCnis).get('', 'default')
  if (cni === undefined) {
    return { type, status: 'False', reason: 'IstioCNINotFound', message: 'IstioCNI resource does not exist' }
  }
  const healthy = conditionOf(cni, 'Ready')?.status === 'True'
  return healthy
    ? isTrue(type)
    : { type, status: 'False', reason: 'IstioCNINotHealthy', message: 'IstioCNI is not healthy' }
}
