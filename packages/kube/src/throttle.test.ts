import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { pods } from './resources.ts'
import { clientOf, sendJson, serve } from './testing/server.ts'
import { createThrottle } from './throttle.ts'

const never = () => new AbortController().signal

describe('the rate', () => {
  it('lets a burst through and spaces the rest', async () => {
    const { token } = createThrottle({ qps: 100, burst: 5, maxInFlight: 1 })
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 15 }, () => token(never())))
    const took = performance.now() - startedAt
    expect(took).toBeGreaterThan(90)
    expect(took).toBeLessThan(1_000)
  })

  it('keeps the order of those who wait', async () => {
    const { token } = createThrottle({ qps: 200, burst: 1, maxInFlight: 1 })
    const order: number[] = []
    await Promise.all([0, 1, 2, 3, 4].map((index) => token(never()).then(() => order.push(index))))
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  it('gives back what an abandoned wait had reserved', async () => {
    const { token } = createThrottle({ qps: 1, burst: 1, maxInFlight: 1 })
    await token(never())
    const stop = new AbortController()
    const abandoned = Array.from({ length: 9 }, () => token(stop.signal))
    stop.abort(new Error('stopped'))
    const outcomes = await Promise.allSettled(abandoned)
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'rejected'))
    const startedAt = performance.now()
    await token(never())
    expect(performance.now() - startedAt).toBeLessThan(1_500)
  })
})

describe('the places', () => {
  it('are never more than allowed, watches not counted', async () => {
    const held: ServerResponse[] = []
    const server = await serve((request, response) => {
      if (request.url?.includes('watch=true') === true) response.writeHead(200).flushHeaders()
      else held.push(response)
    })
    const client = clientOf(server, { limits: { maxInFlight: 3 } })
    const watches = [1, 2, 3, 4].map(() => client.watch(pods, {})[Symbol.asyncIterator]().next())
    for (const watch of watches) watch.catch(() => undefined)
    const calls = Array.from({ length: 9 }, () => client.get(pods, { namespace: 'shop', name: 'web' }))
    for (let answered = 0; answered < 9; answered += 1) {
      await expect.poll(() => held.length).toBe(Math.min(3, 9 - answered))
      const response = held.shift()
      if (response !== undefined) sendJson(response, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } })
    }
    await Promise.all(calls)
    expect(server.seen.filter((each) => each.includes('watch')).length).toBe(4)
  })

  it('are given back once, and not to those who left', async () => {
    const { slot } = createThrottle({ qps: 1, burst: 1, maxInFlight: 1 })
    const release = await slot(never())
    const stop = new AbortController()
    const left = slot(stop.signal)
    stop.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    await expect(slot(stop.signal)).rejects.toThrow('left')
    const second = slot(never())
    release()
    release()
    const releaseSecond = await second
    let third = false
    const waiting = slot(never()).then(() => {
      third = true
    })
    await Promise.resolve()
    expect(third).toBe(false)
    releaseSecond()
    await waiting
  })
})
