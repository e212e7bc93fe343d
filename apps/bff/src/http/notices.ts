import type { Notice } from '@orbweaver/contracts/events'
import type { ViewerDoor } from '../kube/doors.ts'
import type { Notices } from './context.ts'

export type NoticesOptions = {
  /** May this person know that something changed there? Asked at the moment of saying. */
  mayKnow: (viewer: ViewerDoor, notice: Notice) => Promise<boolean>
  /** Ends every subscription. */
  ends: AbortSignal
  /** Least time between two equal notices to one subscriber. */
  quietMs?: number
  /** Notices that wait for one subscriber; more are as good as one a word. */
  mostWaiting?: number
  /** How long before the stream was there a page may have been read that is on the screen (ms). */
  readingMs?: number
}

/**
 * The server's side of the one stream: who subscribed, what waits for each. Equal notices that come while one waits, or
 * within a second after one was said, become one; nothing is lost, because a notice says only "look again". A page is read
 * before its stream is there: who subscribes is told which words changed a moment before.
 */
export function createNotices(options: NoticesOptions): Notices {
  const { mayKnow, ends, quietMs = 1_000, mostWaiting = 200, readingMs = 30_000 } = options
  const subscribers = new Set<Subscriber>()
  const recent = createRecent(readingMs)
  return {
    say(notice) {
      recent.add(notice)
      for (const each of subscribers) each.offer(notice)
    },
    async *subscribe(viewer, signal) {
      const subscriber = new Subscriber({ quietMs, mostWaiting, signal: AbortSignal.any([signal, ends]) })
      subscribers.add(subscriber)
      try {
        for (const [word, notices] of recent.byWord()) {
          if (await anyOf(notices, (notice) => mayKnow(viewer, notice))) yield { word }
        }
        for (let notice = await subscriber.take(); notice !== undefined; notice = await subscriber.take()) {
          if (await mayKnow(viewer, notice)) yield notice
        }
      } finally {
        subscribers.delete(subscriber)
      }
    },
  }
}

type Recent = { add(notice: Notice): void; byWord(): Map<Notice['word'], Notice[]> }

/** What was said not longer ago than this (ms), the oldest first. */
function createRecent(keptMs: number): Recent {
  const saidAt = new Map<string, { notice: Notice; at: number }>()
  const forget = (now: number) => {
    for (const [key, { at }] of saidAt) {
      if (now - at < keptMs) return
      saidAt.delete(key)
    }
  }
  return {
    add(notice) {
      const now = Date.now()
      const key = keyOf(notice)
      saidAt.delete(key)
      saidAt.set(key, { notice, at: now })
      forget(now)
    },
    byWord() {
      forget(Date.now())
      const words = new Map<Notice['word'], Notice[]>()
      for (const { notice } of saidAt.values()) {
        const found = words.get(notice.word)
        if (found === undefined) words.set(notice.word, [notice])
        else found.push(notice)
      }
      return words
    },
  }
}

async function anyOf(notices: readonly Notice[], may: (notice: Notice) => Promise<boolean>): Promise<boolean> {
  for (const notice of notices) if (await may(notice)) return true
  return false
}

type Waiting = { notice: Notice; dueAt: number }

class Subscriber {
  readonly #options: { quietMs: number; mostWaiting: number; signal: AbortSignal }
  readonly #waiting = new Map<string, Waiting>()
  readonly #saidAt = new Map<string, number>()
  #wake: () => void = () => undefined

  constructor(options: { quietMs: number; mostWaiting: number; signal: AbortSignal }) {
    this.#options = options
    options.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  offer(notice: Notice): void {
    const key = keyOf(notice)
    if (this.#waiting.has(key)) return
    if (this.#waiting.size < this.#options.mostWaiting) this.#enqueue(key, notice)
    else {
      const word = { word: notice.word }
      if (!this.#waiting.has(keyOf(word))) this.#enqueue(keyOf(word), word)
    }
    this.#wake()
  }

  /** The next notice that is due; undefined when the stream is over. */
  async take(): Promise<Notice | undefined> {
    const { signal } = this.#options
    while (!signal.aborted) {
      const now = Date.now()
      const next = [...this.#waiting].reduce<[string, Waiting] | undefined>(earlier, undefined)
      if (next !== undefined && next[1].dueAt <= now) {
        this.#waiting.delete(next[0])
        this.#saidAt.set(next[0], now)
        return next[1].notice
      }
      await this.#pause(next === undefined ? undefined : next[1].dueAt - now)
    }
    return undefined
  }

  #enqueue(key: string, notice: Notice): void {
    const now = Date.now()
    const { quietMs } = this.#options
    for (const [said, at] of this.#saidAt) if (now - at >= quietMs) this.#saidAt.delete(said)
    const saidAt = this.#saidAt.get(key)
    this.#waiting.set(key, { notice, dueAt: saidAt === undefined ? now : saidAt + quietMs })
  }

  #pause(ms: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function earlier(best: [string, Waiting] | undefined, each: [string, Waiting]): [string, Waiting] {
  return best === undefined || each[1].dueAt < best[1].dueAt ? each : best
}

function keyOf({ word, mesh, cluster }: Notice): string {
  return JSON.stringify([word, mesh ?? '', cluster ?? ''])
}
