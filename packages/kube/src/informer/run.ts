import { KubeError, type KubeErrorCode } from '../error.ts'
import { jittered } from '../retry.ts'
import { joinCompany } from './company.ts'
import { probeServer } from './liveness.ts'
import { readList } from './list.ts'
import { hurry, type Session } from './session.ts'
import { readStream, type StreamEnd } from './stream.ts'
import { mayWatchList } from './watch-list.ts'

/** List, watch, and whatever goes wrong with them, until the signal ends. */
export async function runInformer<T>(session: Session<T>): Promise<void> {
  const { client, signal, nap, truth } = session
  const isUnreachable = () => truth.now().state === 'unreachable'
  const leave = joinCompany(client, { isUnreachable, wake: () => hurry(session) })
  try {
    while (!signal.aborted) {
      const wait = await oneRound(session)
      if (wait > 0) await nap.sleep(wait)
    }
  } finally {
    leave()
  }
}

/** Milliseconds to wait before the next. */
async function oneRound<T>(session: Session<T>): Promise<number> {
  try {
    if (session.position === undefined && !mayWatchList(session.client)) await readList(session)
    return await afterStream(session, await readStream(session))
  } catch (error) {
    return afterFailure(session, error)
  }
}

/** The server ends a watch every half hour or so; all of a cluster at once when it restarts, hence the jitter. */
async function afterStream<T>(session: Session<T>, end: StreamEnd): Promise<number> {
  const { backoff, timing } = session
  if (end.lively) backoff.reset()
  if (end.again) return 0
  if (end.error === undefined) return end.lively ? jittered(timing.backoff.firstMs / 5) : backoff.next()
  // A watch that was open and broke is opened again before anybody is told: most often that just works.
  if (end.opened && isBreak(end.error)) return backoff.next()
  return afterFailure(session, end.error)
}

function isBreak(error: unknown): boolean {
  return error instanceof KubeError && (error.code === 'unreachable' || error.code === 'timeout')
}

/** The position is lost, or cannot be got past. */
const tellAnew = new Set<KubeErrorCode>(['gone', 'bad_answer', 'too_large', 'not_found'])
const slow = new Set<KubeErrorCode>(['forbidden', 'unauthorized', 'not_found', 'unsupported'])
const longestWishMs = 60_000

/** What is no KubeError is a fault of ours, in a callback most likely, and must not go on unseen. */
async function afterFailure<T>(session: Session<T>, error: unknown): Promise<number> {
  const { truth, backoff, timing, signal } = session
  if (signal.aborted) return 0
  if (!(error instanceof KubeError)) throw error
  if (tellAnew.has(error.code)) session.position = undefined
  if (error.code === 'not_found') await afterNotFound(session)
  else if (error.code !== 'gone') truth.doubt(error.code)
  if (slow.has(error.code)) return jittered(timing.slowMs)
  return Math.max(backoff.next(), Math.min(error.retryAfterMs ?? 0, longestWishMs))
}

/** So many kinds may be missing at once that one answer has to do for them. */
const recentMs = 2_000

/** No such kind, so there are no such objects; unless what answers is no API server at all. */
async function afterNotFound<T>({ client, truth, store, outbox, signal }: Session<T>): Promise<void> {
  try {
    await probeServer(client, recentMs)
    if (signal.aborted) return
    outbox.put(store.clear())
    outbox.flush()
    truth.confirm('not_served')
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    truth.doubt(error.code)
  }
}
