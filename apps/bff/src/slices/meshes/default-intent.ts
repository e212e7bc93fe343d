import type { IntentOf } from '@orbweaver/contracts/intent'
import { recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { defaultMove, followersOf } from '@orbweaver/istio/blueprints/default-move'
import { injectionWorld } from '@orbweaver/istio/injection/world'
import { istioRevisionTags } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { observe } from '../../reconciler/observe.ts'
import { batchNotes, lastingOf, toldWorkloads } from './told-workloads.ts'

/** The default of a mesh's control plane goes to the mesh's version: docs/decisions/0012. Nobody restarts by it. */
export const planMoveDefault: Planner<IntentOf<'meshes.move-default'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  if (mesh.kind === 'External') return refuse('meshes.default_external', { name: mesh.name })
  const { cluster } = mesh.controlPlane
  const view = observe(fleet, mesh, [cluster]).get(cluster)?.view
  if (view === undefined) return refuse('plan.cluster_unreachable', { cluster, reason: 'kube.unreachable' })
  const move = defaultMove(mesh, view)
  if ('code' in move) return { ok: false, reasons: [move] }
  const { seen, listed, notes } = await toldWorkloads(viewer, followersOf(injectionWorld(view), move))
  const lasting = lastingOf(seen)
  const pods = lasting.reduce((sum, each) => sum + each.pods, 0)
  const params = { cluster, revision: move.to, from: move.from }
  return {
    ok: true,
    draft: {
      title: { code: 'meshes.move-default', params: { name: mesh.name, ...params } },
      items: [tagItem(cluster, move.to)],
      derived: [],
      impact: {
        ...noImpact,
        workloads: listed.map((each) => ({ ...each, restarts: false })),
        notes: [
          ...(lasting.length === 0
            ? []
            : [{ code: 'meshes.default_followers', params: { ...params, count: lasting.length, pods } }]),
          ...batchNotes(seen),
          ...notes,
        ],
      },
      blocked: [],
      undoable: true,
    },
  }
}

function tagItem(cluster: string, revision: string): DraftItem {
  const { group, version, kind } = istioRevisionTags
  const targetRef = { kind: 'IstioRevision', name: revision }
  return {
    ref: { cluster, group, version, kind, name: 'default' },
    resource: istioRevisionTags,
    by: 'person',
    op: 'update',
    how: 'merge',
    edit: (live): KubernetesObject => ({ ...live, spec: { ...recordAt(live, 'spec'), targetRef } }),
  }
}
