import { expect, it } from 'vitest'
import { createBackoff } from './backoff.ts'
import { createNap } from './nap.ts'
import { hurry } from './session.ts'

it('a hurried informer waits no longer, now and after the try that is under way', async () => {
  const nap = createNap(new AbortController().signal)
  const backoff = createBackoff({ firstMs: 10, mostMs: 600_000 })
  for (let failures = 0; failures < 20; failures += 1) backoff.next()
  const asleep = nap.sleep(600_000)
  hurry({ backoff, nap })
  await asleep
  expect(backoff.next()).toBeLessThanOrEqual(20)
})
