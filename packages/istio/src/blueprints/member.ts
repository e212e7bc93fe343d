import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Mesh } from '../meshes/mesh.ts'
import { defaultTagWebhookName, remoteSecretName } from '../meshes/names.ts'
import { deepMerge, memberValues } from '../meshes/values.ts'
import { kinds } from '../world/kinds.ts'
import { identityValues } from './control-plane.ts'
import { defaultTagWebhook } from './default-webhook.ts'
import { entranceAddress } from './entrance.ts'
import { hasKey, namespaceGate, webhookGate } from './gates.ts'
import { istioGate } from './istio-gate.ts'
import { networkOf } from './network.ts'
import { controlPlaneNamespace, istioObject } from './objects.ts'
import { readerObjects, remoteSecret } from './remote-secret.ts'
import { gateOf, type Observed, type Stage, stage, stageId, passed, waiting } from './stage.ts'

/**
 * The stages of one member (istio-and-sail.md 2.4). Its control plane cannot be ready before istiod knows the cluster
 * by its remote Secret, so readiness is asked last; version and address change in one write of one object.
 */
export function memberStages(mesh: Mesh, cluster: string, observed: Observed): Stage[] {
  const stages = [
    memberNamespace(mesh, cluster, observed),
    readerStage(mesh, cluster),
    memberControlPlane(mesh, cluster, observed),
    remoteSecretStage(mesh, cluster, observed),
    readyStage(mesh, cluster),
    defaultStage(mesh, cluster, observed),
  ]
  return stages
}

/** What istiod reads of a Pod's origin when that Pod's creation is brought before it. */
function injectionPath(cluster: string, network: string): string {
  return `/inject/cluster/${cluster}/net/${network}`
}

function memberNamespace(mesh: Mesh, cluster: string, observed: Observed): Stage {
  const namespace = controlPlaneNamespace(mesh, networkOf(mesh, cluster, observed), mesh.controlPlane.cluster)
  return stage({
    name: 'member-namespace',
    cluster,
    objects: [namespace],
    gate: gateOf(cluster, (view) => namespaceGate(view, namespace)),
    deadlineSeconds: 60,
    timeout: 'namespace-timeout',
  })
}

function readerStage(mesh: Mesh, cluster: string): Stage {
  return stage({
    name: 'reader',
    cluster,
    objects: readerObjects(mesh),
    after: [stageId('member-namespace', cluster)],
    gate: (observed) =>
      observed.get(cluster)?.reader === undefined ? waiting('token-pending') : passed('token-ready', { cluster }),
    deadlineSeconds: 60,
    timeout: 'reader-timeout',
  })
}

function memberControlPlane(mesh: Mesh, cluster: string, observed: Observed): Stage {
  const network = networkOf(mesh, cluster, observed)
  const values: JsonRecord = deepMerge(memberValues(mesh, cluster), {
    ...identityValues(mesh, cluster, network),
    istiodRemote: { injectionPath: injectionPath(cluster, network) },
  })
  const addressed = deepMerge(values, { global: { remotePilotAddress: entranceAddress(mesh, observed) } })
  return stage({
    name: 'member-control-plane',
    cluster,
    objects: [istioObject(mesh, 'remote', addressed)],
    after: [stageId('control-plane', mesh.controlPlane.cluster), stageId('member-namespace', cluster)],
    gate: gateOf(cluster, (view) => istioGate(view, mesh, 'reconciled')),
    deadlineSeconds: 180,
    timeout: 'member-control-plane-timeout',
  })
}

/** The Secret lies with the control plane; the stage is the member's. */
function remoteSecretStage(mesh: Mesh, cluster: string, observed: Observed): Stage {
  const primary = mesh.controlPlane.cluster
  const own = observed.get(cluster) ?? { view: undefined, network: undefined, server: '' }
  const name = remoteSecretName(cluster)
  return {
    ...stage({
      name: 'remote-secret',
      cluster: primary,
      objects: [remoteSecret(mesh, cluster, own)],
      after: [stageId('reader', cluster), stageId('member-control-plane', cluster)],
      gate: gateOf(primary, (view) => {
        const secret = view.get(kinds.secret, name, mesh.controlPlane.namespace)
        return secret !== undefined && hasKey(secret, cluster)
          ? passed('applied', { object: `Secret/${name}` })
          : waiting('not-applied', { object: `Secret/${name}` })
      }),
      deadlineSeconds: 60,
      timeout: 'remote-secret-timeout',
    }),
    id: stageId('remote-secret', cluster),
  }
}

function readyStage(mesh: Mesh, cluster: string): Stage {
  return stage({
    name: 'member-ready',
    cluster,
    after: [stageId('remote-secret', cluster)],
    gate: gateOf(cluster, (view) => istioGate(view, mesh, 'ready')),
    deadlineSeconds: 300,
    timeout: 'member-ready-timeout',
  })
}

function defaultStage(mesh: Mesh, cluster: string, observed: Observed): Stage {
  const path = injectionPath(cluster, networkOf(mesh, cluster, observed))
  return stage({
    name: 'member-default',
    cluster,
    objects: [defaultTagWebhook(mesh, cluster, path)],
    after: [stageId('member-ready', cluster)],
    gate: gateOf(cluster, (view) => webhookGate(view, defaultTagWebhookName(mesh.controlPlane.namespace))),
    deadlineSeconds: 120,
    timeout: 'member-default-timeout',
  })
}
