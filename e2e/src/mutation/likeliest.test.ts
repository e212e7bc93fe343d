import { expect, it } from 'vitest'
import { createAsking } from './likeliest.ts'

it('asks the file that has noticed most, of what was asked of it', () => {
  const asking = createAsking()
  expect(asking.likeliest([])).toBeUndefined()
  expect(asking.likeliest(['a', 'b'])).toBe('a')
  asking.answered('a', 10, 1)
  expect(asking.likeliest(['a', 'b'])).toBe('b')
  asking.answered('b', 30, 2)
  expect(asking.likeliest(['a', 'b'])).toBe('a')
  asking.answered('b', 10, 9)
  expect(asking.likeliest(['a', 'b'])).toBe('b')
})
