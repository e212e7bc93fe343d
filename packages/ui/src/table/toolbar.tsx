import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { Icon } from '../icon.tsx'
import { useWords } from '../kit.tsx'
import { type ColumnChoice, ColumnsMenu } from './column-choice.tsx'
import type { Column, TableQuery } from './table.ts'

export function Toolbar<Row>(props: {
  query: TableQuery
  onQuery: (next: TableQuery) => void
  filters: ReactNode
  choice: ColumnChoice<Row>
  columns: Column<Row>[]
  searchHint: string | undefined
}) {
  return (
    <search className="ow-toolbar">
      <SearchBox
        value={props.query.search ?? ''}
        hint={props.searchHint}
        onChange={(search) => props.onQuery({ ...props.query, search: search === '' ? undefined : search, page: 1 })}
      />
      {props.filters}
      <span className="ow-spring" />
      <ColumnsMenu columns={props.columns} choice={props.choice} />
    </search>
  )
}

/** Tells what was typed after a quarter of a second of quiet, and at once on Enter. `/` brings the focus here. */
export function SearchBox(props: { value: string; hint: string | undefined; onChange: (text: string) => void }) {
  const t = useWords()
  const [text, setText] = useState(props.value)
  const [told, setTold] = useState(props.value)
  const tell = useEffectEvent(props.onChange)
  if (props.value !== told) {
    setTold(props.value)
    setText(props.value)
  }
  useEffect(() => {
    if (text === told) return
    const timer = setTimeout(() => {
      setTold(text)
      tell(text)
    }, 250)
    return () => clearTimeout(timer)
  }, [text, told])
  return (
    <label className="ow-search">
      <Icon name="search" />
      <input
        type="search"
        data-page-search=""
        aria-label={props.hint ?? t('search')}
        placeholder={props.hint ?? t('search')}
        value={text}
        maxLength={253}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            setTold(text)
            props.onChange(text)
          }
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation()
            setText('')
          }
        }}
      />
    </label>
  )
}

/** Takes the toolbar's place while rows are ticked. */
export function BulkBar(props: { count: number; actions: ReactNode; onClear: () => void }) {
  const t = useWords()
  return (
    <div className="ow-toolbar ow-bulk" role="toolbar" aria-label={t('selected', { count: props.count })}>
      <strong className="ow-number">{t('selected', { count: props.count })}</strong>
      {props.actions}
      <span className="ow-spring" />
      <button type="button" className="ow-link" onClick={props.onClear}>
        {t('clearSelection')}
      </button>
    </div>
  )
}
