import { expect, test } from 'vitest'
import { isBroken, type Measure, tableOf } from './budgets.ts'

const measure = (more: Partial<Measure>): Measure => ({
  name: 'answers',
  value: 40,
  unit: 'ms',
  budget: 50,
  timed: true,
  ...more,
})

test('what is at its budget holds it', () => {
  expect(isBroken(measure({ value: 50 }), 1)).toBe(false)
  expect(isBroken(measure({ value: 50.1 }), 1)).toBe(true)
})

test('only times are tolerated', () => {
  expect(isBroken(measure({ value: 90 }), 2)).toBe(false)
  expect(isBroken(measure({ value: 90, timed: false }), 2)).toBe(true)
})

test('the table says of each whether it held', () => {
  const table = tableOf([measure({}), measure({ value: 60 }), measure({ value: 110 })], 2)
  const words = table.split('\n').map((line) => line.split('|').at(-2)?.trim())
  expect(words.slice(2)).toEqual(['held', 'within tolerance', 'broken'])
})

test('where nothing was promised nothing can be broken', () => {
  const { budget: _none, ...rest } = measure({ value: 1_000_000 })
  expect(isBroken(rest, 1)).toBe(false)
  expect(tableOf([rest], 1).split('\n').at(-1)?.split('|').slice(3, 5).join('').trim()).toBe('')
})
