import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioRevisions, istios } from '@orbweaver/kube/resources'
import type { ActorContext } from '../controller.ts'
import { reconcileError, type SailCondition, unreconciled } from './conditions.ts'

/** The revision that a `targetRef` stands for now, or why there is none: in the words of a tag's condition, and of an error. */
export type Target = { revision: KubernetesObject } | { unreconciled: SailCondition; error: string }

/** A target of kind Istio means whatever revision is active there: such a tag moves with every upgrade. */
export function targetOf(context: ActorContext, from: KubernetesObject): Target {
  const name = textAt(from, 'spec', 'targetRef', 'name') ?? ''
  if (textAt(from, 'spec', 'targetRef', 'kind') === 'IstioRevision') {
    return revisionCalled(context, name) ?? dangling('IstioRevision', name)
  }
  const istio = context.caches.of(istios).get('', name)
  if (istio === undefined) return dangling('Istio', name)
  const active = textAt(istio, 'status', 'activeRevisionName')
  if (active === undefined) return failing('transient error: referenced Istio has no active revision')
  return revisionCalled(context, active) ?? failing(notFound('IstioRevision', active))
}

function revisionCalled(context: ActorContext, name: string): Target | undefined {
  const revision = context.caches.of(istioRevisions).get('', name)
  return revision && { revision }
}

const dangling = (kind: 'Istio' | 'IstioRevision', name: string): Target => ({
  unreconciled: unreconciled('RefNotFound', `referenced ${kind} resource does not exist`),
  error: notFound(kind, name),
})
const failing = (error: string): Target => ({ unreconciled: reconcileError(error), error })

/** Of an object that a client's cache does not have (controller-runtime pkg/cache/internal/cache_reader.go). */
const notFound = (kind: string, name: string): string => `${kind}.sailoperator.io "${name}" not found`
