import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { MemberSync } from '@orbweaver/contracts/member-sync'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { defaultMove } from '@orbweaver/istio/blueprints/default-move'
import { ownNetwork } from '@orbweaver/istio/blueprints/network'
import { type NamespaceState, namespaceState } from '@orbweaver/istio/injection/namespace-state'
import { isSystemNamespace } from '@orbweaver/istio/injection/policy'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { imageVersion } from '@orbweaver/istio/plain'
import {
  deployments,
  fleetClusters,
  istioRevisions,
  istioRevisionTags,
  istios,
  namespaces as namespaceResource,
  pods as podResource,
} from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { readerMs } from '../../fleet/ask-soon.ts'
import { injectionIn } from '../../fleet/injection.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import { whyNoDoor } from '../../kube/registration.ts'
import { observe } from '../../reconciler/observe.ts'
import type { Asking } from './asking.ts'
import { driftOf } from './drift.ts'
import { memberWebhook } from './member-webhook.ts'
import { numbersOf } from './numbers.ts'
import { foundRevisions, runningOf } from './running.ts'
import { type MeshRow, stageView, summaryOf, unservedMembers, unservedMessage } from './summary.ts'
import { syncsOf } from './sync.ts'

/** Everything the first page of a mesh shows, from the mirrors; each part only as far as the viewer may see it. */
export async function detailOf(asking: Asking, row: MeshRow): Promise<MeshDetail> {
  const { mesh, object, status } = row
  const spec = MeshSpec.safeParse(object.spec)
  const drift = status.phase === 'Ready' || status.phase === 'Degraded' ? driftOf(asking, mesh) : []
  // Side by side: who looks waits for a cluster that swallows questions once.
  const [seen, [syncs, summary], revisions, members, running, components, numbers] = await Promise.all([
    inFlight(drift, 10, (each) => asking.viewer.sees(each.ref)),
    syncsOf(asking, mesh, readerMs).then(async (told) => [told, await summaryOf(asking, row, told)] as const),
    revisionsOf(asking, mesh),
    inFlight(clustersOf(mesh), 4, async (cluster) => {
      const [view, webhook] = await Promise.all([
        memberView(asking, row, cluster),
        memberWebhook(asking, mesh, cluster),
      ])
      return { ...view, ...webhook }
    }),
    runningOf(asking, mesh),
    componentsOf(asking, mesh),
    numbersOf(asking, mesh),
  ])
  return {
    mesh: summary,
    spec: spec.success
      ? spec.data
      : MeshSpec.parse({ kind: mesh.kind, controlPlane: { cluster: mesh.controlPlane.cluster } }),
    generation: mesh.generation,
    observedGeneration: status.observedGeneration,
    stages: status.stages.map(stageView),
    revisions,
    ...defaultStays(asking, mesh),
    members: members.map((each) => ({ ...each, ...syncedAs(syncs.get(each.cluster)) })),
    ...entranceOf(row),
    ...running,
    numbers,
    components,
    drift: drift.filter((_, index) => seen[index] === true),
    leftovers: status.leftovers,
    attention: attentionOf(summary, { drift: drift.length, unserved: unservedMembers(status, syncs) }),
  }
}

function entranceOf({ status }: MeshRow): Pick<MeshDetail, 'entrance'> {
  const address = status.entrance?.address ?? status.entrance?.hostname
  return address === undefined ? {} : { entrance: { address } }
}

async function revisionsOf(asking: Asking, mesh: Mesh): Promise<MeshDetail['revisions']> {
  if (mesh.kind === 'External') return foundRevisions(asking, mesh)
  const { fleet, viewer } = asking
  const found = await viewer.list(mesh.controlPlane.cluster, istioRevisions)
  const door = fleet.get(mesh.controlPlane.cluster)
  const tag = door?.mirror.get(istioRevisionTags, { name: 'default' })
  const active = door?.mirror.list(istios).find((each) => each.metadata.name === mesh.name)
  return found
    .filter((each) => isOf(mesh, each))
    .map((each) => ({
      name: each.metadata.name,
      version: textAt(each, 'spec', 'version') ?? '',
      state: textAt(each, 'status', 'state') ?? '',
      inUse: conditionOf(each, 'InUse')?.status === 'True',
      active: textAt(active, 'status', 'activeRevisionName') === each.metadata.name,
      isDefault: textAt(tag, 'status', 'istioRevision') === each.metadata.name,
    }))
}

/** The reason that the plan of moving the default would give. */
function defaultStays({ fleet }: Asking, mesh: Mesh): Pick<MeshDetail, 'defaultStays'> {
  const { cluster } = mesh.controlPlane
  const view = mesh.kind === 'External' ? undefined : observe(fleet, mesh, [cluster]).get(cluster)?.view
  const move = view && defaultMove(mesh, view)
  return move !== undefined && 'code' in move ? { defaultStays: move } : {}
}

type Member = MeshDetail['members'][number]

function syncedAs(sync: MemberSync | undefined): Pick<Member, 'sync'> {
  return sync === undefined ? {} : { sync }
}

