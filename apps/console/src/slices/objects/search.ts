import type { RuleKind } from '@orbweaver/contracts/objects'
import type { RawSearch } from '../../app/location.ts'
import { pageInput, readTable } from '../../app/table-search.ts'
import type { TablePlace } from '../../paths.ts'
import { isRuleKind, kindsIn, type RuleView } from './kinds.ts'

export type RuleSearch = TablePlace & {
  /** Kinds with commas between them; absent = all that the page is about. */
  kinds?: string
  namespace?: string
}

export function readRules(raw: RawSearch): RuleSearch {
  const kinds = splitKinds(raw.kinds)
  return {
    ...readTable(raw),
    ...(kinds.length === 0 ? {} : { kinds: kinds.join(',') }),
    ...(raw.namespace === undefined || raw.namespace === '' ? {} : { namespace: raw.namespace }),
  }
}

function splitKinds(text: string | undefined): RuleKind[] {
  return [...new Set((text ?? '').split(',').filter(isRuleKind))]
}

/** The kinds chosen on a page: those of the address that the page is about. */
export function chosenKinds(view: RuleView, search: RuleSearch): RuleKind[] {
  return splitKinds(search.kinds).filter((kind) => kindsIn(view).includes(kind))
}

export function rulesInput(mesh: string, view: RuleView, search: RuleSearch) {
  const chosen = chosenKinds(view, search)
  const kinds = chosen.length > 0 ? chosen : [...kindsIn(view)]
  return {
    mesh,
    ...pageInput(search),
    ...(view === 'objects' && chosen.length === 0 ? {} : { kinds }),
    ...(search.namespace === undefined ? {} : { namespace: search.namespace }),
  }
}

export type CreateSearch = { kind?: RuleKind; template?: string }

export function readCreate(raw: RawSearch): CreateSearch {
  return {
    ...(isRuleKind(raw.kind) ? { kind: raw.kind } : {}),
    ...(raw.template === undefined || raw.template === '' ? {} : { template: raw.template }),
  }
}
