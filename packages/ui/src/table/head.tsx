import { Icon } from '../icon.tsx'
import { useWords } from '../kit.tsx'
import { type Column, cellClass, nextSort, type Selection, type TableQuery } from './table.ts'

export function TableHead<Row>(props: {
  columns: Column<Row>[]
  rows: Row[] | undefined
  rowKey: (row: Row) => string
  query: TableQuery
  onQuery: (next: TableQuery) => void
  selection: Selection<Row> | undefined
}) {
  const { query, onQuery } = props
  return (
    <thead>
      <tr>
        {props.selection !== undefined && (
          <SelectAll rows={props.rows ?? []} rowKey={props.rowKey} selection={props.selection} />
        )}
        {props.columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            style={column.width === undefined ? {} : { width: column.width }}
            className={cellClass(column)}
            aria-sort={sortState(column, query)}
          >
            {column.sort === undefined ? (
              column.title
            ) : (
              <SortButton title={column.title} sort={column.sort} query={query} onQuery={onQuery} />
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function sortState<Row>(column: Column<Row>, query: TableQuery): 'ascending' | 'descending' | 'none' | undefined {
  if (column.sort === undefined) return undefined
  if (column.sort !== query.sort) return 'none'
  return query.order === 'asc' ? 'ascending' : 'descending'
}

function SortButton(props: { title: string; sort: string; query: TableQuery; onQuery: (next: TableQuery) => void }) {
  const active = props.query.sort === props.sort
  const icon = props.query.order === 'asc' ? 'up' : 'down'
  return (
    <button
      type="button"
      className="ow-sort"
      data-active={active}
      onClick={() => props.onQuery(nextSort(props.query, props.sort))}
    >
      {props.title}
      <Icon name={active ? icon : 'sortNone'} />
    </button>
  )
}

function SelectAll<Row>(props: { rows: Row[]; rowKey: (row: Row) => string; selection: Selection<Row> }) {
  const t = useWords()
  const { keys, onKeys, disabled } = props.selection
  const here = props.rows.filter((row) => disabled?.(row) === undefined).map(props.rowKey)
  const ticked = here.filter((key) => keys.includes(key)).length
  const all = here.length > 0 && ticked === here.length
  return (
    <th scope="col" className="ow-cell-tick">
      <input
        type="checkbox"
        aria-label={t('selectAll')}
        checked={all}
        disabled={here.length === 0}
        ref={(input) => {
          if (input !== null) input.indeterminate = ticked > 0 && !all
        }}
        onChange={() => onKeys(all ? keys.filter((key) => !here.includes(key)) : [...new Set([...keys, ...here])])}
      />
    </th>
  )
}
