import { describe, expect, it } from 'vitest'
import { historyInput, readHistory } from './search.ts'

describe('readHistory', () => {
  it('keeps what the page knows and drops the rest', () => {
    expect(readHistory({ phase: 'failed', mesh: 'prod', page: '3', colour: 'red' })).toEqual({
      phase: 'failed',
      mesh: 'prod',
      page: 3,
    })
    expect(readHistory({ phase: 'sleeping', page: '-1', mesh: '' })).toEqual({})
  })

  it('asks the server for the first fifty, newest first, when the address says nothing', () => {
    expect(historyInput(readHistory({}))).toEqual({ order: 'asc', page: 1, size: 50 })
    expect(historyInput(readHistory({ phase: 'running', search: 'reviews' }))).toMatchObject({
      phase: 'running',
      search: 'reviews',
    })
  })
})
