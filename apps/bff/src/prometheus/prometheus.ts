import type { Message } from '@orbweaver/contracts/message'
import type { Need } from '@orbweaver/istio/metrics/needs'
import { readPrometheus, type Series } from '@orbweaver/istio/metrics/prometheus-answer'
import { type Range, rangeUntil } from '@orbweaver/istio/metrics/range'
import { createPool, type Pool } from '@orbweaver/kube/pool'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { Fleet } from '../kube/doors.ts'
import { within } from '../kube/within.ts'
import { send } from './send.ts'
import type { Source } from './source.ts'

/** What one Prometheus said last, when (ms since 1970), and why it says nothing now. */
export type Told = Said | { why: Message }
type Said = {
  series: readonly Series[]
  warnings: readonly string[]
  asOf: number
  /** The moment, or the last of them, that was asked for (s since 1970). */
  until: number
  why?: Message | undefined
}

/** One query that was put, for the console's own metrics. */
export type Observed = { cluster: string; outcome: 'answered' | 'failed'; seconds: number }

/** The only door to Prometheus: by the console's own account; who may be told is for its callers to say. */
export type Prometheus = {
  /** Asked once for all who look. Waits `patienceMs` at most: what takes longer is there for the next who asks. */
  ask(source: Source, need: Need, patienceMs: number): Promise<Told>
  /** Anything else below `/api/v1`, as `/status/buildinfo`; not kept. */
  get(source: Source, path: string): Promise<{ body: unknown } | { why: Message }>
}

/** Queries of one Prometheus under way at once. */
const mostAtOnce = 4
/** How long the last answer is shown of one that says nothing any more (ms). */
const oldestMs = 300_000
/** Seconds on which queries of one moment lie: nothing is scraped more often. */
const instant = { seconds: 0, step: 15 }
/** Answers kept, and Prometheuses of which the queries under way are counted. */
const [mostAnswers, mostPools] = [300, 200]

type Options = { fleet: Fleet; observe: (of: Observed) => void }

export function createPrometheus({ fleet, observe }: Options): Prometheus {
  const pools = new Map<string, Pool>()
  const soon: Answers<Told> = createAnswers({ ttlMs: 15_000, max: mostAnswers })
  /** What a long range says is hardly another a minute later, and costs most. */
  const later: Answers<Told> = createAnswers({ ttlMs: 120_000, max: mostAnswers })
  const get = (source: Source, path: string) =>
    poolOf(
      pools,
      source,
    )(async () => {
      const startedAt = performance.now()
      const got = await send(fleet, source, path)
      const seconds = (performance.now() - startedAt) / 1_000
      observe({ cluster: source.cluster, outcome: 'why' in got ? 'failed' : 'answered', seconds })
      return got
    })
  return {
    get,
    async ask(source, need, patienceMs) {
      const answers = (need.over?.step ?? 0) >= 300 ? later : soon
      const key = JSON.stringify([source.key, need])
      const load = async (): Promise<Told> => {
        const range = rangeUntil(Date.now() / 1_000, need.over ?? instant)
        const got = await get(source, pathOf(need, range))
        const told = 'why' in got ? got : read(source, got.body, range.end)
        return 'why' in told ? { ...answers.last(key)?.value, ...told } : told
      }
      const told = (await within(answers.get(key, load), patienceMs)) ?? answers.last(key)?.value
      if (told === undefined) return { why: { code: 'metrics.slow', params: { cluster: source.cluster } } }
      return isTooOld(told) ? { why: told.why } : told
    },
  }
}

/** An answer that is shown beyond its time is of one that is silent now. */
function isTooOld(told: Told): told is Said & { why: Message } {
  return 'asOf' in told && told.why !== undefined && Date.now() - told.asOf > oldestMs
}

function poolOf(pools: Map<string, Pool>, { key }: Source): Pool {
  const pool = pools.get(key) ?? createPool(mostAtOnce)
  pools.delete(key)
  pools.set(key, pool)
  const oldest = pools.keys().next().value
  if (pools.size > mostPools && oldest !== undefined) pools.delete(oldest)
  return pool
}

function pathOf({ query, over }: Need, { start, end, step }: Range): string {
  const timeout = '8s'
  const times =
    over === undefined ? { time: String(end) } : { start: String(start), end: String(end), step: String(step) }
  const name = over === undefined ? 'query' : 'query_range'
  return `/${name}?${new URLSearchParams({ query, ...times, timeout }).toString()}`
}

function read({ cluster }: Source, body: unknown, until: number): Told {
  const answer = readPrometheus(body)
  if (answer === undefined) return { why: { code: 'metrics.unreadable', params: { cluster } } }
  if ('error' in answer) return { why: { code: 'metrics.query_failed', params: { cluster, error: answer.error } } }
  return { ...answer, asOf: Date.now(), until }
}
