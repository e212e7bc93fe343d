import type { Locale } from '../kit.tsx'

const day = 86_400

const zone: Record<Locale, string> = { en: 'en-GB', zh: 'zh-CN' }

/** Moments (seconds since 1970) below an axis, in the reader's zone: the date where a day begins or is stepped over. */
export function momentTicks(
  moments: readonly number[],
  { apart, locale }: { apart: number; locale: Locale },
): string[] {
  const date = new Intl.DateTimeFormat(zone[locale], { day: 'numeric', month: 'short' })
  const time = new Intl.DateTimeFormat(zone[locale], { hour: '2-digit', minute: '2-digit' })
  return moments.map((each) => {
    const at = new Date(each * 1000)
    const midnight = at.getHours() === 0 && at.getMinutes() === 0
    return (apart >= day || midnight ? date : time).format(at)
  })
}

/**
 * One moment (seconds since 1970) of some that are `step` seconds apart: with the day where more than one is shown, and
 * with seconds where minutes would not tell two apart.
 */
export function moment(
  seconds: number,
  { count, step, locale }: { count: number; step: number; locale: Locale },
): string {
  return new Intl.DateTimeFormat(zone[locale], {
    ...(count * step > day && { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(step % 60 !== 0 && { second: '2-digit' }),
  }).format(seconds * 1000)
}
