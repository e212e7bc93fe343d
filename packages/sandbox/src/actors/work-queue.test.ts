import { expect, test } from 'vitest'
import { startWorkQueue } from './work-queue.ts'

function gate(): { open(): void; passed: Promise<void> } {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

test('a key runs one at a time, and once more when asked meanwhile', async () => {
  const [inside, release, done] = [gate(), gate(), gate()]
  let runs = 0
  const queue = startWorkQueue({
    run: async () => {
      runs += 1
      if (runs === 2) return done.open()
      inside.open()
      await release.passed
    },
    onError: () => undefined,
  })
  queue.add('a')
  await inside.passed
  queue.add('a')
  queue.add('a')
  expect(runs).toBe(1)
  release.open()
  await done.passed
  await queue.stop()
  expect(runs).toBe(2)
})

test('a failing key is told and tried again', async () => {
  const done = gate()
  const told: number[] = []
  const queue = startWorkQueue({
    run: async () => {
      if (told.length < 2) throw new Error('not yet')
      done.open()
      return Promise.resolve()
    },
    onError: (_key, _error, count) => void told.push(count),
    backoffMs: { first: 1, longest: 1 },
  })
  queue.add('a')
  await done.passed
  await queue.stop()
  expect(told).toEqual([1, 2])
})

test('againInMs asks for another run without an error', async () => {
  const done = gate()
  let runs = 0
  const queue = startWorkQueue({
    run: () => {
      runs += 1
      if (runs === 1) return Promise.resolve({ againInMs: 1 })
      done.open()
      return Promise.resolve(undefined)
    },
    onError: () => undefined,
  })
  queue.add('a')
  await done.passed
  await queue.stop()
  expect(runs).toBe(2)
})

test('stop ends everything', async () => {
  let runs = 0
  const queue = startWorkQueue({
    run: () => {
      runs += 1
      return Promise.resolve({ againInMs: 1 })
    },
    onError: () => undefined,
  })
  queue.add('a')
  await queue.stop()
  const before = runs
  queue.add('b')
  expect(runs).toBe(before)
})
