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

/** One moment (seconds since 1970) in full; without the day where all that is shown is within one. */
export function moment(seconds: number, { span, locale }: { span: number; locale: Locale }): string {
  const dated = span > day ? ({ day: 'numeric', month: 'short' } as const) : {}
  return new Intl.DateTimeFormat(zone[locale], { ...dated, hour: '2-digit', minute: '2-digit' }).format(seconds * 1000)
}
