import type { Message } from '@orbweaver/contracts/message'
import { type FactKey, factKeys, type RunningControlPlane } from '@orbweaver/contracts/running-control-plane'
import { discover, type FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { proxiesByRevision } from '@orbweaver/istio/meshes/served'
import { pods } from '@orbweaver/kube/resources'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Asking } from './asking.ts'
import { toldRunning } from './running.ts'

/**
 * What governing another revision of the same Istio changes: from where the console reads, what the two say differently, as
 * far as the viewer may read both, and whose proxies they have. Nothing is written into the cluster.
 */
export async function governedNotes(asking: Asking, before: Mesh, after: Mesh): Promise<Message[]> {
  const [from, to] = [revisionOf(before), revisionOf(after)]
  if (after.kind !== 'External' || from === to) return []
  const { cluster, namespace } = after.controlPlane
  const door = asking.fleet.get(cluster)
  const here = door === undefined ? [] : discover(viewOfMirror(door)).filter((each) => each.namespace === namespace)
  const [left, right, listed] = await Promise.all([
    side(asking, here, from),
    side(asking, here, to),
    asking.viewer.list(cluster, pods),
  ])
  const served = proxiesByRevision(listed)
  const counted = (code: string, revision: string): Message[] => {
    const count = served.get(revision) ?? 0
    return count === 0 ? [] : [{ code, params: { count, revision } }]
  }
  return [
    {
      code: 'meshes.governs_other',
      params: { from, to, fromVersion: left?.version ?? '?', toVersion: right?.version ?? '?' },
    },
    ...differing(left, right),
    ...counted('meshes.proxies_stay', from),
    ...counted('meshes.proxies_governed', to),
  ]
}

type Side = { running: RunningControlPlane; version: string | undefined }

/** undefined for one that is not there, or of which the viewer may not know. */
async function side(asking: Asking, here: readonly FoundControlPlane[], revision: string): Promise<Side | undefined> {
  const found = here.find((each) => each.revision === revision)
  const running = found === undefined ? undefined : await toldRunning(asking, found)
  return running === undefined ? undefined : { running, version: found?.version }
}

/** Nothing where one is not told at all: there is nothing to compare. */
function differing(left: Side | undefined, right: Side | undefined): Message[] {
  if (left === undefined || right === undefined) return []
  const said = ({ running: { facts } }: Side, key: FactKey) => facts.find((fact) => fact.key === key)?.value ?? '—'
  const isWhole = left.running.complete && right.running.complete
  return [
    ...factKeys
      .map((key) => ({ what: `fact.${key}`, before: said(left, key), after: said(right, key) }))
      .filter(({ before, after }) => before !== after)
      .map((params) => ({ code: 'meshes.governed_differs', params })),
    ...(isWhole ? [] : [{ code: 'meshes.governed_incomplete', params: {} }]),
  ]
}
