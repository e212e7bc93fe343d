import { type KubernetesObject, labelsOf, refOf, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Stray } from '@orbweaver/contracts/portable-mesh'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { isSameRule, isWritten, portable } from '@orbweaver/istio/meshes/portable'
import { names } from '@orbweaver/istio/world/names'
import type { Resource } from '@orbweaver/kube/client'
import { workloadEntries, workloadGroups } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { istioKinds } from '../../kube/mirrored-kinds.ts'
import type { Asking } from './asking.ts'

/** Most that one answer names. */
const most = 300

/**
 * istiod reads WorkloadEntries of every cluster it knows (istio pilot/pkg/serviceregistry/kube/controller,
 * multicluster.go, 1.30), and makes them from WorkloadGroups: these are of use where they are.
 */
const unread = istioKinds.filter((each) => each !== workloadEntries && each !== workloadGroups)

/**
 * Rules that somebody wrote into members of a managed mesh, as far as the viewer may see them: its istiod reads rules in
 * the cluster of the control plane alone.
 */
export async function straysOf(asking: Asking, mesh: Mesh): Promise<{ items: Stray[]; total: number }> {
  if (mesh.kind !== 'Managed') return { items: [], total: 0 }
  const asked = mesh.members.flatMap(({ cluster }) => unread.map((resource) => ({ cluster, resource })))
  const found = await inFlight(asked, 6, async ({ cluster, resource }) => {
    const listed = await asking.viewer.list(cluster, resource)
    return listed.filter(isStray).map((object) => ({ cluster, resource, object }))
  })
  const all = found.flat()
  const items = await inFlight(all.slice(0, most), 10, (each) => strayOf(asking, mesh, each))
  return { items, total: all.length }
}

/** What the console itself made for a mesh is none. */
function isStray(object: KubernetesObject): boolean {
  return isWritten(object) && labelsOf(object)[names.mesh] === undefined
}

type Found = { cluster: string; resource: Resource; object: KubernetesObject }

async function strayOf({ viewer }: Asking, mesh: Mesh, { cluster, resource, object }: Found): Promise<Stray> {
  const ref = refOf(cluster, object)
  const live = await viewer.get(mesh.controlPlane.cluster, resource, targetOf(ref))
  const there = live === undefined ? 'missing' : isSameRule(live, object) ? 'same' : 'differs'
  return { ref, object: portable(object), there }
}
