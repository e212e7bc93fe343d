import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { RunningControlPlane } from '@orbweaver/contracts/running-control-plane'
import { discover, type FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { proxiesByRevision } from '@orbweaver/istio/meshes/served'
import { pods } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Asking } from './asking.ts'

/** The mesh's control plane as it runs. */
export async function runningOf(asking: Asking, mesh: Mesh): Promise<Pick<MeshDetail, 'running'>> {
  const { cluster, namespace } = mesh.controlPlane
  const door = asking.fleet.get(cluster)
  const revision = revisionOf(mesh)
  const all = door === undefined ? [] : discover(viewOfMirror(door))
  const found = all.find((each) => each.revision === revision && each.namespace === namespace)
  const running = found === undefined ? undefined : await toldRunning(asking, found)
  return running === undefined ? {} : { running }
}

/**
 * What a control plane says of itself; undefined for who may not know of it. A fact is told from the first object that
 * says it and that the viewer may read: ConfigMaps and values are for fewer people than Deployments are.
 */
export async function toldRunning(
  { viewer }: Asking,
  found: FoundControlPlane,
): Promise<RunningControlPlane | undefined> {
  if (!(await viewer.sees(found.ref))) return undefined
  const sources = [...new Map(found.facts.map(({ from }) => [refKey(from), from])).values()]
  const seen = await inFlight(sources, 4, (ref) => viewer.sees(ref))
  const readable = new Set(sources.filter((_, index) => seen[index] === true).map(refKey))
  const shown = found.facts.filter(({ from }) => readable.has(refKey(from)))
  const facts = shown.filter((fact, index) => shown.findIndex(({ key }) => key === fact.key) === index)
  const { ref, installer, revision, tags } = found
  return { ref, installer, revision, tags, facts, complete: readable.size === sources.length }
}

/**
 * Revisions beside the one that an external mesh governs: whoever installed them, the proxies of one mesh may have any
 * of them. Those that the viewer may know of.
 */
export async function foundRevisions({ fleet, viewer }: Asking, mesh: Mesh): Promise<MeshDetail['revisions']> {
  const { cluster, namespace } = mesh.controlPlane
  const door = fleet.get(cluster)
  const found = door === undefined ? [] : discover(viewOfMirror(door)).filter((each) => each.namespace === namespace)
  const seen = await inFlight(found, 4, (each) => viewer.sees(each.ref))
  const served = proxiesByRevision(await viewer.list(cluster, pods))
  return found
    .filter((_, index) => seen[index] === true)
    .map((each) => ({
      name: each.revision,
      version: each.version ?? '',
      state: each.remote || each.ready.ready > 0 ? 'Healthy' : 'IstiodNotReady',
      inUse: (served.get(each.revision) ?? 0) > 0,
      active: each.revision === revisionOf(mesh),
      isDefault: each.tags.includes('default') || each.revision === 'default',
    }))
}
