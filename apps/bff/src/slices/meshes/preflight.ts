import type { Check } from '@orbweaver/contracts/clusters'
import { textAt } from '@orbweaver/contracts/json'
import type { MemberSync } from '@orbweaver/contracts/member-sync'
import { certificatesIn } from '@orbweaver/istio/certificates/certificate'
import { discover } from '@orbweaver/istio/meshes/discover'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { type ClusterFacts, type PreflightCheck, topicOf } from '@orbweaver/istio/preflight/check'
import { neededPermissions } from '@orbweaver/istio/preflight/permissions'
import { isBetween, preflight } from '@orbweaver/istio/preflight/preflight'
import { fleetClusters } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { readerMs } from '../../fleet/ask-soon.ts'
import { factsOf } from '../../fleet/facts.ts'
import { allMeshes } from '../../fleet/mesh-of.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Fleet } from '../../kube/doors.ts'
import { registered, whyNoDoor } from '../../kube/registration.ts'
import { isBeingRead } from '../../reconciler/observe.ts'
import type { Asking } from './asking.ts'
import { isAskedOfPerson } from './rights.ts'
import { syncsOf } from './sync.ts'
import { toldCheck } from './told-check.ts'

/** Whether it is yet to be made, and the roots (PEM) that it is to begin with. */
type Beginning = { creating: boolean; roots?: string | undefined }

/** One thing that is asked again: what it is about, and where. */
type Only = { topic: string; cluster?: string | undefined }

/** Everything that can be known about a mesh before its first write. Clusters are asked at the same time. */
export async function preflightOf(asking: Asking, mesh: Mesh, how: Beginning): Promise<Check[]> {
  return told(asking, await judged(asking, { ...how, mesh, clusters: clustersOf(mesh) }))
}

/** The same of one thing: only the clusters that it is about are asked. */
export async function preflightOnly(asking: Asking, mesh: Mesh, only: Only & Beginning): Promise<Check[]> {
  const { topic, cluster, creating, roots } = only
  const all = clustersOf(mesh)
  const clusters =
    cluster === undefined || isBetween(topic)
      ? all
      : all.filter((each) => each === cluster || each === mesh.controlPlane.cluster)
  const found = await judged(asking, { mesh, creating, roots, clusters })
  return told(
    asking,
    found.filter((each) => topicOf(each) === topic && each.cluster === cluster),
  )
}

type Judging = Beginning & { mesh: Mesh; clusters: readonly string[] }

async function judged(asking: Asking, { mesh, creating, roots, clusters }: Judging): Promise<PreflightCheck[]> {
  // One that does not exist yet is served by nobody; of another what istiod says soon is enough.
  const [found, syncs] = await Promise.all([
    inFlight(clusters, 8, (cluster) => clusterFacts(asking, mesh, cluster)),
    creating || mesh.kind !== 'Managed' ? new Map<string, MemberSync>() : syncsOf(asking, mesh, readerMs),
  ])
  const facts = new Map(found.filter((each) => each !== undefined).map((each) => [each.cluster, each]))
  return preflight({
    mesh,
    creating,
    facts,
    unmet: unmetOf(asking.fleet, clusters),
    meshes: allMeshes(asking.fleet),
    syncs: new Map([...syncs].map(([cluster, { state }]) => [cluster, state])),
    begins: roots === undefined ? undefined : (await certificatesIn(roots)).map(({ fingerprint }) => fingerprint),
    now: new Date(),
  })
}

function told({ viewer }: Asking, checks: readonly PreflightCheck[]): Promise<Check[]> {
  return inFlight(checks, 8, (each) => toldCheck(viewer, each))
}

/** Clusters without a door that somebody registered, or may have: with the reason. */
function unmetOf(fleet: Fleet, clusters: readonly string[]): Map<string, string> {
  const absent = clusters.filter((each) => fleet.get(each) === undefined && registered(fleet, each) !== 'no')
  return new Map(absent.map((each) => [each, whyNoDoor(fleet, each)]))
}

async function clusterFacts({ fleet, viewer }: Asking, mesh: Mesh, cluster: string): Promise<ClusterFacts | undefined> {
  const door = fleet.get(cluster)
  if (door === undefined) return undefined
  const record = fleet.hub.mirror.get(fleetClusters, { name: cluster })
  const peer = textAt(record, 'spec', 'peerAddress')
  const role = cluster === mesh.controlPlane.cluster ? 'control-plane' : 'member'
  const view = isBeingRead(door) ? undefined : viewOfMirror(door)
  const others = view === undefined ? [] : discover(view).map((each) => each.namespace)
  return factsOf({
    cluster,
    client: door.own,
    view,
    network: textAt(record, 'spec', 'network'),
    server: peer ?? door.server,
    serverStated: peer !== undefined,
    patienceMs: readerMs,
    needed: mesh.kind === 'External' ? [] : neededPermissions(role),
    namespaces: [mesh.controlPlane.namespace, ...others],
    personMay: (permission) =>
      isAskedOfPerson(permission) ? door.mayBe(viewer.identity, permission) : Promise.resolve('yes'),
  })
}
