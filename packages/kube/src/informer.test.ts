import { describe, expect, it } from 'vitest'
import { startInformer } from './informer.ts'
import { pods } from './resources.ts'
import { observe } from './testing/observer.ts'
import { clientOf } from './testing/server.ts'
import {
  compact,
  createWorld,
  endWatches,
  putPod,
  removePod,
  sendBookmarks,
  type WatchEnding,
  type World,
} from './testing/world.ts'
import { serveWorld } from './testing/world-api.ts'

function worldOf(...names: string[]): World {
  const world = createWorld()
  for (const name of names) putPod(world, name)
  return world
}

const truthOf = (world: World) =>
  [...world.objects.values()].map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`).toSorted()

describe.each([
  ['a paged list', false],
  ['a WatchList', true],
])('by %s', (_, watchList) => {
  it('reads the world once and follows it', async () => {
    const world = worldOf('a', 'b')
    world.watchList = watchList
    const { informer, states, log, names } = observe(await serveWorld(world))
    expect(informer.state()).toMatchObject({ state: 'syncing', asOf: undefined })
    await expect.poll(() => informer.state().state).toBe('fresh')
    await expect.poll(() => world.watchers.size).toBe(1)
    putPod(world, 'c')
    putPod(world, 'a')
    removePod(world, 'b')
    await expect.poll(names).toEqual(truthOf(world))
    await expect.poll(() => log).toEqual(['ADDED a', 'ADDED b', 'ADDED c', 'MODIFIED a', 'DELETED b'])
    expect(states.map(({ state }) => state)).toEqual(['fresh'])
    expect(world.counts).toMatchObject({ list: watchList ? 0 : 1, version: 0 })
  })

  it.each<WatchEnding>(['close', 'half-line', 'destroy'])('goes on where it was after %s', async (how) => {
    const world = worldOf('a')
    world.watchList = watchList
    const { states, names, log } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    putPod(world, 'b')
    await expect.poll(names).toEqual(truthOf(world))
    const lists = world.counts.list
    endWatches(world, how)
    removePod(world, 'a')
    putPod(world, 'c')
    await expect.poll(names).toEqual(truthOf(world))
    expect(world.counts.list).toBe(lists)
    await expect.poll(() => log).toEqual(['ADDED a', 'ADDED b', 'DELETED a', 'ADDED c'])
    expect(states.map(({ state }) => state)).toEqual(['fresh'])
  })

  it.each<[string, (world: World) => void]>([
    ['410 as an event', (world) => endWatches(world, 'gone-event')],
    ['410 as a status', (world) => endWatches(world, 'close')],
  ])('tells the world anew after %s, and only what changed', async (_how, end) => {
    const world = worldOf('same', 'changed', 'deleted', 'recreated')
    world.watchList = watchList
    const { names, log } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    await expect.poll(names).toEqual(truthOf(world))
    log.length = 0
    end(world)
    putPod(world, 'changed')
    removePod(world, 'deleted')
    removePod(world, 'recreated')
    putPod(world, 'recreated')
    putPod(world, 'new')
    compact(world)
    await expect.poll(() => world.watchers.size).toBe(1)
    await expect.poll(names).toEqual(truthOf(world))
    await expect
      .poll(() => log.toSorted())
      .toEqual(['MODIFIED changed', 'DELETED deleted', 'DELETED recreated', 'ADDED recreated', 'ADDED new'].toSorted())
    expect(log.indexOf('DELETED recreated')).toBeLessThan(log.indexOf('ADDED recreated'))
  })

  it('starts over from a bookmark when nothing else moved', async () => {
    const world = worldOf('a')
    world.watchList = watchList
    const { informer, names } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    world.revision += 100
    const before = informer.state().asOf
    sendBookmarks(world)
    await expect.poll(() => informer.state().asOf).not.toEqual(before)
    compact(world)
    const lists = world.counts.list
    const watches = world.counts.watch
    endWatches(world, 'close')
    putPod(world, 'b')
    await expect.poll(names).toEqual(truthOf(world))
    expect(world.counts).toMatchObject({ list: lists, watch: watches + 1 })
  })
})

describe('WatchList', () => {
  it('is tried once for all kinds of a cluster', async () => {
    const world = worldOf('a')
    const server = await serveWorld(world)
    const { client } = observe(server)
    await expect.poll(() => world.watchers.size).toBe(1)
    expect(world.counts).toMatchObject({ list: 1, watch: 2 })
    const second = startInformer({ client, resource: pods, project: (object) => object })
    await expect.poll(() => second.state().state).toBe('fresh')
    await expect.poll(() => world.watchers.size).toBe(2)
    expect(world.counts).toMatchObject({ list: 2, watch: 3 })
    await second.stop()
  })

  it('that never begins is given up', async () => {
    const world = worldOf('a')
    let first = true
    world.fault = (call) => {
      const hang = call === 'watch' && first
      if (hang) first = false
      return hang ? (response) => response.writeHead(200).flushHeaders() : undefined
    }
    const { names } = observe(await serveWorld(world), { initialSilenceMs: 30 })
    await expect.poll(names).toEqual(truthOf(world))
    expect(world.counts.list).toBe(1)
  })
})

it('keeps no managed fields and no copy of kubectl', async () => {
  const world = worldOf('a')
  const pod = world.objects.get('a')
  if (pod !== undefined) {
    pod.metadata.annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}', kept: 'yes' }
  }
  const client = clientOf(await serveWorld(world))
  const informer = startInformer({ client, resource: pods, project: (object) => object })
  await expect.poll(() => informer.objects.size).toBe(1)
  const [object] = informer.objects.values()
  expect(object?.metadata).toEqual({
    name: 'a',
    namespace: 'shop',
    uid: 'uid-1',
    resourceVersion: '2',
    labels: {},
    annotations: { kept: 'yes' },
  })
  await informer.stop()
})

it('asks only for its selection', async () => {
  const server = await serveWorld(worldOf('a'))
  const informer = startInformer({
    client: clientOf(server),
    resource: pods,
    namespace: 'shop',
    labelSelector: 'app=web',
    fieldSelector: 'spec.nodeName=a',
    project: (object) => object,
  })
  await expect.poll(() => server.seen.length).toBe(3)
  for (const each of server.seen) {
    expect(each).toContain('/api/v1/namespaces/shop/pods?')
    expect(each).toContain('labelSelector=app%3Dweb&fieldSelector=spec.nodeName%3Da')
  }
  await informer.stop()
})

it('hands many changes on together, and lets the event loop turn', async () => {
  const world = createWorld()
  for (let index = 0; index < 5_000; index += 1) putPod(world, `p${index}`)
  const { informer, batches, told } = observe(await serveWorld(world))
  let turns = 0
  const count = setInterval(() => {
    turns += 1
  }, 1)
  await expect.poll(() => informer.state().state).toBe('fresh')
  expect(informer.objects.size).toBe(5_000)
  expect(told.size).toBe(5_000)
  expect(batches.length).toBeLessThan(100)
  expect(turns).toBeGreaterThan(5)
  clearInterval(count)
})

describe('stop', () => {
  it('leaves no connection and tells nothing any more', async () => {
    const world = worldOf('a')
    const server = await serveWorld(world)
    const { informer, log, states } = observe(server)
    await expect.poll(() => world.watchers.size).toBe(1)
    await expect.poll(() => log.length).toBe(1)
    putPod(world, 'b')
    await informer.stop()
    await expect.poll(() => world.watchers.size).toBe(0)
    endWatches(world, 'close')
    putPod(world, 'c')
    expect(log).toEqual(['ADDED a'])
    expect(states).toHaveLength(1)
  })

  it('is at once, also while it waits or asks', async () => {
    for (const fault of [() => undefined, () => (response: { destroy(): void }) => response.destroy()]) {
      const world = worldOf('a')
      world.fault = fault
      const { informer } = observe(await serveWorld(world), { backoff: { firstMs: 60_000, mostMs: 60_000 } })
      const startedAt = performance.now()
      await informer.stop()
      expect(performance.now() - startedAt).toBeLessThan(1_000)
    }
  })
})
