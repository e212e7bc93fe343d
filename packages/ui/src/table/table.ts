import type { ReactNode } from 'react'

export type Column<Row> = {
  key: string
  title: string
  render: (row: Row) => ReactNode
  /** The server's name for this order; a column without one cannot be sorted. */
  sort?: string
  /** Numbers stand at the right, tabular. */
  numeric?: boolean
  /** In px; or as a share of the table's width (`24%`), which cuts what is longer: the cell then has it all in a title. */
  width?: number | `${number}%`
  /** Told elsewhere too: it gives way where the window is narrow (below 1500 px). */
  roomy?: boolean
  /** Hidden until the reader asks for it. */
  optional?: boolean
  /** Cannot be hidden: the row would lose its name. */
  always?: boolean
}

/** How the cells of a column look; `other` is for those that are no numbers. */
export function cellClass<Row>({ numeric, roomy }: Column<Row>, other?: string): string | undefined {
  const classes = [numeric === true ? 'ow-cell-number' : other, roomy === true ? 'ow-cell-roomy' : undefined]
  return classes.filter((each) => each !== undefined).join(' ') || undefined
}

/** What the server is asked for. The same fields as the contract's PageQuery, which the kit does not know. */
export type TableQuery = {
  search?: string | undefined
  sort?: string | undefined
  order: 'asc' | 'desc'
  page: number
  size: number
}

export type Selection<Row> = {
  keys: string[]
  onKeys: (keys: string[]) => void
  /** What can be done with the ticked rows; replaces the toolbar. */
  actions: ReactNode
  /** Why a row cannot be ticked; undefined when it can. */
  disabled?: (row: Row) => string | undefined
}

export function toggled(keys: string[], key: string): string[] {
  return keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]
}

/** First click sorts upwards, the second downwards, the third gives the server's own order back. */
export function nextSort(query: TableQuery, sort: string): TableQuery {
  if (query.sort !== sort) return { ...query, sort, order: 'asc', page: 1 }
  if (query.order === 'asc') return { ...query, order: 'desc', page: 1 }
  return { ...query, sort: undefined, order: 'asc', page: 1 }
}
