import { type KubernetesObject, refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding } from '@orbweaver/contracts/plan'
import { createJudgement, type Judgement } from '@orbweaver/istio/findings/judgement'
import type { MeshWorldParts } from '@orbweaver/istio/findings/world'
import { factOf, factsIn } from '@orbweaver/istio/meshes/facts'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { type KindKey, kindKey, kindOf } from '@orbweaver/istio/world/kinds'
import type { ClusterView } from '@orbweaver/istio/world/view'
import type { PreparedObjects } from '../changes/draft.ts'
import { versionIn, viewOfMirror } from '../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

/** Where a mesh is judged from: as long as this is the same, what was judged before can be built upon. */
type Ground = { doors: readonly ClusterDoor[]; unread: readonly string[]; rootNamespace: string }
type Kept = { ground: Ground; parts: MeshWorldParts; judgement: Judgement }

/** What was judged, shared by all who look; it goes with its fleet. Of more meshes than this the least looked at go. */
const judged = new WeakMap<Fleet, Map<string, Kept>>()
const mostMeshes = 100

/** Findings about a mesh's rules by the `refKey` of their object; judged on the full world, never for one viewer. */
export function findingsByRef(fleet: Fleet, mesh: Mesh): ReadonlyMap<string, readonly Finding[]> {
  const findings = keptFor(fleet, mesh)?.judgement.findings() ?? none
  const known = grouped.get(findings) ?? groupedBy(findings, ({ ref }) => refKey(ref))
  grouped.set(findings, known)
  return known
}

const none: readonly Finding[] = []
const grouped = new WeakMap<readonly Finding[], ReadonlyMap<string, readonly Finding[]>>()

/** Findings about rules without and with a change: one view is laid over another, nothing is copied. */
export function judgeChange(
  fleet: Fleet,
  mesh: Mesh,
  change: PreparedObjects,
): { before: readonly Finding[]; after: readonly Finding[] } {
  const kept = keptFor(fleet, mesh)
  if (kept === undefined) return { before: none, after: none }
  const { parts, judgement } = kept
  const laid = new Map(parts.clusters.map((each) => [each, overlay(each, change)]))
  const after = judgement.with({
    config: laid.get(parts.config) ?? parts.config,
    clusters: [...laid.values()],
    kinds: new Set(change.map(({ ref }) => kindKey(ref))),
  })
  return { before: judgement.findings(), after }
}

/** Undefined while the config cluster is unknown. */
function keptFor(fleet: Fleet, mesh: Mesh): Kept | undefined {
  const ground = groundOf(fleet, mesh)
  const [config] = ground.doors
  if (config === undefined || config.name !== mesh.controlPlane.cluster) return undefined
  const meshes = judged.get(fleet) ?? new Map<string, Kept>()
  judged.set(fleet, meshes)
  const known = meshes.get(mesh.name)
  const kept = known !== undefined && isSame(known.ground, ground) ? known : judgeAnew(ground)
  meshes.delete(mesh.name)
  meshes.set(mesh.name, kept)
  const oldest = meshes.keys().next().value
  if (meshes.size > mostMeshes && oldest !== undefined) meshes.delete(oldest)
  return kept
}

function groundOf(fleet: Fleet, mesh: Mesh): Ground {
  const config = mesh.controlPlane.cluster
  const names = [config, ...clustersOf(mesh).filter((each) => each !== config)]
  const door = fleet.get(config)
  return {
    doors: names.map((each) => fleet.get(each)).filter((each) => each !== undefined),
    unread: names.filter((each) => fleet.get(each) === undefined),
    rootNamespace: door === undefined ? mesh.controlPlane.namespace : rootNamespaceOf(viewOfMirror(door), mesh),
  }
}

/** Where rules for the whole mesh lie: as its configuration says, else with the control plane, as in Istio's chart. */
function rootNamespaceOf(config: ClusterView, mesh: Mesh): string {
  const { namespace } = mesh.controlPlane
  return factOf(factsIn(config, { namespace, revision: revisionOf(mesh) }), 'rootNamespace') ?? namespace
}

function isSame(one: Ground, other: Ground): boolean {
  return (
    one.rootNamespace === other.rootNamespace &&
    one.unread.join(' ') === other.unread.join(' ') &&
    one.doors.length === other.doors.length &&
    one.doors.every((each, index) => each === other.doors[index])
  )
}

function judgeAnew(ground: Ground): Kept {
  const { doors, unread, rootNamespace } = ground
  const clusters = doors.map(viewOfMirror)
  const [config] = clusters
  if (config === undefined) throw new TypeError('a mesh without a cluster that is connected')
  const parts = { config, clusters, unread, rootNamespace }
  const byName = new Map(doors.map((each) => [each.name, each]))
  const judgement = createJudgement(parts, (cluster, kind) => {
    const door = byName.get(cluster)
    return door === undefined ? 0 : versionIn(door, kind)
  })
  return { ground, parts, judgement }
}

function overlay(view: ClusterView, change: PreparedObjects): ClusterView {
  const here = change.filter((each) => each.ref.cluster === view.cluster)
  if (here.length === 0) return view
  const kinds = new Set(here.map(({ ref }) => kindKey(ref)))
  const placeOf = ({ namespace = '', name }: { namespace?: string | undefined; name: string }) => `${namespace}/${name}`
  const laid = new Map(here.map(({ ref, after }) => [`${kindKey(ref)} ${placeOf(ref)}`, after]))
  const listOf = (kind: KindKey, namespace: string | undefined) => [
    ...view.list(kind, namespace).filter(({ metadata }) => !laid.has(`${kind} ${placeOf(metadata)}`)),
    ...[...laid.values()]
      .filter((after) => after !== undefined)
      .filter((after) => kindOf(after) === kind && (namespace === undefined || after.metadata.namespace === namespace)),
  ]
  const lists = new Map<string, KubernetesObject[]>()
  return {
    cluster: view.cluster,
    has: (kind) => view.has(kind),
    list(kind, namespace) {
      if (!kinds.has(kind)) return view.list(kind, namespace)
      const key = namespace === undefined ? kind : `${kind} ${namespace}`
      const list = lists.get(key) ?? listOf(kind, namespace)
      lists.set(key, list)
      return list
    },
    get(kind, name, namespace) {
      const key = `${kind} ${placeOf({ namespace, name })}`
      return laid.has(key) ? laid.get(key) : view.get(kind, name, namespace)
    },
  }
}
