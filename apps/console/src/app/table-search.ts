import type { TableQuery } from '@orbweaver/ui/data-table'
import type { TablePlace } from '../paths.ts'
import type { RawSearch } from './location.ts'

const defaultSize = 50

/** The table's part of the address. What is nonsense there is left out rather than refused. */
export function readTable(raw: RawSearch): TablePlace {
  const page = whole(raw.page)
  const size = whole(raw.size)
  return {
    ...(raw.search === undefined || raw.search === '' ? {} : { search: raw.search.slice(0, 253) }),
    ...(raw.sort === undefined ? {} : { sort: raw.sort.slice(0, 63) }),
    ...(raw.order === 'desc' ? { order: 'desc' as const } : {}),
    ...(page === undefined || page === 1 ? {} : { page }),
    ...(size === undefined || size > 500 ? {} : { size }),
  }
}

function whole(text: string | undefined): number | undefined {
  const number = Number(text)
  return Number.isInteger(number) && number >= 1 && number <= 100_000 ? number : undefined
}

/** As the table and the contract's PageQuery want it. */
export function tableQuery(place: TablePlace): TableQuery {
  return {
    search: place.search,
    sort: place.sort,
    order: place.order ?? 'asc',
    page: place.page ?? 1,
    size: place.size ?? defaultSize,
  }
}

/** Back into the address, where what is the default is not written. */
export function tablePlace(query: TableQuery): { [Key in keyof Required<TablePlace>]: TablePlace[Key] | undefined } {
  return {
    search: query.search,
    sort: query.sort,
    order: query.order === 'desc' ? 'desc' : undefined,
    page: query.page === 1 ? undefined : query.page,
    size: query.size === defaultSize ? undefined : query.size,
  }
}

/** The input of a list operation; undefined fields are left out, as the contract wants them. */
export function pageInput(place: TablePlace) {
  const query = tableQuery(place)
  return {
    ...(query.search === undefined ? {} : { search: query.search }),
    ...(query.sort === undefined ? {} : { sort: query.sort }),
    order: query.order,
    page: query.page,
    size: query.size,
  }
}
