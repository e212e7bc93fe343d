import { flagAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { deployments, istioCnis, mutatingWebhookConfigurations, ztunnels } from '@orbweaver/kube/resources'
import type { ActorContext } from '../controller.ts'
import { isTrue, type SailCondition } from './conditions.ts'
import { injectorName, istiodName, isRemote, namespaceOf, READINESS_STATUS } from './names.ts'

/** Ready of a revision: its istiod's Pods, or the probe of somebody else's. */
export function readyCondition(context: ActorContext, revision: KubernetesObject): SailCondition {
  return isRemote(revision) ? remoteReady(context, revision) : istiodReady(context, revision)
}

function notReady(reason: string, message: string): SailCondition {
  return { type: 'Ready', status: 'False', reason, message }
}

/** A Deployment that was made a moment ago has no replicas either, and says the same as one that was scaled down. */
function istiodReady(context: ActorContext, revision: KubernetesObject): SailCondition {
  const deployment = context.caches.of(deployments).get(namespaceOf(revision), istiodName(revision.metadata.name))
  if (deployment === undefined) return notReady('IstiodNotReady', 'istiod Deployment not found')
  const count = (field: string): number => numberAt(deployment, 'status', field) ?? 0
  if (count('replicas') === 0) return notReady('IstiodNotReady', 'istiod Deployment is scaled to zero replicas')
  return count('readyReplicas') < count('replicas')
    ? notReady('IstiodNotReady', 'not all istiod pods are ready')
    : isTrue('Ready')
}

function remoteReady(context: ActorContext, revision: KubernetesObject): SailCondition {
  const reason = 'RemoteIstiodNotReady'
  const name = injectorName(revision.metadata.name, namespaceOf(revision))
  const webhook = context.caches.of(mutatingWebhookConfigurations).get('', name)
  if (webhook === undefined) return notReady(reason, `MutatingWebhookConfiguration ${name} not found`)
  const said = annotationsOf(webhook)[READINESS_STATUS]
  if (said === 'true') return isTrue('Ready')
  return said === 'false'
    ? notReady(reason, 'readiness probe on remote istiod failed')
    : notReady(reason, `invalid or missing annotation ${READINESS_STATUS} on MutatingWebhookConfiguration ${name}`)
}

/** What a revision may rely on beside istiod (sail pkg/revision/dependency.go), in the order in which it is asked for. */
const DEPENDENCIES: readonly { resource: Resource; needed: (revision: KubernetesObject) => boolean }[] = [
  { resource: istioCnis, needed: needsCni },
  { resource: ztunnels, needed: needsZtunnel },
]

/** On OpenShift the CNI plugin is relied on unless it is switched off, elsewhere where it is switched on. */
function needsCni(revision: KubernetesObject): boolean {
  const enabled = flagAt(revision, 'spec', 'values', 'pilot', 'cni', 'enabled')
  const openshift = textAt(revision, 'spec', 'values', 'global', 'platform') === 'openshift'
  return openshift ? enabled !== false : enabled === true
}

function needsZtunnel(revision: KubernetesObject): boolean {
  const ambient = textAt(revision, 'spec', 'values', 'pilot', 'env', 'PILOT_ENABLE_AMBIENT') === 'true'
  return ambient || textAt(revision, 'spec', 'values', 'profile') === 'ambient'
}

export function dependenciesCondition(context: ActorContext, revision: KubernetesObject): SailCondition {
  const type = 'DependenciesHealthy'
  const unhealthy = (reason: string, message: string): SailCondition => ({ type, status: 'False', reason, message })
  for (const { resource, needed } of DEPENDENCIES) {
    if (!needed(revision)) continue
    const { kind } = resource
    const found = context.caches.of(resource).get('', 'default')
    if (found === undefined) return unhealthy(`${kind}NotFound`, `${kind} resource does not exist`)
    if (textAt(found, 'status', 'state') !== 'Healthy') {
      return unhealthy(`${kind}NotHealthy`, `${kind} resource status indicates that the component is not healthy`)
    }
  }
  return isTrue(type)
}
