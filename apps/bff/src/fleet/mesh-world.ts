import { type KubernetesObject, refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding } from '@orbweaver/contracts/plan'
import { judge } from '@orbweaver/istio/findings/judge'
import { type MeshWorld, meshWorld } from '@orbweaver/istio/findings/world'
import { factOf, factsIn } from '@orbweaver/istio/meshes/facts'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { kindKey, kindOf } from '@orbweaver/istio/world/kinds'
import type { ClusterView } from '@orbweaver/istio/world/view'
import type { PreparedObjects } from '../changes/draft.ts'
import { viewOfMirror } from '../kube/cluster-view.ts'
import type { Fleet } from '../kube/doors.ts'

/** Everything a mesh's findings are judged from, as the clusters are now; undefined while its config cluster is unknown. */
export function worldOf(fleet: Fleet, mesh: Mesh): MeshWorld | undefined {
  const views = viewsOf(fleet, mesh)
  return views === undefined ? undefined : assemble(mesh, views)
}

type Views = { config: ClusterView; others: ClusterView[]; unread: string[] }

function viewsOf(fleet: Fleet, mesh: Mesh): Views | undefined {
  const door = fleet.get(mesh.controlPlane.cluster)
  if (door === undefined) return undefined
  const rest = clustersOf(mesh).filter((each) => each !== mesh.controlPlane.cluster)
  const others = rest.map((each) => fleet.get(each)).filter((each) => each !== undefined)
  const unread = rest.filter((each) => fleet.get(each) === undefined)
  return { config: viewOfMirror(door), others: others.map(viewOfMirror), unread }
}

function assemble(mesh: Mesh, { config, others, unread }: Views): MeshWorld {
  return meshWorld({ config, clusters: [config, ...others], unread, rootNamespace: rootNamespaceOf(config, mesh) })
}

/** Where rules for the whole mesh lie: as its configuration says, else with the control plane, as in Istio's chart. */
function rootNamespaceOf(config: ClusterView, mesh: Mesh): string {
  const { namespace } = mesh.controlPlane
  return factOf(factsIn(config, { namespace, revision: revisionOf(mesh) }), 'rootNamespace') ?? namespace
}

/** Findings about rules without and with a change: one view is laid over another, nothing is copied. */
export function judgeChange(
  fleet: Fleet,
  mesh: Mesh,
  change: PreparedObjects,
): { before: Finding[]; after: Finding[] } {
  const views = viewsOf(fleet, mesh)
  if (views === undefined) return { before: [], after: [] }
  const laid = {
    config: overlay(views.config, change),
    others: views.others.map((each) => overlay(each, change)),
    unread: views.unread,
  }
  return { before: judge(assemble(mesh, views), 'rules'), after: judge(assemble(mesh, laid), 'rules') }
}

function overlay(view: ClusterView, change: PreparedObjects): ClusterView {
  const here = change.filter((each) => each.ref.cluster === view.cluster)
  if (here.length === 0) return view
  const touched = new Map(here.map((each) => [refKey(each.ref), each]))
  const keyOf = (object: KubernetesObject) =>
    [view.cluster, kindOf(object), object.metadata.namespace ?? '', object.metadata.name].join('/')
  const replaced = new Set(here.map(({ ref }) => [ref.cluster, kindKey(ref), ref.namespace ?? '', ref.name].join('/')))
  const added = [...touched.values()].map((each) => each.after).filter((each) => each !== undefined)
  return {
    cluster: view.cluster,
    has: (kind) => view.has(kind),
    list: (kind, namespace) => [
      ...view.list(kind, namespace).filter((object) => !replaced.has(keyOf(object))),
      ...added.filter(
        (object) => kindOf(object) === kind && (namespace === undefined || object.metadata.namespace === namespace),
      ),
    ],
    get: (kind, name, namespace) =>
      replaced.has([view.cluster, kind, namespace ?? '', name].join('/'))
        ? added.find(
            (object) =>
              kindOf(object) === kind && object.metadata.name === name && object.metadata.namespace === namespace,
          )
        : view.get(kind, name, namespace),
  }
}
