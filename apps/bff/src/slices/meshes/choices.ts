import type { MeshKind } from '@orbweaver/contracts/fleet-objects'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { discover, type FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import { installableVersions } from '@orbweaver/istio/preflight/operator'
import { KubeError } from '@orbweaver/kube/error'
import { customResourceDefinitions, fleetClusters } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { meshOfCluster } from '../../fleet/mesh-of.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import { isUnmet } from '../../kube/registration.ts'
import type { Asking } from './preflight.ts'

type Choice = {
  name: string
  displayName?: string
  network?: string
  versions: string[]
  istio: { namespace: string; revision: string; version?: string; installer: string; mesh?: string }[]
  unavailable?: Message
}

/** Clusters a mesh of this kind could use; those it could not are listed with the reason. */
export async function choicesOf(asking: Asking, kind: MeshKind): Promise<Choice[]> {
  const records = await asking.viewer.list(asking.fleet.hub.name, fleetClusters)
  return inFlight(records, 8, (record) => choiceOf(asking, record, kind))
}

async function choiceOf({ fleet }: Asking, record: KubernetesObject, kind: MeshKind): Promise<Choice> {
  const { name } = record.metadata
  const door = fleet.get(name)
  const versions = door === undefined || kind === 'External' ? [] : await versionsIn(door, record)
  const found = door === undefined ? [] : discover(viewOfMirror(door))
  const displayName = textAt(record, 'spec', 'displayName')
  const network = textAt(record, 'spec', 'network')
  const mesh = meshOfCluster(fleet, name)
  const unavailable =
    mesh === undefined
      ? whyNot({ name, door, versions, found, kind, unmet: isUnmet(fleet, name) })
      : { code: 'meshes.cluster_taken', params: { mesh: mesh.name } }
  return {
    name,
    ...(displayName !== undefined && { displayName }),
    ...(network !== undefined && { network }),
    versions,
    istio: found.map(toldIstio),
    ...(unavailable !== undefined && { unavailable }),
  }
}

function toldIstio({ namespace, revision, version, installer, mesh }: FoundControlPlane): Choice['istio'][number] {
  return {
    namespace,
    revision,
    ...(version !== undefined && { version }),
    installer,
    ...(mesh !== undefined && { mesh }),
  }
}

type Facts = {
  name: string
  door: ClusterDoor | undefined
  versions: string[]
  found: FoundControlPlane[]
  kind: MeshKind
  unmet: boolean
}

function whyNot({ name, door, versions, found, kind, unmet }: Facts): Message | undefined {
  if (unmet) return { code: 'plan.cluster_syncing', params: { cluster: name } }
  const state = door?.mirror.truth().state
  if (state === undefined || state === 'unreachable' || state === 'unauthorized') {
    return { code: 'meshes.cluster_unreachable', params: { cluster: name } }
  }
  if (kind === 'External') {
    return found.length === 0 ? { code: 'meshes.cluster_without_istio', params: { cluster: name } } : undefined
  }
  return versions.length === 0 ? { code: 'meshes.cluster_without_operator', params: { cluster: name } } : undefined
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
