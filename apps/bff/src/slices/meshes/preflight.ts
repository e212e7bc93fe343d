import { textAt } from '@orbweaver/contracts/json'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { check, type ClusterFacts, type PreflightCheck } from '@orbweaver/istio/preflight/check'
import { neededPermissions } from '@orbweaver/istio/preflight/permissions'
import { preflight } from '@orbweaver/istio/preflight/preflight'
import { fleetClusters } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { readerMs } from '../../fleet/ask-soon.ts'
import { factsOf } from '../../fleet/facts.ts'
import { allMeshes } from '../../fleet/mesh-of.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Fleet, ViewerDoor } from '../../kube/doors.ts'
import { registered, whyNoDoor } from '../../kube/registration.ts'
import { isBeingRead } from '../../reconciler/observe.ts'
import { isAskedOfPerson } from './rights.ts'

export type Asking = { fleet: Fleet; viewer: ViewerDoor }

/** Everything that can be known about a mesh before its first write. Clusters are asked at the same time. */
export async function preflightOf(asking: Asking, mesh: Mesh, creating: boolean): Promise<PreflightCheck[]> {
  const clusters = clustersOf(mesh)
  const found = await inFlight(clusters, 8, (cluster) => clusterFacts(asking, mesh, cluster))
  const facts = new Map(found.filter((each) => each !== undefined).map((each) => [each.cluster, each]))
  const checks = preflight({
    mesh,
    creating,
    facts,
    unmet: unmetOf(asking.fleet, clusters),
    meshes: allMeshes(asking.fleet),
  })
  return inFlight(checks, 8, (each) => toldTo(asking.viewer, each))
}

/** Clusters without a door that somebody registered, or may have: with the reason. */
function unmetOf(fleet: Fleet, clusters: readonly string[]): Map<string, string> {
  const absent = clusters.filter((each) => fleet.get(each) === undefined && registered(fleet, each) !== 'no')
  return new Map(absent.map((each) => [each, whyNoDoor(fleet, each)]))
}

/** Who may not know of a namespace is told what everybody is told of one that is not there. */
async function toldTo(viewer: ViewerDoor, told: PreflightCheck): Promise<PreflightCheck> {
  const { cluster, params } = told
  const namespace = textAt(params, 'namespace')
  if (!told.id.startsWith('namespace.') || cluster === undefined || namespace === undefined) return told
  if (await viewer.seesNamespace(cluster, namespace)) return told
  return check('namespace.will-be-made', 'ok', { cluster, params: { namespace } })
}

async function clusterFacts({ fleet, viewer }: Asking, mesh: Mesh, cluster: string): Promise<ClusterFacts | undefined> {
  const door = fleet.get(cluster)
  if (door === undefined) return undefined
  const record = fleet.hub.mirror.get(fleetClusters, { name: cluster })
  const peer = textAt(record, 'spec', 'peerAddress')
  const role = cluster === mesh.controlPlane.cluster ? 'control-plane' : 'member'
  return factsOf({
    cluster,
    client: door.own,
    view: isBeingRead(door) ? undefined : viewOfMirror(door),
    network: textAt(record, 'spec', 'network'),
    server: peer ?? door.server,
    serverStated: peer !== undefined,
    patienceMs: readerMs,
    needed: mesh.kind === 'External' ? [] : neededPermissions(role),
    personMay: (permission) => (isAskedOfPerson(permission) ? viewer.may(cluster, permission) : Promise.resolve(true)),
  })
}
