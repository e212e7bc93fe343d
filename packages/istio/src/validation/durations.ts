/** Durations as Go writes them (time.ParseDuration). */

const UNIT_NS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 }

/** Nanoseconds of a Go duration such as `1m30s`; undefined when it is none. */
export function nanoseconds(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0
  const match = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.exec(text)
  if (match === null) return undefined
  let sum = 0
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Math.round(Number(amount) * (UNIT_NS[unit ?? ''] ?? 0))
  }
  return match[1] === '-' ? -sum : sum
}

/** Whole milliseconds, as Go's Duration.Milliseconds cuts them. */
export const isUnderOneMs = (text: string): boolean => Math.trunc((nanoseconds(text) ?? 0) / 1e6) === 0

export const hasFractionOfSecond = (text: string): boolean => (nanoseconds(text) ?? 0) % 1e9 > 0

/** Rule of agent.ValidateDuration; a text that is no duration at all is left to the CRD schema. */
export function durationProblem(text: string | undefined): string | undefined {
  const ns = text === undefined ? undefined : nanoseconds(text)
  if (ns === undefined) return undefined
  if (ns < 1e6) return 'duration must be greater than 1ms'
  return ns % 1e6 === 0 ? undefined : 'only durations to ms precision are supported'
}
