import { expect, it } from 'vitest'
import { createPool } from './pool.ts'

it('runs so many at a time, in order, whatever becomes of them', async () => {
  const pool = createPool(3)
  const started: number[] = []
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const work = (index: number) =>
    pool(async () => {
      started.push(index)
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => ends.push(resolve))
      running -= 1
      if (index % 2 === 1) throw new Error(`failed ${index}`)
      return index
    })
  const outcomes = Promise.allSettled([0, 1, 2, 3, 4, 5, 6, 7].map(work))
  for (let ended = 0; ended < 8; ended += 1) {
    await expect.poll(() => ends.length).toBeGreaterThan(0)
    ends.shift()?.()
  }
  expect((await outcomes).map(({ status }) => status === 'fulfilled')).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => i % 2 === 0),
  )
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(most).toBe(3)
})
