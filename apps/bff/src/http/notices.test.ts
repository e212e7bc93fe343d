import type { Notice } from '@orbweaver/contracts/events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ViewerDoor } from '../kube/doors.ts'
import { createNotices } from './notices.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function viewer(user: string): ViewerDoor {
  const refused = () => Promise.reject(new Error('not asked here'))
  return {
    identity: { user, groups: [] },
    list: refused,
    get: refused,
    sees: refused,
    seesNamespace: refused,
    seesWhich: refused,
    lists: refused,
    may: refused,
    truths: () => [],
  }
}

function listen(options: { knows?: (notice: Notice) => boolean; mostWaiting?: number } = {}) {
  const ends = new AbortController()
  const gone = new AbortController()
  const heard: Notice[] = []
  const notices = createNotices({
    ends: ends.signal,
    mayKnow: (_viewer, notice) => Promise.resolve(options.knows?.(notice) ?? true),
    ...(options.mostWaiting === undefined ? {} : { mostWaiting: options.mostWaiting }),
  })
  const over = (async () => {
    for await (const notice of notices.subscribe(viewer('ada'), gone.signal)) heard.push(notice)
  })()
  return { notices, heard, over, ends, gone }
}

test('the first notice comes at once, equal ones at most once a second', async () => {
  const { notices, heard, over, gone } = listen()
  await vi.advanceTimersByTimeAsync(0)
  for (let round = 0; round < 30; round++) {
    notices.say({ word: 'sidecars', cluster: 'east' })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(heard.length).toBeGreaterThanOrEqual(3)
  expect(heard.length).toBeLessThanOrEqual(4)
  gone.abort()
  await over
})

test('different clusters do not wait for each other', async () => {
  const { notices, heard, over, gone } = listen()
  await vi.advanceTimersByTimeAsync(0)
  for (const cluster of ['east', 'west']) notices.say({ word: 'objects', cluster })
  await vi.advanceTimersByTimeAsync(0)
  expect(heard).toEqual([
    { word: 'objects', cluster: 'east' },
    { word: 'objects', cluster: 'west' },
  ])
  gone.abort()
  await over
})

test('who may not know is not told', async () => {
  const { notices, heard, over, gone } = listen({ knows: ({ cluster }) => cluster !== 'hidden' })
  await vi.advanceTimersByTimeAsync(0)
  notices.say({ word: 'objects', cluster: 'hidden' })
  notices.say({ word: 'objects', cluster: 'east' })
  await vi.advanceTimersByTimeAsync(0)
  expect(heard).toEqual([{ word: 'objects', cluster: 'east' }])
  gone.abort()
  await over
})

test('more than can wait become one a word', async () => {
  const { notices, heard, over, gone } = listen({ mostWaiting: 2 })
  for (const cluster of ['a', 'b', 'c', 'd']) notices.say({ word: 'objects', cluster })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(heard).toEqual([{ word: 'objects', cluster: 'a' }, { word: 'objects', cluster: 'b' }, { word: 'objects' }])
  gone.abort()
  await over
})

test('who subscribes is told what changed while their page was read, a word once, and only what they may know', async () => {
  const { notices, heard, over, gone } = listen({ knows: ({ cluster }) => cluster !== 'hidden' })
  await vi.advanceTimersByTimeAsync(0)
  notices.say({ word: 'clusters', cluster: 'east' })
  await vi.advanceTimersByTimeAsync(31_000)
  for (const cluster of ['hidden', 'east', 'west']) notices.say({ word: 'meshes', cluster })
  notices.say({ word: 'objects', cluster: 'hidden' })
  await vi.advanceTimersByTimeAsync(2_000)
  const late: Notice[] = []
  const reading = (async () => {
    for await (const notice of notices.subscribe(viewer('ada'), gone.signal)) late.push(notice)
  })()
  await vi.advanceTimersByTimeAsync(0)
  expect(late).toEqual([{ word: 'meshes' }])
  notices.say({ word: 'meshes', cluster: 'east' })
  await vi.advanceTimersByTimeAsync(0)
  expect(late.at(-1)).toEqual({ word: 'meshes', cluster: 'east' })
  gone.abort()
  await Promise.all([over, reading])
  expect(heard.filter(({ word }) => word === 'objects')).toEqual([])
})

test('a subscription ends with its reader, and all end with the server', async () => {
  const first = listen()
  await vi.advanceTimersByTimeAsync(0)
  first.gone.abort()
  await first.over
  first.notices.say({ word: 'meshes' })
  expect(first.heard).toEqual([])
  const second = listen()
  await vi.advanceTimersByTimeAsync(0)
  second.ends.abort()
  await second.over
})
