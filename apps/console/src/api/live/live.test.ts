import type { Notice } from '@orbweaver/contracts/events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { backOff, type Channel, type Live, startLive } from './live.ts'
import { readTold, type Told } from './notices.ts'

/** Channels and locks of one browser, in memory: what tabs share. */
function browser() {
  const listeners = new Map<Channel, ((event: { data: unknown }) => void)[]>()
  const queue: (() => void)[] = []
  let held = false
  const channel = (): Channel => {
    const own: Channel = {
      postMessage: (data) => {
        for (const [other, heard] of listeners) if (other !== own) for (const each of heard) each({ data })
      },
      addEventListener: (_type, listener) => {
        listeners.set(own, [...(listeners.get(own) ?? []), listener])
      },
      close: () => {
        listeners.delete(own)
      },
    }
    return own
  }
  const locks = {
    request: async (_name: string, _options: { signal: AbortSignal }, run: () => Promise<void>) => {
      if (held) await new Promise<void>((resolve) => queue.push(resolve))
      held = true
      await run()
      held = false
      queue.shift()?.()
    },
  }
  return { channel, locks }
}

/** A stream the test feeds and cuts. */
function feed() {
  const opened: { push: (notice: Notice) => void; cut: () => void; signal: AbortSignal }[] = []
  const open = async (signal: AbortSignal): Promise<AsyncIterable<Notice>> => {
    const waiting: Notice[] = []
    const cut = new AbortController()
    let wake = () => {}
    const end = AbortSignal.any([signal, cut.signal])
    end.addEventListener('abort', () => wake())
    opened.push({
      push: (notice) => {
        waiting.push(notice)
        wake()
      },
      cut: () => cut.abort(),
      signal,
    })
    return (async function* () {
      while (!end.aborted) {
        const next = waiting.shift()
        if (next === undefined) await new Promise<void>((resolve) => (wake = resolve))
        else yield next
      }
    })()
  }
  return { open, opened }
}

const running: Live[] = []
afterEach(() => {
  for (const live of running.splice(0)) live.stop()
})

function tab(shared: ReturnType<typeof browser> | undefined, open: ReturnType<typeof feed>['open']) {
  const heard: Told[] = []
  const live = startLive({
    open,
    hear: (told) => heard.push(told),
    locks: shared?.locks,
    channel: shared?.channel(),
    delay: () => 1,
  })
  running.push(live)
  return { heard, live }
}

describe('startLive', () => {
  it('opens one stream for all tabs and passes its notices on', async () => {
    const shared = browser()
    const { open, opened } = feed()
    const first = tab(shared, open)
    const second = tab(shared, open)
    await vi.waitFor(() => expect(first.heard).toContainEqual({ kind: 'state', open: true }))
    opened[0]?.push({ word: 'meshes' })
    await vi.waitFor(() => expect(second.heard).toContainEqual({ kind: 'notice', notice: { word: 'meshes' } }))
    expect(first.heard).toContainEqual({ kind: 'notice', notice: { word: 'meshes' } })
    expect(opened).toHaveLength(1)
  })

  it('lets the next tab lead when the leader closes', async () => {
    const shared = browser()
    const { open, opened } = feed()
    const first = tab(shared, open)
    const second = tab(shared, open)
    await vi.waitFor(() => expect(opened).toHaveLength(1))
    first.live.stop()
    await vi.waitFor(() => expect(opened).toHaveLength(2))
    opened[1]?.push({ word: 'history' })
    await vi.waitFor(() => expect(second.heard).toContainEqual({ kind: 'notice', notice: { word: 'history' } }))
  })

  it('comes back after a cut and says that something may have been missed', async () => {
    const { open, opened } = feed()
    const { heard } = tab(browser(), open)
    await vi.waitFor(() => expect(opened).toHaveLength(1))
    opened[0]?.cut()
    await vi.waitFor(() => expect(heard).toContainEqual({ kind: 'again' }))
    expect(heard).toContainEqual({ kind: 'state', open: false })
    expect(opened).toHaveLength(2)
  })

  it('hears that somebody signed in in another tab', () => {
    const shared = browser()
    const { heard } = tab(shared, feed().open)
    shared.channel().postMessage({ kind: 'session' })
    expect(heard).toContainEqual({ kind: 'session' })
  })

  it('gives every tab its own stream where the browser has no locks', async () => {
    const { open, opened } = feed()
    tab(undefined, open)
    tab(undefined, open)
    await vi.waitFor(() => expect(opened).toHaveLength(2))
  })
})

describe('readTold', () => {
  it('leaves what it does not know alone', () => {
    expect(readTold({ kind: 'notice', notice: { word: 'constructor' } })).toBeUndefined()
    expect(readTold('hello')).toBeUndefined()
    expect(readTold({ kind: 'notice', notice: { word: 'objects' } })).toEqual({
      kind: 'notice',
      notice: { word: 'objects' },
    })
  })
})

describe('backOff', () => {
  it('doubles to half a minute', () => {
    expect([1, 2, 3, 6, 60].map((attempt) => backOff(attempt, () => 0.5))).toEqual([1000, 2000, 4000, 30_000, 30_000])
  })
})
