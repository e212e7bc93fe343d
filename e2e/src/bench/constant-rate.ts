import { setTimeout as sleep } from 'node:timers/promises'

export type Rate = { perSecond: number; seconds: number }
export type Latencies = { p50: number; p99: number }

/**
 * Calls at even distances, whether or not earlier ones have been answered, and times each from the moment it was due (ms):
 * a server that stands still is charged for all who would have waited (wrk2, README, "constant throughput"). Rejects when
 * a call does.
 */
export async function atConstantRate(
  { perSecond, seconds }: Rate,
  call: (index: number) => Promise<void>,
): Promise<Latencies> {
  const start = performance.now()
  const asked: Promise<number>[] = []
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = start + (index * 1_000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    const answer = call(index).then(() => performance.now() - due)
    // One that fails before the others are sent is told of at the end.
    answer.catch(() => undefined)
    asked.push(answer)
  }
  const settled = await Promise.allSettled(asked)
  const failed = settled.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  const answered = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const took = answered.toSorted((a, b) => a - b)
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}
