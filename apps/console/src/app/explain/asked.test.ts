import { expect, it } from 'vitest'
import { bounded, keeping, noted } from './asked.ts'

const recent = (address: string) => ({ address, kept: false })

it('has the latest question first, each once, and keeps what is kept', () => {
  const first = noted([], 'a')
  expect(noted(noted(first, 'b'), 'a')).toEqual([recent('a'), recent('b')])
  const kept = keeping(first, { address: 'a', kept: true })
  expect(noted(kept, 'a')).toEqual([{ address: 'a', kept: true }])
  expect(keeping(kept, { address: 'new', kept: true })).toHaveLength(2)
  expect(keeping(kept, { address: 'a', kept: false })).toEqual([recent('a')])
})

it('forgets the oldest that nobody keeps', () => {
  const many = Array.from({ length: 12 }, (_, index) => recent(String(index)))
  const all = bounded([...many, { address: 'kept', kept: true }])
  expect(all.map(({ address }) => address)).toEqual(['kept', '0', '1', '2', '3', '4', '5', '6', '7'])
})
