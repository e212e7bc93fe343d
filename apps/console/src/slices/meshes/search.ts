import type { RawSearch } from '../../app/location.ts'
import { pageInput, readTable } from '../../app/table-search.ts'
import type { TablePlace } from '../../paths.ts'
import type { Kind } from './form/draft.ts'

export const kinds = ['Managed', 'Dedicated', 'External'] as const
export type MeshesSearch = TablePlace & { kind?: Kind; looks?: 'table' }

export function readKind(text: string | undefined): Kind | undefined {
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

/** Which mesh the steps of the start page lead into. */
export function readStart(raw: RawSearch): { mesh?: string } {
  return raw.mesh === undefined || raw.mesh === '' ? {} : { mesh: raw.mesh }
}
