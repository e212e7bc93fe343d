import { useState } from 'react'
import { Icon } from '../icon.tsx'
import { useWords } from '../kit.tsx'
import { MenuButton } from '../menu-button.tsx'
import type { Column } from './table.ts'

export type ColumnChoice<Row> = {
  shown: Column<Row>[]
  isShown: (key: string) => boolean
  toggle: (key: string) => void
}

/** Which columns the reader wants, kept in this browser. */
export function useShownColumns<Row>(id: string, columns: Column<Row>[]): ColumnChoice<Row> {
  const storageKey = `orbweaver.columns.${id}`
  const [flipped, setFlipped] = useState(() => readKeys(storageKey))
  const isShown = (key: string) => {
    const column = columns.find((each) => each.key === key)
    if (column === undefined) return false
    return column.always === true || (column.optional === true) === flipped.includes(key)
  }
  return {
    shown: columns.filter((column) => isShown(column.key)),
    isShown,
    toggle: (key) => {
      const next = flipped.includes(key) ? flipped.filter((each) => each !== key) : [...flipped, key]
      setFlipped(next)
      writeKeys(storageKey, next)
    },
  }
}

export function ColumnsMenu<Row>(props: { columns: Column<Row>[]; choice: ColumnChoice<Row> }) {
  const t = useWords()
  const open = props.columns.filter((column) => column.always !== true)
  if (open.length === 0) return null
  return (
    <MenuButton
      label={t('columns')}
      trigger={<Icon name="columns" />}
      header={<span className="ow-muted">{t('columnsHint')}</span>}
      entries={open.map((column) => ({
        key: column.key,
        label: column.title,
        checked: props.choice.isShown(column.key),
        onSelect: () => props.choice.toggle(column.key),
      }))}
    />
  )
}

/** A browser that keeps nothing (private mode, blocked storage) shows the default columns. */
function readKeys(storageKey: string): string[] {
  try {
    const text = localStorage.getItem(storageKey)
    return text === null ? [] : text.split(',').filter((key) => key !== '')
  } catch {
    return []
  }
}

function writeKeys(storageKey: string, keys: string[]): void {
  try {
    localStorage.setItem(storageKey, keys.join(','))
  } catch {
    // The choice then lasts as long as the page.
  }
}
