import { expect, it } from 'vitest'
import { bytesText, coresText, quantity } from './quantity.ts'

it.each([
  ['500m', 0.5],
  ['2', 2],
  [2, 2],
  ['.5', 0.5],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['128974848', 128_974_848],
  ['129e6', 129e6],
  ['129E6', 129e6],
  ['1E', 1e18],
  ['32780576Ki', 32_780_576 * 1024],
  ['2GB', undefined],
  ['', undefined],
  ['Gi', undefined],
  ['1 Gi', undefined],
  [undefined, undefined],
])('reads %s', (text, number) => {
  expect(quantity(text)).toBe(number)
})

it('writes amounts as people do', () => {
  expect([2 ** 31, 1.5 * 2 ** 20, 512].map(bytesText)).toEqual(['2Gi', '1.5Mi', '512'])
  expect([0.25, 1, 7.55].map(coresText)).toEqual(['250m', '1', '7.6'])
})
