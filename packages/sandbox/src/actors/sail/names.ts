import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Names of what the Sail Operator makes (sail controllers/istio, resources/<version>/charts; main @ 328df99d). */

export const FINALIZER = 'sailoperator.io/sail-operator'
export const READINESS_STATUS = 'sailoperator.io/readinessProbe.status'
export const READINESS_REASON = 'sailoperator.io/readinessProbe.reason'

/** Name of the revision an Istio object stands for now: the unresolved version is part of it. */
export function activeRevisionName(istio: KubernetesObject): string {
  const { name } = istio.metadata
  if ((textAt(istio, 'spec', 'updateStrategy', 'type') ?? 'InPlace') === 'InPlace') return name
  return `${name}-${(textAt(istio, 'spec', 'version') ?? '').replaceAll('.', '-')}`
}

/** A revision named `default` is installed without a suffix. */
export function suffixOf(revision: string): string {
  return revision === 'default' ? '' : `-${revision}`
}

function namespaceSuffix(namespace: string): string {
  return namespace === 'istio-system' ? '' : `-${namespace}`
}

export function injectorName(revision: string, namespace: string): string {
  return `istio-sidecar-injector${suffixOf(revision)}${namespaceSuffix(namespace)}`
}

export function tagWebhookName(tag: string, namespace: string): string {
  return `istio-revision-tag-${tag}${namespaceSuffix(namespace)}`
}

export function validatorName(revision: string, namespace: string): string {
  return `istio-validator${suffixOf(revision)}-${namespace}`
}

export function istiodName(revision: string): string {
  return `istiod${suffixOf(revision)}`
}

export function namespaceOf(object: KubernetesObject): string {
  return textAt(object, 'spec', 'namespace') ?? 'istio-system'
}

/** The remote profile has no istiod of its own: readiness comes from another cluster. */
export function isRemote(revision: KubernetesObject): boolean {
  return textAt(revision, 'spec', 'values', 'profile') === 'remote'
}
