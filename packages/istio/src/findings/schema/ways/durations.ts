import { nanoseconds } from '../../../validation/durations.ts'
import { remove } from '../../operations.ts'
import { changed, lastOf, type Mend } from './way.ts'

/** Units as people write them, by Go's. */
const UNITS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    ns: 'ns nanosecond nanoseconds',
    us: 'us µs microsecond microseconds',
    ms: 'ms msec msecs milli millis millisecond milliseconds',
    s: 's sec secs second seconds',
    m: 'm min mins minute minutes',
    h: 'h hr hrs hour hours',
    d: 'd day days',
  }).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit] as const)),
)

/** The same time in Go's words: `5 sec`, `5d`, `PT1M30S`. Undefined for what has no unit, or one that nobody knows. */
function inGo(text: string): string | undefined {
  const lower = text.trim().toLowerCase()
  const [, ofIso] = /^pt((?:\d+h)?(?:\d+m)?(?:\d+(?:\.\d+)?s)?)$/.exec(lower) ?? []
  if (ofIso !== undefined) return ofIso === '' ? undefined : ofIso
  if (!/^(?:\d+(?:\.\d+)?\s*[a-zµ]+[\s,]*)+$/.test(lower)) return undefined
  const parts = Array.from(lower.matchAll(/(\d+(?:\.\d+)?)\s*([a-zµ]+)/g), ([, amount = '', name = '']) => {
    const unit = UNITS[name]
    return unit === 'd' ? `${Number(amount) * 24}h` : unit === undefined ? '' : amount + unit
  })
  return parts.includes('') ? undefined : parts.join('')
}

/** A number alone may be of seconds, as in most of Istio's examples, or of milliseconds, as for Envoy: both are offered. */
export const spelledDuration: Mend = (spot) => {
  const text = typeof spot.value === 'string' ? spot.value : ''
  if (!/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return changed('use-duration', spot, inGo(text))
  const amount = text.trim()
  return [...changed('seconds', spot, `${amount}s`), ...changed('milliseconds', spot, `${amount}ms`)]
}

/** Fields without which there is no such limit: what 0 was to say. */
const LIMITS = new Set(['timeout', 'perTryTimeout'])

/** Nothing is shorter than a millisecond. */
export const longEnough: Mend = (spot) => {
  const text = typeof spot.value === 'string' ? spot.value : ''
  const time = nanoseconds(text)
  if (time === undefined || time < 0) return []
  if (time > 0) return time < 1e6 ? changed('round-up', spot, '1ms') : []
  return LIMITS.has(lastOf(spot.pointer)) ? [{ code: 'no-limit', operations: [remove(spot.pointer)] }] : []
}

/** Go's durations in whole milliseconds, rounded up. */
export const wholeMilliseconds: Mend = (spot) => {
  const time = nanoseconds(typeof spot.value === 'string' ? spot.value : '')
  return time === undefined || time <= 0 ? [] : changed('round-up', spot, `${Math.ceil(time / 1e6)}ms`)
}
