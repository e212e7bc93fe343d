import { expect, it } from 'vitest'
import { listed, listsIn } from './listed.ts'

it('lists names as each language does', () => {
  expect(listed(['a', 'b', 'c'], 'en')).toBe('a, b, c')
  expect(listed(['a', 'b', 'c'], 'zh')).toBe('a、b、c')
  expect(listed([], 'zh')).toBe('')
})

it('lists anew what is a list on the wire, and nothing else', () => {
  const params = { clusters: 'a, b', labels: 'a=b,c=d, e', reason: 'this, and that', count: 2, names: 'one' }
  expect(listsIn(params, 'zh')).toEqual({ clusters: 'a、b', labels: 'a=b,c=d、e', names: 'one' })
  expect(listsIn(params, 'en')).toEqual({ clusters: 'a, b', labels: 'a=b,c=d, e', names: 'one' })
})
