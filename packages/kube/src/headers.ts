/** Header values as undici hands them over. */
export type HeaderValue = string | string[] | undefined

const mostWarnings = 100
const longestWarning = 2_000

/** Texts of `Warning: 299 - "text"` (RFC 9111 obsoleted it, Kubernetes keeps it), several a line or a line each. */
export function warningsOf(value: HeaderValue): string[] {
  const lines = value === undefined ? [] : [value].flat()
  const found: string[] = []
  for (const line of lines) {
    for (const match of line.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
      const text = (match[1] ?? '').replaceAll(/\\(.)/g, '$1')
      found.push(utf8(text).slice(0, longestWarning))
    }
  }
  return found.slice(0, mostWarnings)
}

/** `Retry-After` in seconds or as a date, in milliseconds from now. */
export function retryAfterOf(value: HeaderValue, now: number = Date.now()): number | undefined {
  const text = firstOf(value)
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = dateOf(text)
  return date === undefined ? undefined : Math.max(0, date.getTime() - now)
}

export function dateOf(value: HeaderValue): Date | undefined {
  const text = firstOf(value)
  // Date takes almost anything for a date, `-1` too.
  const date = text?.endsWith(' GMT') === true ? new Date(text) : undefined
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date
}

export function firstOf(value: HeaderValue): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** Node reads header bytes as Latin-1; Go writes UTF-8. */
function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}
