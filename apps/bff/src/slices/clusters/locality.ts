import type { IntentOf } from '@orbweaver/contracts/intent'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import { withMergePatch } from '@orbweaver/istio/diff/merge-patch'
import { names } from '@orbweaver/istio/world/names'
import { nodes } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'

type Wanted = IntentOf<'clusters.locality'>

/** The three labels by which istiod tells where a node is; nothing else of a node is touched. */
export const planLocality: Planner<Wanted> = ({ fleet, intent }) => {
  const { cluster, nodes: wanted, region, zone, subzone } = intent
  if (fleet.get(cluster) === undefined) return Promise.resolve(refuse('clusters.not_found', { name: cluster }))
  const patch = labelPatch(intent)
  const items = [...new Set(wanted)].map(
    (name): DraftItem => ({
      ref: { cluster, group: nodes.group, version: nodes.version, kind: nodes.kind, name },
      resource: nodes,
      by: 'person',
      op: 'update',
      how: 'merge',
      edit: (live) => withMergePatch(live, { metadata: { labels: patch } }),
    }),
  )
  const place = [region, zone, subzone].map((each) => each ?? '–').join(' / ')
  const title = { code: 'clusters.locality', params: { count: items.length, node: wanted[0] ?? '', cluster, place } }
  return Promise.resolve({
    ok: true,
    draft: { title, items, derived: [], impact: { ...noImpact, notes: notesOf(intent) }, blocked: [], undoable: true },
  })
}

/** Undefined leaves a label as it is, null takes it away. */
function labelPatch({ region, zone, subzone }: Wanted): JsonRecord {
  const wanted = { [names.region]: region, [names.zone]: zone, [names.subzone]: subzone }
  return Object.fromEntries(Object.entries(wanted).filter(([, each]) => each !== undefined))
}

/**
 * istiod gives a Pod's endpoint the locality of its node when it builds the endpoint, and a proxy its own when it
 * connects; a label that changes later makes neither anew (pilot/pkg/serviceregistry/kube/controller onNodeEvent, 1.30).
 */
function notesOf({ region, zone }: Wanted): Message[] {
  const scheduling = region !== undefined || zone !== undefined
  return [
    { code: 'clusters.locality_later', params: {} },
    ...(scheduling ? [{ code: 'clusters.locality_scheduling', params: {} }] : []),
  ]
}
