import { expect, test } from 'vitest'
import { namespace, pod } from '../testing/clusters.ts'
import { createKindStore } from './kind-store.ts'

test('objects are found by namespace and by name, and counted once', () => {
  const store = createKindStore()
  for (const each of [pod('a', 'x'), pod('b', 'x'), pod('a', 'y'), pod('a', 'x')]) store.put(each)
  expect(store.size).toBe(3)
  expect(store.list('x').map((each) => each.metadata.name)).toEqual(['a', 'b'])
  expect(store.list('z')).toEqual([])
  expect(store.get({ namespace: 'y', name: 'a' })?.metadata.namespace).toBe('y')
  expect(store.get({ name: 'a' })).toBeUndefined()
})

test('a list is the same until something changes', () => {
  const store = createKindStore()
  store.put(pod('a', 'x'))
  const [all, some] = [store.list(), store.list('x')]
  expect(store.list()).toBe(all)
  expect(store.list('x')).toBe(some)
  store.put(pod('b', 'y'))
  expect(store.list()).not.toBe(all)
  expect(store.list('x')).toBe(some)
})

test('what came and went leaves nothing behind (T-07)', () => {
  const store = createKindStore()
  for (let round = 0; round < 1_000; round++) {
    store.put(pod('a', `ns-${round}`))
    expect(store.list(`ns-${round}`)).toHaveLength(1)
    store.drop(pod('a', `ns-${round}`))
  }
  store.drop(pod('never', 'there'))
  expect([store.size, store.list()]).toEqual([0, []])
  store.put(namespace('cluster-scoped'))
  expect(store.get({ name: 'cluster-scoped' })).toBeDefined()
})
