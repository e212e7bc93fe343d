import { expect, it } from 'vitest'
import { remembering } from './remembering.ts'

it('asks again only what it was not asked, what failed, and what it has forgotten', async () => {
  const asked: string[] = []
  const ask = remembering(2, ({ name }: { name: string }) => {
    asked.push(name)
    return name === 'bad' ? Promise.reject(new Error(name)) : Promise.resolve(name.toUpperCase())
  })
  expect(await Promise.all([ask({ name: 'a' }), ask({ name: 'a' }), ask({ name: 'b' })])).toEqual(['A', 'A', 'B'])
  await expect(ask({ name: 'bad' })).rejects.toThrow('bad')
  await expect(ask({ name: 'bad' })).rejects.toThrow('bad')
  expect(await ask({ name: 'a' })).toBe('A')
  expect(asked).toEqual(['a', 'b', 'bad', 'bad', 'a'])
})
