import type { RawSearch } from '../../../app/location.ts'
import { readKind } from '../search.ts'
import { type Draft, newDraft } from './draft.ts'
import { withValues } from './values.ts'

/** What the create page begins with: a kind, and for a control plane that was found elsewhere its place. */
export function readDraft(raw: RawSearch): Draft {
  const draft = newDraft(readKind(raw.kind) ?? 'Dedicated')
  const { cluster, namespace, revision } = raw
  if (raw.kind !== 'External' || cluster === undefined || namespace === undefined || revision === undefined)
    return draft
  return withValues(draft, { name: proposedName(cluster), cluster, found: `${namespace}/${revision}` })
}

function proposedName(cluster: string): string {
  return cluster
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}
