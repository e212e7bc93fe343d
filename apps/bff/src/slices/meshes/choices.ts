import type { Candidate } from '@orbweaver/contracts/candidate'
import type { Capacity } from '@orbweaver/contracts/capacity'
import type { Check } from '@orbweaver/contracts/clusters'
import type { MeshKind } from '@orbweaver/contracts/fleet-objects'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { discover, type FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import { proxiesByRevision } from '@orbweaver/istio/meshes/served'
import { installableVersions, operatorMissing } from '@orbweaver/istio/preflight/operator'
import { KubeError } from '@orbweaver/kube/error'
import { customResourceDefinitions, fleetClusters, pods } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { allMeshes, meshOfCluster } from '../../fleet/mesh-of.ts'
import { seenCapacity } from '../../fleet/seen-capacity.ts'
import { seenIstio, toldIstio } from '../../fleet/told-istio.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import { isUnmet } from '../../kube/registration.ts'
import type { Asking } from './asking.ts'
import { toldRunning } from './running.ts'

type Choice = {
  name: string
  displayName?: string
  network?: string
  kubernetesVersion?: string
  capacity?: Capacity
  versions: string[]
  istio: Candidate[]
  istioHidden?: boolean
  unavailable?: Message
  lacks?: Check
}

/** Clusters a mesh of this kind could use; those it could not are listed with the reason. */
export async function choicesOf(asking: Asking, kind: MeshKind): Promise<Choice[]> {
  const records = await asking.viewer.list(asking.fleet.hub.name, fleetClusters)
  return inFlight(records, 8, (record) => choiceOf(asking, record, kind))
}

async function choiceOf(asking: Asking, record: KubernetesObject, kind: MeshKind): Promise<Choice> {
  const { fleet } = asking
  const { name } = record.metadata
  const door = fleet.get(name)
  const found = door === undefined ? [] : discover(viewOfMirror(door))
  // Side by side: who looks waits for a cluster that swallows questions once.
  const [seen, offer] = await Promise.all([
    seenIstio(asking.viewer, found),
    door === undefined || kind === 'External' ? { versions: [] } : offerOf(asking, door, record),
  ])
  const mesh = meshOfCluster(fleet, name)
  const unavailable =
    mesh === undefined
      ? whyNot({ name, door, found, seen, kind, unmet: isUnmet(fleet, name) })
      : { code: 'meshes.cluster_taken', params: { mesh: mesh.name } }
  const bare = unavailable === undefined && kind !== 'External' && offer.versions.length === 0
  return {
    name,
    ...recorded(record),
    ...offer,
    ...(await toldOf(asking, { cluster: name, kind, found, seen })),
    ...(unavailable !== undefined && { unavailable }),
    ...(bare && { lacks: operatorMissing(name) }),
  }
}

/** What a control plane there can be, and what it would find there. */
async function offerOf(
  { viewer }: Asking,
  door: ClusterDoor,
  record: KubernetesObject,
): Promise<Pick<Choice, 'versions' | 'capacity'>> {
  const [versions, capacity] = await Promise.all([versionsIn(door, record), seenCapacity(viewer, door)])
  return { versions, capacity }
}

/** What the registration says of a cluster to everybody who may read it. */
function recorded(record: KubernetesObject): Pick<Choice, 'displayName' | 'network' | 'kubernetesVersion'> {
  const displayName = textAt(record, 'spec', 'displayName')
  const network = textAt(record, 'spec', 'network')
  const kubernetesVersion = textAt(record, 'status', 'kubernetesVersion')
  return {
    ...(displayName !== undefined && { displayName }),
    ...(network !== undefined && { network }),
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
  }
}

type Found = {
  cluster: string
  kind: MeshKind
  found: readonly FoundControlPlane[]
  /** Those of them that the viewer may know of. */
  seen: readonly FoundControlPlane[]
}

async function toldOf(asking: Asking, { found, ...of }: Found): Promise<Pick<Choice, 'istio' | 'istioHidden'>> {
  const istio = await candidates(asking, of)
  return of.seen.length < found.length ? { istio, istioHidden: true } : { istio }
}

/** What each says of itself is read where one is about to be adopted. */
async function candidates(asking: Asking, { cluster, kind, seen }: Omit<Found, 'found'>): Promise<Candidate[]> {
  const meshes = allMeshes(asking.fleet)
  if (kind !== 'External' || seen.length === 0) return seen.map((each) => toldIstio(each, meshes))
  const served = proxiesByRevision(await asking.viewer.list(cluster, pods))
  return inFlight(seen, 4, async (each) => {
    const running = await toldRunning(asking, each)
    const shown = running === undefined ? {} : { running, proxies: served.get(each.revision) ?? 0 }
    return { ...toldIstio(each, meshes), ...shown }
  })
}

type Facts = {
  name: string
  door: ClusterDoor | undefined
  found: FoundControlPlane[]
  seen: FoundControlPlane[]
  kind: MeshKind
  unmet: boolean
}

function whyNot({ name, door, found, seen, kind, unmet }: Facts): Message | undefined {
  if (unmet) return { code: 'plan.cluster_syncing', params: { cluster: name } }
  const state = door?.mirror.truth().state
  if (state === undefined || state === 'unreachable' || state === 'unauthorized') {
    return { code: 'meshes.cluster_unreachable', params: { cluster: name } }
  }
  if (kind !== 'External' || seen.some((each) => !each.remote)) return undefined
  // That there is one the registration says to everybody who may read it (condition IstioFound).
  if (found.length > seen.length) return { code: 'meshes.istio_hidden', params: { cluster: name } }
  if (found.length > 0) return { code: 'meshes.control_plane_elsewhere', params: { cluster: name } }
  return { code: 'meshes.cluster_without_istio', params: { cluster: name } }
}

/** From the operator's own definition now; from what was last told where the cluster does not answer in time. */
async function versionsIn(door: ClusterDoor, record: KubernetesObject): Promise<string[]> {
  const target = { name: 'istios.sailoperator.io' }
  const told = () => listAt(record, 'status', 'operator', 'versions').filter((each) => typeof each === 'string')
  if (door.mirror.truth().state === 'unreachable') return told()
  try {
    return installableVersions(await door.own.get(customResourceDefinitions, target, { deadlineMs: 1_000 }))
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    if (error.code === 'not_found') return []
    return told()
  }
}
