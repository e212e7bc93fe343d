import { labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { ownerOf } from '../injection/owners.ts'
import { isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'
import { discover } from '../meshes/discover.ts'
import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import type { Observed } from './stage.ts'

/** What stands in the way of leaving or uninstalling, with the code of its fix and the objects concerned. */
export type Blocker = Message & { cluster: string; fix: string; evidence: ObjectRef[] }

/** Blockers of taking these clusters out of a mesh; an unreachable one may be left behind, the others may not. */
export function blockers(mesh: Mesh, clusters: readonly string[], observed: Observed): Blocker[] {
  return clusters.flatMap((cluster) => {
    const view = observed.get(cluster)?.view
    if (view === undefined) {
      return [{ code: 'cluster-unreachable', params: { cluster }, cluster, fix: 'leave-behind', evidence: [] }]
    }
    return [...proxyBlockers(mesh, view), ...labelBlockers(mesh, view)]
  })
}

export function uninstallBlockers(mesh: Mesh, observed: Observed): Blocker[] {
  return blockers(mesh, clustersOf(mesh), observed)
}

/** Pods whose proxy would lose its control plane: they run on, but learn nothing new and cannot renew certificates. */
function proxyBlockers(mesh: Mesh, view: ClusterView): Blocker[] {
  const revisions = new Set(revisionsIn(mesh, view))
  const workloads = new Map<string, ObjectRef>()
  let pods = 0
  for (const pod of view.list(kinds.pod)) {
    const proxy = readProxy(pod)
    if (!isLive(pod) || !('revision' in proxy) || proxy.revision === undefined) continue
    if (!revisions.has(proxy.revision) || labelsOf(pod).istio === 'eastwestgateway') continue
    pods += 1
    const { ref } = ownerOf(view, pod)
    workloads.set(`${ref.kind}/${ref.namespace ?? ''}/${ref.name}`, ref)
  }
  if (pods === 0) return []
  const params = { cluster: view.cluster, pods, workloads: workloads.size }
  return [
    {
      code: 'proxies-remain',
      params,
      cluster: view.cluster,
      fix: 'disable-injection',
      evidence: [...workloads.values()],
    },
  ]
}

/** Namespaces that would still ask for a sidecar: with nobody to answer their Pods start outside the mesh, unnoticed. */
function labelBlockers(mesh: Mesh, view: ClusterView): Blocker[] {
  const wanted = new Set([...revisionsIn(mesh, view), ...discover(view).flatMap((each) => each.tags)])
  const asking = view.list(kinds.namespace).filter((each) => {
    const labels = labelsOf(each)
    return labels[names.injection] === 'enabled' || wanted.has(labels[names.revision] ?? '')
  })
  if (asking.length === 0) return []
  const params = { cluster: view.cluster, namespaces: asking.length }
  const evidence = asking.map((each) => refOf(view.cluster, each))
  return [{ code: 'namespaces-ask', params, cluster: view.cluster, fix: 'clear-injection', evidence }]
}

function revisionsIn(mesh: Mesh, view: ClusterView): string[] {
  return discover(view)
    .filter((each) => each.mesh === mesh.name)
    .map((each) => each.revision)
}
