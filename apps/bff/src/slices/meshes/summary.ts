import { listAt, textAt } from '@orbweaver/contracts/json'
import type { MeshSummary, Stage } from '@orbweaver/contracts/meshes'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { podState } from '@orbweaver/istio/injection/pod-state'
import { isInjected, isLive } from '@orbweaver/istio/injection/pod-state'
import { isSystemNamespace } from '@orbweaver/istio/injection/policy'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { isUnserved } from '@orbweaver/istio/meshes/sync'
import { endOfLifeOf, spanOf, upgradeOf } from '@orbweaver/istio/meshes/upgrade'
import { againstVersion } from '@orbweaver/istio/preflight/kubernetes-version'
import { deployments, fleetClusters, pods as podResource } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { injectionIn } from '../../fleet/injection.ts'
import { versionKnown } from '../../fleet/mesh-world.ts'
import { type MeshStatus, readStatus, type StatusStage } from '../../reconciler/mesh-status.ts'
import type { Asking } from './asking.ts'
import type { Syncs } from './sync.ts'

export type MeshRow = { object: KubernetesObject; mesh: Mesh; status: MeshStatus }

export function meshRow(object: KubernetesObject, mesh: Mesh): MeshRow {
  return { object, mesh, status: readStatus(object) }
}

const phases = {
  Pending: 'pending',
  Progressing: 'progressing',
  Ready: 'ready',
  Degraded: 'degraded',
  Failed: 'failed',
  Terminating: 'terminating',
  Suspended: 'suspended',
} as const

export async function summaryOf(asking: Asking, { object, mesh, status }: MeshRow, syncs: Syncs): Promise<MeshSummary> {
  const unserved = unservedMembers(status, syncs)
  const phase = phaseOf(mesh, status, unserved)
  const telling = tellingStage(status.stages)
  const { creationTimestamp } = object.metadata
  return {
    name: mesh.name,
    ...(mesh.displayName !== undefined && { displayName: mesh.displayName }),
    kind: mesh.kind,
    ...(await versionsOf(asking, mesh, status)),
    controlPlaneCluster: mesh.controlPlane.cluster,
    phase,
    ...(telling !== undefined && phase !== 'ready' && { reason: stageMessage(telling), since: telling.since }),
    ...(telling === undefined && phase === 'degraded' && unserved.length > 0 && { reason: unservedMessage(unserved) }),
    clusters: clusterHealth(asking, { mesh, status }, unserved),
    ...(await podCounts(asking, mesh)),
    ...(mesh.protected && { protected: true }),
    ...(creationTimestamp !== undefined && { createdAt: creationTimestamp }),
  }
}

/**
 * Members whose stages passed, and that istiod does not serve for all that: the record says they are ready, and
 * the mesh is not.
 */
export function unservedMembers(status: MeshStatus, syncs: Syncs): string[] {
  const ready = status.members.filter((each) => each.state === 'ready').map((each) => each.cluster)
  return ready.filter((cluster) => {
    const sync = syncs.get(cluster)
    return sync !== undefined && isUnserved(sync)
  })
}

export function unservedMessage(members: readonly string[]): Message {
  return { code: 'meshes.members_unserved', params: { count: members.length, clusters: members.join(', ') } }
}

function phaseOf(mesh: Mesh, status: MeshStatus, unserved: readonly string[]): MeshSummary['phase'] {
  const phase = mesh.deleting ? 'terminating' : phases[status.phase]
  return phase === 'ready' && unserved.length > 0 ? 'degraded' : phase
}

/** An external mesh is moved on by whoever installed it: its version is what runs now, else what was found when it was adopted. */
async function versionsOf(asking: Asking, mesh: Mesh, status: MeshStatus): Promise<Versions> {
  const adopted = status.stages.find((stage) => stage.name === 'adopt')?.params?.version
  const found = typeof adopted === 'string' && adopted !== '' ? adopted : undefined
  const version = mesh.version ?? (await runningVersion(asking, mesh)) ?? found
  if (version === undefined) return {}
  const upgrade = mesh.version === undefined ? undefined : upgradeOf(mesh.version, await offersOf(asking, mesh))
  const endOfLife = endOfLifeOf(version, new Date())
  return { version, ...(upgrade !== undefined && { upgrade }), ...(endOfLife !== undefined && { endOfLife }) }
}

