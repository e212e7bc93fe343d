import { mentions, pageOf, type PageQuery, sorted } from '@orbweaver/contracts/page'
import { type TlsFilter, type TlsSecret, TlsState } from '@orbweaver/contracts/security'

type Wanted = PageQuery & {
  cluster?: string | undefined
  namespace?: string | undefined
  show?: TlsFilter | undefined
}

/** What was asked for of all that the viewer may know; counts and namespaces are of all of it. */
export function secretsPage(rows: readonly TlsSecret[], input: Wanted) {
  const shown = rows
    .filter(({ ref }) => input.cluster === undefined || ref.cluster === input.cluster)
    .filter(({ ref }) => input.namespace === undefined || ref.namespace === input.namespace)
    .filter((row) => input.show === undefined || isOf(row, input.show))
    .filter((row) => mentions(input.search, textsOf(row)))
  const ordered = sorted(
    shown,
    (row) => [column(row, input.sort), row.endsAt ?? '', row.ref.namespace ?? '', row.ref.name, row.ref.cluster],
    input.order,
  )
  const count = (filter: TlsFilter) => rows.filter((row) => isOf(row, filter)).length
  return {
    ...pageOf(ordered, input),
    counts: {
      missing: count('missing'),
      expired: count('expired'),
      expiring: count('expiring'),
      unreadable: count('unreadable'),
      unused: count('unused'),
    },
    namespaces: [...new Set(rows.flatMap(({ ref }) => ref.namespace ?? []))].toSorted(),
  }
}

function isOf({ state, usedBy, usedHidden }: TlsSecret, filter: TlsFilter): boolean {
  return filter === 'unused' ? usedBy.length === 0 && !usedHidden : state === filter
}

function textsOf({ ref, certificate, usedBy }: TlsSecret): (string | undefined)[] {
  const rules = usedBy.map(({ by }) => by.name)
  return [ref.name, ref.namespace, ref.cluster, certificate?.subject, ...(certificate?.names ?? []), ...rules]
}

/** Problems first where nothing else was asked for. */
function column(row: TlsSecret, sort: string | undefined): string | number {
  switch (sort) {
    case 'name':
      return row.ref.name
    case 'namespace':
      return row.ref.namespace ?? ''
    case 'cluster':
      return row.ref.cluster
    case 'endsAt':
      // What never ends comes last.
      return row.endsAt ?? '9999'
    case 'createdAt':
      return row.createdAt ?? ''
    default:
      return TlsState.options.indexOf(row.state)
  }
}
