import type { Notice } from '@orbweaver/contracts/events'
import { readTold, type Told } from './notices.ts'

export type Channel = {
  postMessage(data: Told): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  close(): void
}

export type LiveOptions = {
  /** Opens the stream; resolves once the server accepted it. */
  open: (signal: AbortSignal) => Promise<AsyncIterable<Notice>>
  /** What this tab does about it. */
  hear: (told: Told) => void
  /** Absent where the browser has none: then every tab opens a stream of its own. */
  locks:
    | { request(name: string, options: { signal: AbortSignal }, run: () => Promise<void>): Promise<void> }
    | undefined
  channel: Channel | undefined
  /** Milliseconds before the n-th attempt to open the stream again. */
  delay: (attempt: number) => number
}

export type Live = { stop: () => void }

const lockName = 'orbweaver-live'

/**
 * One stream of notices a browser: HTTP/1.1 allows six connections to a host, and ten tabs would take them all. Tabs
 * queue for a Web Lock; who holds it reads the stream and passes everything on. When it closes, the next one goes on.
 */
export function startLive(options: LiveOptions): Live {
  const { channel, hear } = options
  const stopped = new AbortController()
  const leader: Leader = { stream: undefined, open: false }
  const say = (told: Told) => {
    hear(told)
    channel?.postMessage(told)
  }
  channel?.addEventListener('message', ({ data }) => {
    const told = readTold(data)
    if (told === undefined || stopped.signal.aborted) return
    if (told.kind === 'ask') {
      if (leader.stream !== undefined) channel.postMessage({ kind: 'state', open: leader.open })
      return
    }
    hear(told)
  })
  channel?.postMessage({ kind: 'ask' })
  const run = () => lead({ ...options, say, leader, stopped: stopped.signal })
  const led = options.locks === undefined ? run() : options.locks.request(lockName, { signal: stopped.signal }, run)
  // Refused only by our own stop, while still in the queue.
  led.catch(() => undefined)
  return {
    stop: () => {
      stopped.abort()
      leader.stream?.abort()
      channel?.close()
    },
  }
}

type Leader = { stream: AbortController | undefined; open: boolean }
type Leading = LiveOptions & { say: (told: Told) => void; leader: Leader; stopped: AbortSignal }

async function lead(leading: Leading): Promise<void> {
  const { leader, stopped, say } = leading
  let attempt = 0
  while (!stopped.aborted) {
    const stream = new AbortController()
    leader.stream = stream
    const opened = await follow(leading, stream.signal, attempt > 0)
    leader.open = false
    if (opened) say({ kind: 'state', open: false })
    attempt = opened ? 1 : attempt + 1
    await pause(leading.delay(attempt), stopped)
  }
}

/** Reads one connection to its end. True when the server had accepted it. */
async function follow(leading: Leading, signal: AbortSignal, again: boolean): Promise<boolean> {
  const { leader, say } = leading
  let opened = false
  try {
    const notices = await leading.open(signal)
    opened = true
    leader.open = true
    say({ kind: 'state', open: true })
    if (again) say({ kind: 'again' })
    for await (const notice of notices) say({ kind: 'notice', notice })
  } catch {
    // Why it ended does not matter: it is opened again, and the state says that it is closed.
  }
  return opened
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}

/** One second, doubling to thirty, each ± 25 % so that many browsers do not come back at once. */
export function backOff(attempt: number, random: () => number = Math.random): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt - 1, 5)) * (0.75 + random() / 2)
}
