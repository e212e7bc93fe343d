import { durationMs } from './promql/literals.ts'
import { badData } from './promql/query-error.ts'

const invalid = (parameter: string, why: string): Error =>
  badData(`invalid parameter ${JSON.stringify(parameter)}: ${why}`)

/** Milliseconds of a time in seconds or RFC 3339. Throws a QueryError: bad_data. */
export function timeIn(form: URLSearchParams, parameter: string, otherwise?: number): number {
  const text = form.get(parameter) ?? ''
  if (text === '' && otherwise !== undefined) return otherwise
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  const ms = Number.isNaN(seconds) ? Date.parse(isRfc3339(text) ? text : '') : Math.round(seconds * 1_000)
  if (Number.isFinite(ms)) return ms
  throw invalid(parameter, `cannot parse ${JSON.stringify(text)} to a valid timestamp`)
}

function isRfc3339(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
}

/** Milliseconds of seconds or a duration. */
function durationIn(form: URLSearchParams, parameter: string): number {
  const text = form.get(parameter) ?? ''
  const ms = text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) * 1_000 : durationMs(text)
  if (ms !== undefined) return ms
  throw invalid(parameter, `cannot parse ${JSON.stringify(text)} to a valid duration`)
}

/** Of a series that is answered. */
const mostPoints = 11_000

/** Start, end and step of a range query, in milliseconds. Throws as the API refuses them (web/api/v1/api.go queryRange). */
export function rangeIn(form: URLSearchParams): { start: number; end: number; step: number } {
  const start = timeIn(form, 'start')
  const end = timeIn(form, 'end')
  if (end < start) throw invalid('end', 'end timestamp must not be before start time')
  const step = durationIn(form, 'step')
  if (step <= 0) {
    throw invalid('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer')
  }
  if ((end - start) / step > mostPoints) {
    throw badData(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    )
  }
  return { start, end, step }
}
