import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { atConstantRate } from './constant-rate.ts'

test('every call is made, and a late answer holds up none of the others', async () => {
  const called: number[] = []
  let open = 0
  let most = 0
  const { p50, p99 } = await atConstantRate({ perSecond: 200, seconds: 0.1 }, async (index) => {
    called.push(index)
    open += 1
    most = Math.max(most, open)
    await sleep(index === 0 ? 60 : 1)
    open -= 1
  })
  expect(called).toEqual(Array.from({ length: 20 }, (_, index) => index))
  expect(most).toBeGreaterThan(1)
  expect(p99).toBeGreaterThan(p50)
})

test('a call that fails is no answer', async () => {
  const refused = () => Promise.reject(new Error('refused'))
  await expect(atConstantRate({ perSecond: 100, seconds: 0.02 }, refused)).rejects.toThrow('refused')
})
