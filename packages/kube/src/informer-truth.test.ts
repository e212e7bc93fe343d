import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { startInformer } from './informer.ts'
import { nodes } from './resources.ts'
import { observe } from './testing/observer.ts'
import { sendJson } from './testing/server.ts'
import { createWorld, endWatches, type Fault, putPod, type World } from './testing/world.ts'
import { serveWorld } from './testing/world-api.ts'

const answer = (status: number) => (response: ServerResponse) =>
  sendJson(response, { message: 'no', code: status }, status)
const always = (world: World, fault: Fault) => {
  world.fault = () => fault
}
const mend = (world: World) => {
  world.fault = () => undefined
}
const worldWithPod = () => {
  const world = createWorld()
  putPod(world, 'a')
  return world
}

describe('from the beginning', () => {
  it.each([
    [401, 'unauthorized', 'unauthorized'],
    [403, 'forbidden', 'forbidden'],
    [500, 'syncing', 'server_error'],
    [503, 'syncing', 'server_error'],
    [429, 'syncing', 'throttled'],
    [504, 'unreachable', 'timeout'],
  ])('%s is %s, until it is not', async (status, state, reason) => {
    const world = worldWithPod()
    always(world, answer(status))
    const { informer, names } = observe(await serveWorld(world))
    await expect.poll(() => informer.state()).toMatchObject({ state, reason, asOf: undefined })
    mend(world)
    await expect.poll(names).toEqual(['a@2'])
    expect(informer.state()).toMatchObject({ state: 'fresh', reason: undefined })
  })

  it('a server that hangs up is unreachable', async () => {
    const world = worldWithPod()
    always(world, (response) => response.destroy())
    const { informer, names } = observe(await serveWorld(world))
    await expect.poll(() => informer.state()).toMatchObject({ state: 'unreachable', reason: 'unreachable' })
    mend(world)
    await expect.poll(names).toEqual(['a@2'])
  })

  it('nobody there is unreachable, and asked again for ever', async () => {
    const { informer } = observe({ url: 'http://127.0.0.1:1' })
    await expect.poll(() => informer.state().state).toBe('unreachable')
    expect(informer.state()).toMatchObject({ asOf: undefined, reason: 'unreachable' })
  })
})

describe('a kind the cluster does not have', () => {
  it('is known to have no objects, and found when it comes', async () => {
    const world = worldWithPod()
    world.fault = (call) => (call === 'version' ? undefined : answer(404))
    const { informer, names } = observe(await serveWorld(world))
    await expect.poll(() => informer.state()).toMatchObject({ state: 'fresh', reason: 'not_served' })
    expect(informer.state().asOf).toBeInstanceOf(Date)
    mend(world)
    await expect.poll(names).toEqual(['a@2'])
    expect(informer.state()).toMatchObject({ state: 'fresh', reason: undefined })
  })

  it('takes its objects along when it goes', async () => {
    const world = worldWithPod()
    const { informer, log } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    world.fault = (call) => (call === 'version' ? undefined : answer(404))
    endWatches(world, 'close')
    await expect.poll(() => informer.state().reason).toBe('not_served')
    expect(log).toEqual(['ADDED a', 'DELETED a'])
    expect(informer.objects.size).toBe(0)
  })

  it('is not believed of something that is no API server', async () => {
    const world = worldWithPod()
    const { informer, names } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    always(world, (response) => response.writeHead(404).end('404 page not found\n'))
    endWatches(world, 'close')
    await expect.poll(() => informer.state().state).toBe('stale')
    expect(names()).toEqual(['a@2'])
  })
})

