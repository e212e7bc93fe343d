import type { Locale } from '../kit.tsx'

/** What a number is of. Shares are 0 to 1, durations milliseconds; everything else is in the unit that it is named after. */
export type Unit = 'cores' | 'bytes' | 'bytesPerSecond' | 'perSecond' | 'perMinute' | 'milliseconds' | 'share'

type Step = { size: number; word: Record<Locale, string> }

const same = (word: string): Step['word'] => ({ en: word, zh: word })
const binary = (after: string): Step[] =>
  ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'].map((prefix, power) => ({ size: 1024 ** power, word: same(`${prefix}B${after}`) }))

/** Sizes of each unit, smallest first. Bytes are counted as Kubernetes does: 1 MiB = 1,048,576 B. */
const steps: Record<Unit, [Step, ...Step[]]> = {
  cores: [{ size: 1, word: { en: 'cores', zh: '核' } }],
  bytes: [{ size: 1, word: same('B') }, ...binary('').slice(1)],
  bytesPerSecond: [{ size: 1, word: same('B/s') }, ...binary('/s').slice(1)],
  perSecond: [{ size: 1, word: { en: '/s', zh: '次/秒' } }],
  perMinute: [{ size: 1, word: { en: '/min', zh: '次/分钟' } }],
  milliseconds: [
    { size: 1, word: same('ms') },
    { size: 1000, word: same('s') },
  ],
  share: [{ size: 0.01, word: { en: ' %', zh: '%' } }],
}

const tag: Record<Locale, string> = { en: 'en', zh: 'zh-CN' }

/** A number with its unit, at most three digits where it is not whole: `0.125 cores`, `1.5 GiB`, `12,345/min`. */
export function measured(value: number, unit: Unit, locale: Locale): string {
  const step = stepOf(value, unit)
  const shown = value / step.size
  // Two digits behind the point are as much as anybody compares of a share.
  if (unit !== 'share') return joined(figure(shown, locale), step, locale)
  return shown > 0 && shown < 0.01
    ? joined('< 0.01', step, locale)
    : joined(figure(Number(shown.toFixed(2)), locale), step, locale)
}

/** What stands at the ticks of one axis: all in the size that fits the largest, so that they can be compared at a glance. */
export function ticks(values: readonly number[], { unit, locale }: { unit: Unit; locale: Locale }): string[] {
  const step = stepOf(Math.max(0, ...values.map(Math.abs)), unit)
  return values.map((value) => (value === 0 ? '0' : joined(figure(value / step.size, locale), step, locale)))
}

/** Distances between ticks that read well: powers of two for bytes; undefined where powers of ten do. */
export function tickDistances(unit: Unit): number[] | undefined {
  return unit === 'bytes' || unit === 'bytesPerSecond'
    ? Array.from({ length: 52 }, (_, power) => 2 ** power)
    : undefined
}

function stepOf(value: number, unit: Unit): Step {
  const [first, ...larger] = steps[unit]
  return larger.findLast((each) => Math.abs(value) >= each.size) ?? first
}

function figure(value: number, locale: Locale): string {
  const digits = Math.abs(value) < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }
  return new Intl.NumberFormat(tag[locale], digits).format(value)
}

function joined(text: string, { word }: Step, locale: Locale): string {
  const of = word[locale]
  return /^[ /%]/.test(of) ? text + of : `${text} ${of}`
}
