import { expect, it } from 'vitest'
import { inFlight } from './in-flight.ts'

it('keeps the order of its items and the bound on what is under way', async () => {
  let now = 0
  let most = 0
  const doubled = await inFlight([5, 1, 4, 2, 3], 2, async (each) => {
    now += 1
    most = Math.max(most, now)
    for (let turn = 0; turn < each; turn += 1) await Promise.resolve()
    now -= 1
    return each * 2
  })
  expect(doubled).toEqual([10, 2, 8, 4, 6])
  expect(most).toBe(2)
})

it('keeps results that are undefined in their place', async () => {
  expect(await inFlight([1, 2, 3], 3, (each) => Promise.resolve(each === 2 ? undefined : each))).toEqual([
    1,
    undefined,
    3,
  ])
})

it('rejects with the first failure', async () => {
  await expect(inFlight([1, 2], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