/** Versions stand on the page of a cluster too: told here to those who may read them there. */
async function versionsOf(
  { viewer, fleet }: Asking,
  mesh: Mesh,
  cluster: string,
): Promise<Pick<Member, 'kubernetesVersion' | 'istioVersions'>> {
  const record = await viewer.get(fleet.hub.name, fleetClusters, { name: cluster })
  const kubernetesVersion = textAt(record, 'status', 'kubernetesVersion')
  const revisions = mesh.kind === 'External' ? [] : await viewer.list(cluster, istioRevisions)
  const versions = revisions
    .filter((each) => isOf(mesh, each))
    .map((each) => textAt(each, 'spec', 'version'))
    .filter((each) => each !== undefined)
  return {
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    ...(versions.length > 0 && { istioVersions: [...new Set(versions)].toSorted() }),
  }
}

/** Sail owns the revisions of an Istio, which has the name of its mesh. */
function isOf({ name }: Mesh, revision: KubernetesObject): boolean {
  return listAt(revision, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'name') === name)
}

async function memberView(asking: Asking, { mesh, status }: MeshRow, cluster: string): Promise<Member> {
  const states = await namespacesOf(asking, mesh, cluster)
  const told = status.members.find((each) => each.cluster === cluster)?.state
  const record = asking.fleet.hub.mirror.get(fleetClusters, { name: cluster })
  const network = ownNetwork(mesh, cluster) ?? textAt(record, 'spec', 'network')
  const state = memberState(asking.fleet.get(cluster), told)
  return {
    cluster,
    role: cluster === mesh.controlPlane.cluster ? 'control-plane' : 'member',
    ...(network !== undefined && { network }),
    ...(await versionsOf(asking, mesh, cluster)),
    state,
    ...(state === 'unreachable' && { reason: whyAway(asking, cluster) }),
    namespaces: states.length,
    injectedNamespaces: states.filter((each) => each.servedBy !== undefined).length,
    pods: {
      injected: states.reduce((sum, each) => sum + each.pods.injected, 0),
      total: states.reduce((sum, each) => sum + each.pods.total, 0),
    },
  }
}

function memberState(door: ClusterDoor | undefined, told: string | undefined): Member['state'] {
  const truth = door?.mirror.truth().state
  if (truth === undefined || truth === 'unreachable' || truth === 'unauthorized') return 'unreachable'
  return told === 'ready' || told === 'failed' || told === 'leaving' ? told : 'progressing'
}

function whyAway({ fleet }: Asking, cluster: string): Message {
  const reason = fleet.get(cluster)?.mirror.truth().reason ?? whyNoDoor(fleet, cluster)
  return { code: 'meshes.member_unreachable', params: { cluster, what: reason } }
}

/** Injection of the namespaces of applications whose Pods the viewer may list. */
async function namespacesOf({ fleet, viewer }: Asking, mesh: Mesh, cluster: string): Promise<NamespaceState[]> {
  const world = injectionIn(fleet, mesh, cluster)
  if (world === undefined) return []
  const names = (fleet.get(cluster)?.mirror.list(namespaceResource) ?? []).map((each) => each.metadata.name)
  const apps = names.filter((each) => !isSystemNamespace(each, [mesh.controlPlane.namespace]))
  const listed = await inFlight(apps, 10, (namespace) => viewer.lists(cluster, podResource, namespace))
  return apps.filter((_, index) => listed[index]).map((each) => namespaceState(world, each))
}

/** istiod and the east-west gateways: what runs in the control-plane namespaces. */
async function componentsOf({ viewer }: Asking, mesh: Mesh): Promise<MeshDetail['components']> {
  const found = await inFlight(clustersOf(mesh), 4, async (cluster) => {
    const listed = await viewer.list(cluster, deployments, mesh.controlPlane.namespace)
    return listed.filter(isComponent).map((each) => ({
      ref: refOf(cluster, each),
      ready: numberAt(each, 'status', 'readyReplicas') ?? 0,
      desired: numberAt(each, 'spec', 'replicas') ?? 1,
      ...componentVersion(each),
    }))
  })
  return found.flat()
}

function isComponent(deployment: KubernetesObject): boolean {
  const labels = labelsOf(deployment)
  return labels.app === 'istiod' || deployment.metadata.name.includes('gateway')
}

function componentVersion(deployment: KubernetesObject): { version?: string } {
  const images = listAt(deployment, 'spec', 'template', 'spec', 'containers').map((each) => textAt(each, 'image'))
  const version = images.map((image) => imageVersion(image)).find((each) => each !== undefined)
  return version === undefined ? {} : { version }
}

type Found = { drift: number; unserved: readonly string[] }

function attentionOf({ pods, clusters }: MeshDetail['mesh'], { drift, unserved }: Found): Message[] {
  const notes: Message[] = []
  if (unserved.length > 0) notes.push(unservedMessage(unserved))
  const unhealthy = clusters.total - clusters.healthy - unserved.length
  if (unhealthy > 0) notes.push({ code: 'meshes.clusters_unhealthy', params: { count: unhealthy } })
  if (pods.pendingRestart > 0)
    notes.push({ code: 'meshes.pods_pending_restart', params: { count: pods.pendingRestart } })
  if (drift > 0) notes.push({ code: 'meshes.drift', params: { count: drift } })
  return notes
}
