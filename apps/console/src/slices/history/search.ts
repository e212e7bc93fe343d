import type { ChangePhase } from '@orbweaver/contracts/history'
import type { RawSearch } from '../../app/location.ts'
import { pageInput, readTable } from '../../app/table-search.ts'
import type { TablePlace } from '../../paths.ts'

export type HistorySearch = TablePlace & { phase?: ChangePhase; mesh?: string }

export const phases = ['running', 'paused', 'failed', 'succeeded', 'stopped', 'pending'] as const

export function readHistory(raw: RawSearch): HistorySearch {
  const phase = phases.find((each) => each === raw.phase)
  return {
    ...readTable(raw),
    ...(phase === undefined ? {} : { phase }),
    ...(raw.mesh === undefined || raw.mesh === '' ? {} : { mesh: raw.mesh }),
  }
}

export function historyInput(search: HistorySearch) {
  return {
    ...pageInput(search),
    ...(search.phase === undefined ? {} : { phase: search.phase }),
    ...(search.mesh === undefined ? {} : { mesh: search.mesh }),
  }
}
