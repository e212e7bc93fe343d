import type { Cluster } from '@orbweaver/contracts/clusters'
import { ClusterSpec } from '@orbweaver/contracts/fleet-objects'
import { listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { heldCredentials } from '@orbweaver/contracts/prometheus-credentials'
import type { FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { z } from 'zod'
import { toldIstio } from '../../fleet/told-istio.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import type { HeldCredentials } from '../../kube/prometheus-secret.ts'
import { toldEnds } from './ends.ts'

/** A FleetCluster with what was read of the cluster itself; `door` is absent while there is no way to it. */
export type ClusterRow = {
  record: KubernetesObject
  door: Pick<ClusterDoor, 'server' | 'ends'> | undefined
  /** Control planes in it: those the viewer may know of, and whether there are others. */
  istio: { seen: readonly FoundControlPlane[]; hidden: boolean }
  meshes: readonly Mesh[]
  /** What its Prometheus is asked with. */
  held: HeldCredentials | undefined
  now: Date
}

const Conditions = z.array(
  z.object({
    type: z.string(),
    status: z.enum(['True', 'False', 'Unknown']),
    reason: z.string().default(''),
    message: z.string().default(''),
    lastTransitionTime: z.string().optional(),
  }),
)

/** As the contract tells it. */
export function toldCluster({ record, door, istio, meshes, held, now }: ClusterRow): Cluster {
  const { name, creationTimestamp, deletionTimestamp } = record.metadata
  const mesh = meshes.find((each) => clustersOf(each).includes(name))
  const spec = ClusterSpec.safeParse(recordAt(record, 'spec'))
  const version = textAt(record, 'status', 'kubernetesVersion')
  const clusterId = textAt(record, 'status', 'clusterId')
  const conditions = Conditions.safeParse(listAt(record, 'status', 'conditions'))
  const counts = recordAt(record, 'status', 'counts')
  return {
    name,
    spec: spec.success ? spec.data : {},
    ...(door !== undefined && { server: door.server }),
    ends: toldEnds(door?.ends ?? [], now),
    ...holdsOf(held),
    ...(clusterId !== undefined && { clusterId }),
    ...(version !== undefined && { kubernetesVersion: version }),
    ...countsOf(counts),
    ...operatorOf(record),
    istio: istio.seen.map((found) => toldIstio(found, meshes)),
    ...(istio.hidden && { istioHidden: true }),
    conditions: conditions.success
      ? conditions.data.map(({ lastTransitionTime, ...each }) => ({
          ...each,
          ...(lastTransitionTime !== undefined && { since: lastTransitionTime }),
        }))
      : [],
    ...(mesh !== undefined && { mesh: mesh.name }),
    role: roleOf(name, mesh),
    ...(creationTimestamp !== undefined && { registeredAt: creationTimestamp }),
    deleting: deletionTimestamp !== undefined,
  }
}

/** That they are there is told, and nothing else of them. */
function holdsOf(held: HeldCredentials | undefined): Pick<Cluster, 'prometheusHolds'> {
  if (held === undefined) return {}
  const has = { token: held.token, password: held.user, 'certificate-authority': held.certificateAuthority }
  return { prometheusHolds: heldCredentials.filter((each) => has[each] !== undefined) }
}

function countsOf(counts: unknown): Pick<Cluster, 'nodes' | 'namespaces' | 'pods'> {
  const [nodes, namespaces, pods] = ['nodes', 'namespaces', 'pods'].map((key) => numberAt(counts, key))
  return {
    ...(nodes !== undefined && { nodes }),
    ...(namespaces !== undefined && { namespaces }),
    ...(pods !== undefined && { pods }),
  }
}

function operatorOf(record: KubernetesObject): Pick<Cluster, 'operator'> {
  const operator = recordAt(record, 'status', 'operator')
  if (typeof operator.found !== 'boolean') return {}
  const version = textAt(operator, 'version')
  const versions = listAt(operator, 'versions').filter((each) => typeof each === 'string')
  return { operator: { found: operator.found, ...(version !== undefined && { version }), versions } }
}

function roleOf(name: string, mesh: Mesh | undefined): Cluster['role'] {
  if (mesh === undefined) return 'none'
  return mesh.controlPlane.cluster === name ? 'control-plane' : 'member'
}
