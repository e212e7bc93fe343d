import type { RawAnswer } from '@orbweaver/kube/client'
import { expect, test } from 'vitest'
import { createClock } from '../../clock.ts'
import { startFirstSync } from './first-sync.ts'

/** A cluster that lists everything, or everything but Pods. */
function cluster({ whole }: { whole: boolean }) {
  const state = { whole, calls: 0 }
  const answer: RawAnswer = { status: 200, body: {}, warnings: [], date: undefined }
  const raw = (path: string): Promise<RawAnswer> => {
    state.calls += 1
    return state.whole || !path.includes('/pods') ? Promise.resolve(answer) : Promise.reject(new Error('forbidden'))
  }
  return { state, raw }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

function sync(remote: ReturnType<typeof cluster>, timeoutMs: number) {
  const clock = createClock()
  clock.freeze()
  return { clock, ...startFirstSync(remote, { clock, timeoutMs }) }
}

test('is synced when everything could be listed, also after its time', async () => {
  const remote = cluster({ whole: false })
  const { clock, status, stop } = sync(remote, 5_000)
  await settled()
  expect(status()).toBe('syncing')
  clock.advance(5_000)
  await settled()
  expect(status()).toBe('timeout')
  remote.state.whole = true
  clock.advance(30_000)
  await settled()
  expect(status()).toBe('synced')
  remote.state.whole = false
  const { calls } = remote.state
  clock.advance(3_600_000)
  await settled()
  expect([status(), remote.state.calls]).toEqual(['synced', calls])
  stop()
})

test('waits for ever without a time-out, and asks no more when it is stopped', async () => {
  const remote = cluster({ whole: false })
  const { clock, status, stop } = sync(remote, 0)
  await settled()
  clock.advance(3_600_000)
  await settled()
  expect(status()).toBe('syncing')
  stop()
  const { calls } = remote.state
  clock.advance(60_000)
  await settled()
  expect(remote.state.calls).toBe(calls)
})