/** What runs is told to who may look at it there. */
async function runningVersion({ fleet, viewer }: Asking, mesh: Mesh): Promise<string | undefined> {
  const { cluster, namespace } = mesh.controlPlane
  return (await viewer.lists(cluster, deployments, namespace)) ? versionKnown(fleet, mesh) : undefined
}

type Versions = Pick<MeshSummary, 'version' | 'upgrade' | 'endOfLife'>

/** What the operator of each cluster of a mesh can install, and its Kubernetes runs, as they were last told. */
function offersOf({ fleet, viewer }: Asking, mesh: Mesh): Promise<string[][]> {
  return inFlight(clustersOf(mesh), 4, async (name) => {
    const record = await viewer.get(fleet.hub.name, fleetClusters, { name })
    const told = { cluster: name, kubernetesVersion: textAt(record, 'status', 'kubernetesVersion') }
    return listAt(record, 'status', 'operator', 'versions')
      .filter((each) => typeof each === 'string')
      .filter((each) => againstVersion(each, [told])?.severity !== 'blocking')
  })
}

/** The stage that says why a mesh is not ready: one that failed or may not go on before one that still waits. */
function tellingStage(stages: readonly StatusStage[]): StatusStage | undefined {
  const stopped = stages.find((stage) => stage.state === 'failed' || stage.state === 'blocked')
  return stopped ?? stages.find((stage) => stage.state === 'running')
}

/** Reasons of packages/istio are worded under `stage.`, but for the check that stops one. */
function stageMessage(stage: StatusStage): Message {
  const reason = stage.reason ?? stage.state
  return {
    code: reason.startsWith('check.') ? reason : `stage.${reason}`,
    params: { ...stage.params, cluster: stage.cluster },
  }
}

export function stageView(stage: StatusStage): Stage {
  const { name, cluster, state, since, objects } = stage
  return {
    name,
    cluster,
    state,
    ...(since !== undefined && { since }),
    ...(stage.reason !== undefined && { reason: stageMessage(stage) }),
    objects,
  }
}

function clusterHealth(
  { fleet }: Asking,
  { mesh, status }: Pick<MeshRow, 'mesh' | 'status'>,
  unserved: readonly string[],
): MeshSummary['clusters'] {
  const clusters = clustersOf(mesh)
  const healthy = clusters.filter((cluster) => {
    const state = fleet.get(cluster)?.mirror.truth().state
    const member = status.members.find((each) => each.cluster === cluster)
    return (state === 'fresh' || state === 'stale') && member?.state === 'ready' && !unserved.includes(cluster)
  })
  return { healthy: healthy.length, total: clusters.length }
}

/** Pods of applications, as far as the viewer may list them: the mesh's own components are not counted. */
async function podCounts({ fleet, viewer }: Asking, mesh: Mesh): Promise<Pick<MeshSummary, 'pods' | 'proxies'>> {
  const versions = new Set<string>()
  const counts = await inFlight(clustersOf(mesh), 4, async (cluster) => {
    const world = injectionIn(fleet, mesh, cluster)
    if (world === undefined) return { injected: 0, total: 0, pendingRestart: 0 }
    const pods = await viewer.list(cluster, podResource)
    const states = pods
      .filter((pod) => isLive(pod) && !isSystemNamespace(pod.metadata.namespace ?? '', [mesh.controlPlane.namespace]))
      .map((pod) => podState(world, pod))
    for (const { proxy } of states) if ('version' in proxy && proxy.version !== undefined) versions.add(proxy.version)
    return {
      injected: states.filter((state) => isInjected(state.proxy)).length,
      total: states.length,
      pendingRestart: states.filter((state) => state.pendingRestart).length,
    }
  })
  const proxies = spanOf(versions)
  return {
    pods: counts.reduce((sum, each) => ({
      injected: sum.injected + each.injected,
      total: sum.total + each.total,
      pendingRestart: sum.pendingRestart + each.pendingRestart,
    })),
    ...(proxies !== undefined && { proxies }),
  }
}