describe('later', () => {
  it('what was known stays, with its age, until the cluster is back', async () => {
    const world = worldWithPod()
    const { informer, states, names } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    const { asOf } = informer.state()
    always(world, (response) => response.destroy())
    endWatches(world, 'destroy')
    await expect.poll(() => informer.state().state).toBe('unreachable')
    const state = informer.state()
    expect(state.asOf?.getTime()).toBeGreaterThanOrEqual(asOf?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(state.since.getTime()).toBeGreaterThanOrEqual(state.asOf?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(names()).toEqual(['a@2'])
    putPod(world, 'b')
    mend(world)
    await expect.poll(names).toEqual(['a@2', 'b@3'])
    expect(informer.state().asOf?.getTime()).toBeGreaterThanOrEqual(state.since.getTime())
    expect(states.map((each) => each.state)).toEqual(['fresh', 'unreachable', 'fresh'])
  })

  it('one broken watch is nobody’s business', async () => {
    const world = worldWithPod()
    const { states } = observe(await serveWorld(world))
    for (let round = 1; round <= 3; round += 1) {
      await expect.poll(() => world.watchers.size).toBe(1)
      endWatches(world, 'destroy')
    }
    await expect.poll(() => world.watchers.size).toBe(1)
    expect(states.map(({ state }) => state)).toEqual(['fresh'])
  })

  it('a server that answers badly makes it stale; lost rights make it forbidden', async () => {
    const world = worldWithPod()
    const { informer, states } = observe(await serveWorld(world))
    await expect.poll(() => world.watchers.size).toBe(1)
    always(world, answer(500))
    endWatches(world, 'close')
    await expect.poll(() => informer.state()).toMatchObject({ state: 'stale', reason: 'server_error' })
    always(world, answer(403))
    await expect.poll(() => informer.state()).toMatchObject({ state: 'forbidden', reason: 'forbidden' })
    mend(world)
    await expect.poll(() => informer.state().state).toBe('fresh')
    expect(states.map(({ state }) => state)).toEqual(['fresh', 'stale', 'forbidden', 'fresh'])
  })

  it('one informer that reaches the cluster again wakes the others', async () => {
    const world = worldWithPod()
    const server = await serveWorld(world)
    const { client, informer } = observe(server, { backoff: { firstMs: 5, mostMs: 5 } })
    await expect.poll(() => world.watchers.size).toBe(1)
    always(world, (response) => response.destroy())
    endWatches(world, 'close')
    const timing = { backoff: { firstMs: 600_000, mostMs: 600_000 } }
    const patient = startInformer({ client, resource: nodes, project: (object) => object, timing })
    await expect.poll(() => [informer.state().state, patient.state().state]).toEqual(['unreachable', 'unreachable'])
    mend(world)
    await expect.poll(() => [informer.state().state, patient.state().state]).toEqual(['fresh', 'fresh'])
    await patient.stop()
  })

  it('tries at once when hurried', async () => {
    const world = worldWithPod()
    always(world, answer(403))
    const { informer } = observe(await serveWorld(world), { slowMs: 600_000 })
    await expect.poll(() => informer.state().state).toBe('forbidden')
    mend(world)
    informer.hurry()
    await expect.poll(() => informer.state().state).toBe('fresh')
  })
})

describe('a silent watch', () => {
  it('is still true while the server answers, and asked for with one question for all', async () => {
    const world = worldWithPod()
    const server = await serveWorld(world)
    const { informer } = observe(server, { probeMs: 40 })
    await expect.poll(() => world.watchers.size).toBe(1)
    const before = informer.state().asOf?.getTime() ?? 0
    await expect.poll(() => world.counts.version).toBeGreaterThan(1)
    expect(informer.state().asOf?.getTime()).toBeGreaterThan(before)
    expect(informer.state().state).toBe('fresh')
    expect(world.counts.watch).toBe(2)
  })

  it('is doubted while the server does not, and opened anew when it does again', async () => {
    const world = worldWithPod()
    const { informer, states, names } = observe(await serveWorld(world), { probeMs: 40 })
    await expect.poll(() => world.watchers.size).toBe(1)
    world.fault = (call) => (call === 'version' ? (response) => response.destroy() : undefined)
    await expect.poll(() => informer.state().state).toBe('unreachable')
    expect(world.watchers.size).toBe(1)
    world.watchers.clear()
    putPod(world, 'b')
    mend(world)
    await expect.poll(names).toEqual(['a@2', 'b@3'])
    expect(states.map(({ state }) => state)).toEqual(['fresh', 'unreachable', 'fresh'])
  })
})
