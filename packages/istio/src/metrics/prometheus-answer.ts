import { at, isRecord, type JsonRecord, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'

/** One series; times in seconds since 1970. Values may be infinite, or no number. */
export type Series = { labels: Readonly<Record<string, string>>; points: readonly Point[] }
type Point = readonly [time: number, value: number]

/** Why a query failed, by Prometheus' own names (prometheus web/api/v1/api.go errorType). */
const errorTypes = [
  'timeout',
  'canceled',
  'execution',
  'bad_data',
  'internal',
  'unavailable',
  'not_found',
  'not_acceptable',
] as const
type ErrorType = (typeof errorTypes)[number]

export type PrometheusAnswer = { series: Series[]; warnings: string[] } | { error: ErrorType }

/** Enough to know what is missing; a Thanos repeats itself for each of its stores. */
const [mostWarnings, longestWarning] = [5, 300]

/**
 * An answer of `/api/v1/query` or `query_range`; undefined where it is something else. Its infos are hints at better queries
 * and are left out; warnings say that something is missing. Source: prometheus docs, HTTP API.
 */
export function readPrometheus(body: unknown): PrometheusAnswer | undefined {
  const status = textAt(body, 'status')
  if (status === 'error') {
    const error = errorTypes.find((each) => each === textAt(body, 'errorType'))
    return error === undefined ? undefined : { error }
  }
  if (status !== 'success') return undefined
  const type = textAt(body, 'data', 'resultType')
  const result = at(body, 'data', 'result')
  if ((type !== 'vector' && type !== 'matrix') || !Array.isArray(result)) return undefined
  const series = result.filter(isRecord).map((each) => seriesOf(each, type))
  const warnings = [...new Set(textsAt(body, 'warnings'))]
  return {
    series: series.filter(({ points }) => points.length > 0),
    warnings: warnings.slice(0, mostWarnings).map(shortened),
  }
}

/** Native histograms have no value, and none is asked for. */
function seriesOf(from: JsonRecord, type: 'vector' | 'matrix'): Series {
  const samples = type === 'matrix' ? listAt(from, 'values') : [at(from, 'value')]
  return { labels: stringsAt(from, 'metric'), points: samples.map(pointOf).filter((each) => each !== undefined) }
}

const special: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['+Inf', Infinity],
  ['-Inf', -Infinity],
])

function pointOf(sample: unknown): Point | undefined {
  const [time, text] = [numberAt(sample, 0), textAt(sample, 1)]
  if (time === undefined || text === undefined) return undefined
  const value = special.get(text) ?? (/^[-+\d.eE]+$/.test(text) ? Number(text) : Number.NaN)
  return Number.isNaN(value) && text !== 'NaN' ? undefined : [time, value]
}

function shortened(text: string): string {
  return text.length <= longestWarning ? text : `${text.slice(0, longestWarning)}…`
}
