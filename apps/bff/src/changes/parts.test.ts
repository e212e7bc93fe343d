import { describe, expect, it } from 'vitest'
import { split } from './parts.ts'
import type { RecordItem } from './record.ts'

const items = (count: number, bytes = 0): RecordItem[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `item-${index + 1}`,
    cluster: 'east',
    ref: { group: '', version: 'v1', kind: 'Namespace', name: 'x'.repeat(bytes) },
    op: 'restart',
    how: 'merge',
    by: 'person',
    touched: [],
  }))

describe('a change', () => {
  it.each([
    ['of few items', items(100)],
    ['of one item', items(1, 60_000)],
    ['of nothing', []],
  ])('%s lies in one object', (_, all) => {
    expect(split(all)).toBeUndefined()
  })

  it.each([
    ['of many items', items(1_234), [500, 500, 234]],
    ['of one item more than fits', items(101), [101]],
    ['of long items', items(10, 100_000), [2, 2, 2, 2, 2]],
    ['with one item that fills more than a part', [...items(1), ...items(1, 400_000), ...items(1)], [1, 1, 1]],
  ])('%s is split in order', (_, all, sizes) => {
    const parts = split(all) ?? []
    expect(parts.map((part) => part.length)).toEqual(sizes)
    expect(parts.flat()).toEqual(all)
  })
})
