import { describe, expect, it } from 'vitest'
import { parseSearch, stringifySearch } from './location.ts'
import { pageInput, readTable, tablePlace, tableQuery } from './table-search.ts'

describe('addresses', () => {
  it('hold text, and come back as they went', () => {
    const search = { search: '中文 & = ?', page: 3, empty: '', gone: undefined }
    const text = stringifySearch(search)
    expect(text).toBe('?search=%E4%B8%AD%E6%96%87+%26+%3D+%3F&page=3')
    expect(parseSearch(text)).toEqual({ search: '中文 & = ?', page: '3' })
    expect(stringifySearch({})).toBe('')
  })
})

describe('the table’s part of the address', () => {
  it('leaves nonsense out', () => {
    expect(readTable({ page: '0', size: '99999', order: 'sideways', sort: 'name' })).toEqual({ sort: 'name' })
    expect(readTable({ page: '1e3', search: 'x'.repeat(400) })).toEqual({ page: 1000, search: 'x'.repeat(253) })
  })

  it('writes no defaults', () => {
    const place = readTable({ search: 'a', page: '2', order: 'desc', sort: 'name' })
    expect(tablePlace(tableQuery(place))).toEqual({
      search: 'a',
      sort: 'name',
      order: 'desc',
      page: 2,
      size: undefined,
    })
    expect(tablePlace(tableQuery({}))).toEqual({
      search: undefined,
      sort: undefined,
      order: undefined,
      page: undefined,
      size: undefined,
    })
  })

  it('asks the contract without undefined fields', () => {
    expect(pageInput({})).toEqual({ order: 'asc', page: 1, size: 50 })
    expect(pageInput({ search: 'a', sort: 'name' })).toEqual({
      search: 'a',
      sort: 'name',
      order: 'asc',
      page: 1,
      size: 50,
    })
  })
})
