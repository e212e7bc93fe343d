import type { Severity } from '@orbweaver/contracts/plan'
import type { RawSearch } from '../../../app/location.ts'
import { pageInput, readTable } from '../../../app/table-search.ts'
import type { FindingPlace, TablePlace } from '../../../paths.ts'

/** Worst first, as the contract has them: the contract itself is too heavy for what is loaded before any page. */
export const severities = ['rejected', 'error', 'warning', 'info'] satisfies Severity[]

/** The filters of the page, each as it stands in the address: several values with commas between them. */
export type FindingSearch = TablePlace & FindingPlace

export const noFilters = {
  severities: undefined,
  codes: undefined,
  kinds: undefined,
  cluster: undefined,
  namespace: undefined,
  name: undefined,
  muted: undefined,
  search: undefined,
  page: undefined,
} satisfies Partial<Record<keyof FindingSearch, undefined>>

export function readFindings(raw: RawSearch): FindingSearch {
  const chosen = split(raw.severities).filter(isSeverity).join(',')
  const said = (key: 'codes' | 'kinds' | 'cluster' | 'namespace' | 'name') => {
    const text = raw[key]
    return text === undefined || text === '' ? {} : { [key]: text }
  }
  return {
    ...readTable(raw),
    ...(raw.view === 'codes' ? { view: raw.view } : {}),
    ...(raw.muted === 'only' ? { muted: raw.muted } : {}),
    ...(chosen === '' ? {} : { severities: chosen }),
    ...said('codes'),
    ...said('kinds'),
    ...said('cluster'),
    ...said('namespace'),
    ...said('name'),
  }
}

export function split(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((each) => each !== ''))]
}

export function severitiesOf(search: FindingSearch): Severity[] {
  return split(search.severities).filter(isSeverity)
}

function isSeverity(text: string): text is Severity {
  return severities.some((each) => each === text)
}

export function findingsInput(mesh: string, search: FindingSearch) {
  const { cluster, namespace, name, muted } = search
  const several = { severities: severitiesOf(search), codes: split(search.codes), kinds: split(search.kinds) }
  return {
    mesh,
    ...pageInput(search),
    ...(several.severities.length === 0 ? {} : { severities: several.severities }),
    ...(several.codes.length === 0 ? {} : { codes: several.codes }),
    ...(several.kinds.length === 0 ? {} : { kinds: several.kinds }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(muted === undefined ? {} : { muted }),
  }
}

export function isNarrowed(search: FindingSearch): boolean {
  const { codes, kinds, cluster, namespace, name, muted } = search
  return [search.severities, codes, kinds, cluster, namespace, name, muted].some((each) => each !== undefined)
}
