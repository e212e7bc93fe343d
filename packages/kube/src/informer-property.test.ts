import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { observe } from './testing/observer.ts'
import { sendJson } from './testing/server.ts'
import { compact, createWorld, endWatches, putPod, removePod, sendBookmarks, type World } from './testing/world.ts'
import { serveWorld } from './testing/world-api.ts'

type Step = (world: World) => void

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')

/** How the next few calls of any sort go wrong. */
const misfortunes: ((response: ServerResponse) => void)[] = [
  (response) => response.destroy(),
  (response) => sendJson(response, { message: 'broken' }, 500),
  (response) => sendJson(response, { message: 'later' }, 503),
  (response) => sendJson(response, { message: 'old', reason: 'Expired' }, 410),
  (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"kind":"PodLi'),
]

function failing(count: number, misfortune: (response: ServerResponse) => void): Step {
  return (world) => {
    let left = count
    world.fault = (call) => {
      if (left <= 0 || call === 'version') return undefined
      left -= 1
      return misfortune
    }
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: name.map(
      (each): Step =>
        (world) =>
          putPod(world, each),
    ),
  },
  {
    weight: 4,
    arbitrary: name.map(
      (each): Step =>
        (world) =>
          removePod(world, each),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('close', 'half-line', 'destroy', 'gone-event').map(
      (how): Step =>
        (world) =>
          endWatches(world, how),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>(compact) },
  { weight: 1, arbitrary: fc.constant<Step>(sendBookmarks) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...misfortunes))
      .map(([count, misfortune]) => failing(count, misfortune)),
  },
)

/** How far the informer gets between two steps: nowhere, some way, or until it watches again. */
const rests = {
  none: () => Promise.resolve(),
  some: () => new Promise((resolve) => setTimeout(resolve, 2)),
  watching: (world: World) => vi.waitUntil(() => world.watchers.size > 0, { interval: 1, timeout: 2_000 }),
}
const rest = fc.constantFrom('none', 'some', 'watching')
const plan = fc.array(fc.tuple(step, rest), { minLength: 1, maxLength: 40 })

it('always comes to what the server has, by objects and by changes', async () => {
  await fc.assert(
    fc.asyncProperty(plan, fc.boolean(), async (steps, watchList) => {
      const world = createWorld()
      world.watchList = watchList
      putPod(world, 'a')
      const { informer, told, log } = observe(await serveWorld(world), {}, 2)
      for (const [act, until] of steps) {
        act(world)
        await rests[until](world)
      }
      world.fault = () => undefined
      const truth = [...world.objects.values()].map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)
      const settled = () => ({
        state: informer.state().state,
        objects: [...informer.objects.values()].toSorted(),
        told: [...told.values()].toSorted(),
      })
      const expected = { state: 'fresh', objects: truth.toSorted(), told: truth.toSorted() }
      await expect.poll(settled, { timeout: 5_000, interval: 2 }).toEqual(expected)
      expect(consistent(log)).toBe(true)
      await informer.stop()
    }),
    { numRuns: 100 },
  )
}, 60_000)

/** Nothing is added twice, changed before it came or deleted before it was there. */
function consistent(log: string[]): boolean {
  const present = new Set<string>()
  return log.every((entry) => {
    const [type, subject = ''] = entry.split(' ')
    const was = present.has(subject)
    if (type === 'DELETED') present.delete(subject)
    else present.add(subject)
    return type === 'ADDED' ? !was : was
  })
}
