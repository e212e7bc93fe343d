import { type ReactNode, useState } from 'react'
import './data-table.css'
import { Empty } from './empty.tsx'
import { Failure, type FailureText } from './failure.tsx'
import { useWords } from './kit.tsx'
import { StillWaiting } from './skeleton.tsx'
import { TableBody } from './table/body.tsx'
import { type ColumnChoice, useShownColumns } from './table/column-choice.tsx'
import { TableHead } from './table/head.tsx'
import { Pager } from './table/pager.tsx'
import { BulkBar, Toolbar } from './table/toolbar.tsx'
import type { Column, Selection, TableQuery } from './table/table.ts'

export type { Column, TableQuery } from './table/table.ts'

export type DataTableProps<Row> = {
  /** Accessible name; also the key under which the reader's choice of columns is kept. */
  label: string
  id: string
  columns: Column<Row>[]
  /** One page, as the server cut it; undefined while there is none yet. */
  rows: Row[] | undefined
  total: number
  rowKey: (row: Row) => string
  /** What a row is called, for its checkbox. */
  rowName: (row: Row) => string
  query: TableQuery
  onQuery: (next: TableQuery) => void
  loading: boolean
  failure: FailureText | undefined
  onRetry?: () => void
  /** What would be here and the action that brings it; shown when nothing is filtered away. */
  empty: ReactNode
  /** Clusters whose rows may be missing: then nobody knows that there is nothing. */
  unread?: string[]
  filters?: ReactNode
  /** Whether `filters` narrow the list now. */
  filtered?: boolean
  onClearFilters?: () => void
  /** What is shown below a row that is open; nothing for the others. */
  renderDetail?: (row: Row) => ReactNode
  selection?: Selection<Row>
  searchHint?: string
}

/** A list whose filter, order and page are the server's. Everything about it is in `query`, which the app keeps in the URL. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, query, onQuery, selection } = props
  const choice = useShownColumns(props.id, columns)
  const [active, setActive] = useState(0)
  return (
    <div className="ow-table-frame">
      <TopBar {...props} choice={choice} />
      {props.failure !== undefined && <Failure failure={props.failure} onRetry={props.onRetry} />}
      {(props.failure === undefined || rows !== undefined) && (
        <div className="ow-table-scroll" aria-busy={props.loading} data-stale={props.loading && rows !== undefined}>
          <table className="ow-table" aria-label={props.label}>
            <TableHead columns={choice.shown} rows={rows} rowKey={props.rowKey} {...{ query, onQuery, selection }} />
            <TableBody {...props} columns={choice.shown} active={active} onActive={setActive} />
          </table>
          {rows === undefined && <StillWaiting />}
          {rows?.length === 0 && !props.loading && <NoRows {...props} />}
        </div>
      )}
      <Pager query={query} total={props.total} onQuery={onQuery} />
    </div>
  )
}

function TopBar<Row>(props: DataTableProps<Row> & { choice: ColumnChoice<Row> }) {
  const { selection } = props
  if (selection !== undefined && selection.keys.length > 0) {
    const clear = () => selection.onKeys([])
    return <BulkBar count={selection.keys.length} actions={selection.actions} onClear={clear} />
  }
  return <Toolbar {...props} filters={props.filters} searchHint={props.searchHint} />
}

function NoRows<Row>(props: DataTableProps<Row>) {
  const t = useWords()
  const narrowed = props.filtered === true || (props.query.search ?? '') !== ''
  const { unread = [] } = props
  if (!narrowed && unread.length === 0) return props.empty
  if (!narrowed) return <Empty title={t('unread')} hint={t('unreadHint', { clusters: unread })} />
  return (
    <Empty
      title={t('noMatches')}
      hint={t('noMatchesHint')}
      action={
        <button
          type="button"
          className="ow-link"
          onClick={({ currentTarget }) => {
            // The button goes with what it cleared: the search of this table has the focus then.
            currentTarget.closest('.ow-table-frame')?.querySelector<HTMLElement>('[data-page-search]')?.focus()
            if (props.onClearFilters !== undefined) props.onClearFilters()
            else props.onQuery({ ...props.query, search: undefined, page: 1 })
          }}
        >
          {t('clearFilters')}
        </button>
      }
    />
  )
}
