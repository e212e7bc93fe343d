import { numberAt, textAt } from '@orbweaver/contracts/json'
import { type Condition, conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { failed, type GateVerdict, passed, waiting } from './stage.ts'

/**
 * Whether Sail has done what the mesh's Istio object asks: `Ready` alone is stale right after a write, so the observed
 * generation, the active revision's name and its version are asked too. Without `ready` it is enough that the revision
 * exists: a member cannot be ready before the primary knows it.
 */
export function istioGate(view: ClusterView, mesh: Mesh, wanted: 'ready' | 'reconciled'): GateVerdict {
  const istio = view.get(kinds.istio, mesh.name)
  if (istio === undefined) return waiting('not-applied', { object: `Istio/${mesh.name}` })
  const seen = numberAt(istio, 'status', 'observedGeneration')
  if (seen === undefined) return waiting('operator-silent', {})
  if (seen < (istio.metadata.generation ?? 0)) return waiting('operator-behind', {})
  const reconciled = conditionOf(istio, 'Reconciled')
  if (reconciled?.status !== 'True') return unreconciled(reconciled)
  const revision = revisionOf(mesh)
  if (textAt(istio, 'status', 'activeRevisionName') !== revision) return waiting('revision-not-active', { revision })
  if (view.get(kinds.istioRevision, revision) === undefined) return waiting('revision-missing', { revision })
  return wanted === 'reconciled' ? passed('revision-made', { revision }) : readiness(view, istio, mesh)
}

/** The messages of sail controllers/istiorevision and pkg/istioversion; validation errors are never retried by it. */
function unreconciled(condition: Condition | undefined): GateVerdict {
  const message = condition?.message ?? ''
  if (condition === undefined || condition.status === 'Unknown') return waiting('operator-silent', {})
  if (condition.reason === 'NameAlreadyExists') return failed('name-taken', { message })
  if (message.includes('end-of-life')) return failed('version-end-of-life', { message })
  if (/namespace .* doesn't exist/.test(message)) return waiting('namespace-missing', { message })
  if (message.includes('is being deleted')) return failed('namespace-terminating', { message })
  if (message.includes('validation error')) return failed('refused-by-operator', { message })
  return waiting('reconcile-error', { message })
}

/** Sail says of an istiod that was made a moment ago, too, that it is scaled to zero: only its Deployment tells the two. */
function readiness(view: ClusterView, istio: KubernetesObject, mesh: Mesh): GateVerdict {
  const revision = revisionOf(mesh)
  const ready = conditionOf(istio, 'Ready')
  if (ready?.status === 'True') return passed('control-plane-ready', { revision })
  const message = ready?.message ?? ''
  const deployment = view.get(kinds.deployment, `istiod-${revision}`, mesh.controlPlane.namespace)
  if (numberAt(deployment, 'spec', 'replicas') === 0) return failed('istiod-scaled-to-zero', { revision })
  if (ready?.reason === 'RemoteIstiodNotReady') return waiting('remote-istiod-not-ready', { revision, message })
  return waiting('istiod-not-ready', { revision, message })
}
