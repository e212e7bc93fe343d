import type { Found } from '@orbweaver/contracts/findings'
import type { Message } from '@orbweaver/contracts/message'
import type { InjectedNamespace, InjectedWorkload } from '@orbweaver/contracts/sidecars'
import type { NamespaceState } from '@orbweaver/istio/injection/namespace-state'
import { isSystemNamespace } from '@orbweaver/istio/injection/policy'
import type { WorkloadState } from '@orbweaver/istio/injection/workload-state'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'

export type NamespaceRow = {
  cluster: string
  state: NamespaceState
  mesh: Mesh
  countsVisible: boolean
  findings: Found
}

export function namespaceView({ cluster, state, mesh, countsVisible, findings }: NamespaceRow): InjectedNamespace {
  const [why] = state.why
  return {
    cluster,
    namespace: state.namespace,
    policy: state.policy,
    ...(state.revision !== undefined && { revision: state.revision }),
    ...(state.servedBy !== undefined && { servedBy: state.servedBy.revision }),
    ...(why !== undefined && { why: worded(why) }),
    ...(countsVisible && { pods: state.pods, workloads: state.workloads.length }),
    system: isSystemNamespace(state.namespace, [mesh.controlPlane.namespace]),
    findings,
  }
}

export function workloadView(state: WorkloadState, findings: Found): InjectedWorkload {
  const why =
    state.pods.pendingRestart > 0 && state.refusal !== undefined ? { code: state.refusal, params: {} } : state.why
  return {
    ref: state.ref,
    policy: state.policy,
    pods: state.pods,
    proxyVersions: state.proxyVersions,
    revisions: state.revisions,
    ...(why !== undefined && { why: worded(why) }),
    restartable: state.refusal === undefined,
    findings,
  }
}

/** Reasons of packages/istio are worded under `injection.`. */
function worded({ code, params }: Message): Message {
  return { code: `injection.${code}`, params }
}
