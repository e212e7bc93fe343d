import type { Severity } from '@orbweaver/contracts/plan'
import { type Column, DataTable, type TableQuery } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Status } from '@orbweaver/ui/status'
import { type ReactNode, useState } from 'react'
import { useFailureOf } from '../../../api/failure.ts'
import { severityHealth } from '../../../app/found-cell.tsx'
import type { SearchChange } from '../../../app/location.ts'
import { unreadIn } from '../../../app/truths.tsx'
import { Opener } from './opener.tsx'
import { type FindingSearch, isNarrowed, noFilters } from './search.ts'
import { useFoundText } from './text.ts'
import type { FindingsQueryResult } from './use-findings.ts'

/** What is found in a mesh as the page has it: the answer, and what narrows it. */
export type FoundListProps = {
  mesh: string
  search: FindingSearch
  list: FindingsQueryResult
  filters: ReactNode
  onChange: (change: SearchChange<FindingSearch>) => void
}

/** How a row of what is found is read: it opens below itself to all that is told of it. */
type Reading<Row> = {
  id: string
  label: string
  rows: Row[] | undefined
  total: number
  keyOf: (row: Row) => string
  titleOf: (row: Row) => string
  severityOf: (row: Row) => Severity
  renderBelow: (row: Row) => ReactNode
  renderTag?: (row: Row) => ReactNode
  /** The server's name for the order by severity, where it has one. */
  severitySort?: string
  titleWidth: `${number}%`
  /** After severity and title. */
  columns: Column<Row>[]
  query: TableQuery
  onQuery: (query: TableQuery) => void
}

/** Findings, or kinds of findings: severity and title first, one row open at a time. */
export function OpeningTable<Row>(props: FoundListProps & Reading<Row>) {
  const t = useFoundText()
  const { list, search, onChange, keyOf, rows, total } = props
  const [toggled, setToggled] = useState<{ key: string; open: boolean }>()
  // Who comes for one finding sees it at once.
  const [only] = total === 1 ? (rows ?? []) : []
  const isOpen = (key: string) => (toggled?.key === key ? toggled.open : only !== undefined && keyOf(only) === key)
  const toggle = (key: string) => setToggled({ key, open: !isOpen(key) })
  const { muted, ...others } = search
  return (
    <DataTable
      id={props.id}
      label={props.label}
      columns={[...useFirstColumns(props, { isOpen, toggle }), ...props.columns]}
      rows={rows}
      total={total}
      rowKey={keyOf}
      rowName={props.titleOf}
      renderDetail={(row) => (isOpen(keyOf(row)) ? props.renderBelow(row) : undefined)}
      query={props.query}
      onQuery={props.onQuery}
      loading={list.isFetching}
      failure={useFailureOf(list.error)}
      onRetry={() => void list.refetch()}
      searchHint={t('search')}
      filters={props.filters}
      unread={unreadIn(list.data?.clusters)}
      filtered={isNarrowed(others)}
      onClearFilters={() => onChange(noFilters)}
      empty={
        muted === 'only' ? (
          <Empty title={t('noneMuted')} hint={t('noneMutedHint')} />
        ) : (
          <Empty title={t('none')} hint={t(list.data?.everything === false ? 'nonePart' : 'noneHint')} />
        )
      }
    />
  )
}

type Opening = { isOpen: (key: string) => boolean; toggle: (key: string) => void }

function useFirstColumns<Row>(reading: Reading<Row>, { isOpen, toggle }: Opening): Column<Row>[] {
  const t = useFoundText()
  const { keyOf, titleOf, severityOf, severitySort } = reading
  return [
    {
      key: 'severity',
      title: t('bySeverity'),
      ...(severitySort !== undefined && { sort: severitySort }),
      always: true,
      width: 132,
      render: (row) => (
        <span className="ow-row">
          <Opener open={isOpen(keyOf(row))} name={titleOf(row)} onToggle={() => toggle(keyOf(row))} />
          <Status health={severityHealth[severityOf(row)]} word={t(`severity.${severityOf(row)}`)} />
        </span>
      ),
    },
    {
      key: 'found',
      title: t('found'),
      always: true,
      width: reading.titleWidth,
      render: (row) => (
        <span className="ow-row">
          <button
            type="button"
            className="ow-link ow-found-title"
            title={titleOf(row)}
            onClick={() => toggle(keyOf(row))}
          >
            {titleOf(row)}
          </button>
          {reading.renderTag?.(row)}
        </span>
      ),
    },
  ]
}
