import { badData } from './query-error.ts'

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
}

const wholeDuration = /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/

/** Milliseconds of `1h30m`; undefined where it is none (common/model ParseDuration). */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0
  if (text === '' || !wholeDuration.test(text)) return undefined
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count = '0', unit = 'ms']) => sum + Number(count) * (unitMs[unit] ?? 0),
    0,
  )
}

/** `1.5e3`, `0x1f`, `Inf`, `NaN`. */
export function numberOf(text: string): number {
  const low = text.toLowerCase()
  if (low === 'inf') return Infinity
  if (low === 'nan') return Number.NaN
  const value = Number(text)
  if (Number.isNaN(value)) throw badData(`parse error: bad number or duration syntax: "${text}"`)
  return value
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

/** What stands in quotes, as Go reads it: nothing is escaped between backticks. */
export function unquoted(text: string): string {
  const inner = text.slice(1, -1)
  if (text.startsWith('`')) return inner
  return inner.replaceAll(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, code: string) => {
    if (/^[xuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16))
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8))
    const known = escapes[code]
    if (known === undefined)
      throw badData(`parse error: unknown escape sequence U+${code.codePointAt(0)?.toString(16)} '${code}'`)
    return known
  })
}
