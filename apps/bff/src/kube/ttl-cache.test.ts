import { expect, test } from 'vitest'
import { createTtlCache } from './ttl-cache.ts'

test('asks once for all who ask at the same time, and again when it is old', async () => {
  let now = 0
  let asked = 0
  const cache = createTtlCache<number>({ ttlMs: 10, max: 5, now: () => now })
  const load = () => Promise.resolve(++asked)
  expect(await Promise.all([cache.get('a', load), cache.get('a', load)])).toEqual([1, 1])
  now = 9
  expect(await cache.get('a', load)).toBe(1)
  now = 10
  expect(await cache.get('a', load)).toBe(2)
  cache.forget('a')
  expect(await cache.get('a', load)).toBe(3)
})

test('a failure is told to those who waited, and not kept', async () => {
  const cache = createTtlCache<number>({ ttlMs: 1_000, max: 5 })
  const failing = cache.get('a', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await cache.get('a', () => Promise.resolve(7))).toBe(7)
})

test('never keeps more than it may', async () => {
  const cache = createTtlCache<number>({ ttlMs: 1_000, max: 2 })
  for (const key of ['a', 'b', 'c']) await cache.get(key, () => Promise.resolve(1))
  expect(await cache.get('a', () => Promise.resolve(2))).toBe(2)
  expect(await cache.get('c', () => Promise.resolve(2))).toBe(1)
})
