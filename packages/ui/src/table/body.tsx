import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { useWords } from '../kit.tsx'
import { type Column, cellClass, type Selection, toggled } from './table.ts'

type BodyProps<Row> = {
  columns: Column<Row>[]
  rows: Row[] | undefined
  rowKey: (row: Row) => string
  rowName: (row: Row) => string
  renderDetail?: (row: Row) => ReactNode
  loading: boolean
  selection?: Selection<Row>
  active: number
  onActive: (index: number) => void
}

/** Rows form one tab stop: arrows go from row to row, Enter follows the row's first link, Space ticks it. */
export function TableBody<Row>(props: BodyProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const { rows } = props
  useRowKeys(body, props.onActive)
  if (rows === undefined) return <Bones columns={props.columns.length + (props.selection === undefined ? 0 : 1)} />
  const active = Math.min(props.active, Math.max(0, rows.length - 1))
  return (
    <tbody ref={body}>
      {rows.map((row, index) => (
        <RowWithDetail key={props.rowKey(row)} row={row} focusable={index === active} {...props} />
      ))}
    </tbody>
  )
}

/** Listens on the element itself: the rows are no widgets, they only can be walked through. */
function useRowKeys(body: RefObject<HTMLTableSectionElement | null>, onActive: (index: number) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const all = [...(body.current?.rows ?? [])].filter((row) => row.dataset.detail === undefined)
    const here = all.findIndex((row) => row.contains(document.activeElement))
    const targets: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }
    const target = targets[event.key]
    if (target !== undefined && (event.target === all[here] || event.key.startsWith('Arrow'))) {
      if (hasOwnArrows(event.target) || here < 0) return
      event.preventDefault()
      const index = Math.min(Math.max(target, 0), all.length - 1)
      onActive(index)
      all[index]?.focus()
    } else if (event.target === all[here]) actOnRow(event)
  })
  useEffect(() => {
    const element = body.current
    const listener = (event: KeyboardEvent) => pressed(event)
    element?.addEventListener('keydown', listener)
    return () => element?.removeEventListener('keydown', listener)
  })
}

/** Whoever types, or opens and walks a menu of the row, means another thing by the arrows. */
function hasOwnArrows(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target instanceof HTMLElement && target.closest('[role="menu"], [aria-haspopup="menu"]') !== null
}

function actOnRow(event: KeyboardEvent): void {
  if (!(event.target instanceof HTMLElement)) return
  if (event.key === 'Enter') event.target.querySelector<HTMLElement>('a[href], button')?.click()
  if (event.key === ' ') {
    event.preventDefault()
    event.target.querySelector<HTMLElement>('input[type="checkbox"]')?.click()
  }
}

function RowWithDetail<Row>(props: BodyProps<Row> & { row: Row; focusable: boolean }) {
  const { columns, row, selection } = props
  const detail = props.renderDetail?.(row)
  return (
    <>
      <TableRow {...props} />
      {detail !== undefined && detail !== null && (
        <tr data-detail>
          <td colSpan={columns.length + (selection === undefined ? 0 : 1)}>{detail}</td>
        </tr>
      )}
    </>
  )
}

function TableRow<Row>(props: BodyProps<Row> & { row: Row; focusable: boolean }) {
  const t = useWords()
  const { row, selection } = props
  const key = props.rowKey(row)
  const ticked = selection?.keys.includes(key) === true
  const held = selection?.disabled?.(row)
  return (
    <tr tabIndex={props.focusable ? 0 : -1} aria-selected={selection === undefined ? undefined : ticked}>
      {selection !== undefined && (
        <td className="ow-cell-tick">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('selectRow', { name: props.rowName(row) })}
            checked={ticked}
            disabled={held !== undefined}
            title={held}
            onChange={() => selection.onKeys(toggled(selection.keys, key))}
          />
        </td>
      )}
      {props.columns.map((column) => (
        <Cell key={column.key} column={column}>
          {column.render(row)}
        </Cell>
      ))}
    </tr>
  )
}

function Cell<Row>(props: { column: Column<Row>; children: ReactNode }) {
  const share = typeof props.column.width === 'string' ? 'ow-cell-share' : undefined
  return <td className={cellClass(props.column, share)}>{props.children}</td>
}

function Bones(props: { columns: number }) {
  const t = useWords()
  return (
    <tbody>
      {[0, 1, 2, 3, 4].map((row) => (
        <tr key={row}>
          {Array.from({ length: props.columns }, (_, column) => (
            <td key={column}>
              {row === 0 && column === 0 && <span className="ow-hidden">{t('loading')}</span>}
              <span className="ow-bone" style={{ width: `${40 + ((row * 17 + column * 29) % 45)}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
