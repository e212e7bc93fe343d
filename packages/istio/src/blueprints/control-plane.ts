import { flagAt, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { Mesh } from '../meshes/mesh.ts'
import { defaultTagWebhookName, revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { existsGate, namespaceGate, tagGate } from './gates.ts'
import { istioGate } from './istio-gate.ts'
import { controlPlaneNamespace, defaultTag, discoveryScope, istioObject } from './objects.ts'
import { gateOf, type Observed, type Stage, stage, stageId } from './stage.ts'

/** What makes a cluster itself and no other in the mesh. Wins over every value: a mistake here cuts the mesh apart. */
export function identityValues(mesh: Mesh, cluster: string, network: string | undefined): JsonRecord {
  const meshId = textAt(mesh.settings, 'system', 'meshId') ?? mesh.name
  const global: JsonRecord = { meshID: meshId, multiCluster: { clusterName: cluster } }
  return { global: network === undefined ? global : { ...global, network } }
}

export function namespaceStage(mesh: Mesh, network: string | undefined): Stage {
  const { cluster } = mesh.controlPlane
  const namespace = controlPlaneNamespace(mesh, network, undefined)
  return stage({
    name: 'namespace',
    cluster,
    objects: [namespace],
    gate: gateOf(cluster, (view) => namespaceGate(view, namespace)),
    deadlineSeconds: 60,
    timeout: 'namespace-timeout',
  })
}

/** Pulling istiod's image on a cold node is what takes long. */
export function controlPlaneStage(mesh: Mesh, values: JsonRecord, after: string[]): Stage {
  const { cluster } = mesh.controlPlane
  return stage({
    name: 'control-plane',
    cluster,
    objects: [istioObject(mesh, 'default', values)],
    after,
    gate: gateOf(cluster, (view) => istioGate(view, mesh, 'ready')),
    deadlineSeconds: 600,
    timeout: 'control-plane-timeout',
  })
}

/** The stages that follow a control plane wherever it is: who is the default, and what sidecars learn of. */
export function governingStages(mesh: Mesh, observed: Observed): Stage[] {
  const { cluster } = mesh.controlPlane
  const after = [stageId('control-plane', cluster)]
  const revision = defaultTarget(mesh, observed.get(cluster)?.view)
  const webhook = defaultTagWebhookName(mesh.controlPlane.namespace)
  const tag = stage({
    name: 'default-tag',
    cluster,
    objects: [defaultTag(mesh, revision)],
    after,
    gate: gateOf(cluster, (view) => tagGate(view, revision, webhook)),
    deadlineSeconds: 120,
    timeout: 'default-tag-timeout',
  })
  if (flagAt(mesh.settings, 'sidecar', 'discoveryIsolation') !== true) return [tag]
  const scope = discoveryScope(mesh)
  const scoped = stage({
    name: 'discovery-scope',
    cluster,
    objects: [scope],
    after: [tag.id],
    gate: gateOf(cluster, (view) => existsGate(view, scope, kinds.sidecar)),
    deadlineSeconds: 60,
    timeout: 'discovery-scope-timeout',
  })
  return [tag, scoped]
}

/**
 * The revision that `istio-injection=enabled` means. A tag that points at a living revision stays where it is, also
 * when the mesh's version moves on: namespaces follow only by a plan of their own.
 */
export function defaultTarget(mesh: Mesh, view: ClusterView | undefined): string {
  const tag = view?.get(kinds.istioRevisionTag, 'default')
  const target = textAt(tag, 'spec', 'targetRef', 'name')
  const kept = textAt(tag, 'spec', 'targetRef', 'kind') === 'IstioRevision' && target !== undefined
  if (kept && view?.get(kinds.istioRevision, target) !== undefined) return target
  return revisionOf(mesh)
}
