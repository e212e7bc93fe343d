import type { RawSearch } from '../../app/location.ts'
import { pageInput, readTable } from '../../app/table-search.ts'
import type { TablePlace } from '../../paths.ts'
import { type Draft, type Kind, newDraft } from './form/draft.ts'
import { withValues } from './form/values.ts'

export const kinds = ['Managed', 'Dedicated', 'External'] as const
export type MeshesSearch = TablePlace & { kind?: Kind; looks?: 'table' }

function readKind(text: string | undefined): Kind | undefined {
  return kinds.find((each) => each === text)
}

export function readMeshes(raw: RawSearch): MeshesSearch {
  const kind = readKind(raw.kind)
  return {
    ...readTable(raw),
    ...(kind === undefined ? {} : { kind }),
    ...(raw.looks === 'table' ? { looks: 'table' as const } : {}),
  }
}

export function meshesInput({ kind, ...place }: MeshesSearch) {
  return { ...pageInput(place), ...(kind === undefined ? {} : { kind }) }
}

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

/** Which mesh the steps of the start page lead into. */
export function readStart(raw: RawSearch): { mesh?: string } {
  return raw.mesh === undefined || raw.mesh === '' ? {} : { mesh: raw.mesh }
}
