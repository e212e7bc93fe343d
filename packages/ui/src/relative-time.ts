import type { Locale } from './kit.tsx'

const steps = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

const formats: Record<Locale, Intl.RelativeTimeFormat> = {
  en: new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' }),
  zh: new Intl.RelativeTimeFormat('zh-CN', { numeric: 'always', style: 'short' }),
}

/** "3 min. ago" / "3 分钟前"; undefined below five seconds, where a number would only flicker. */
export function relativeTime(at: number, now: number, locale: Locale): string | undefined {
  const span = spanOf(at - now)
  return span === undefined ? undefined : spaced(formats[locale].format(span.count, span.unit), locale)
}

/** How long ago something began: "3 min" / "3 分钟"; undefined below five seconds. */
export function elapsedTime(at: number, now: number, locale: Locale): string | undefined {
  const span = spanOf(now - at)
  if (span === undefined) return undefined
  const format = new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', {
    style: 'unit',
    unit: span.unit,
    unitDisplay: 'short',
  })
  return spaced(format.format(span.count), locale)
}

function spanOf(milliseconds: number): { count: number; unit: (typeof steps)[number][0] } | undefined {
  const seconds = Math.round(milliseconds / 1000)
  if (Math.abs(seconds) < 5) return undefined
  const [unit, size] = steps.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1]
  return { count: Math.trunc(seconds / size), unit }
}

/** Chinese is set with a space between a figure and the character after it, as everywhere else in the console. */
function spaced(text: string, locale: Locale): string {
  return locale === 'zh' ? text.replace(/(\d)(?=\p{Script=Han})/gu, '$1 ') : text
}

/** Date, time and zone in full, in the reader's own zone. */
export function absoluteTime(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at)
}

/** How long something took, in the two largest units: "2 min 5 s". */
export function duration(milliseconds: number, locale: Locale): string {
  const total = Math.max(0, Math.round(milliseconds / 1000))
  const parts: [number, string, string][] = [
    [Math.floor(total / 3600), 'h', '小时'],
    [Math.floor((total % 3600) / 60), 'min', '分'],
    [total % 60, 's', '秒'],
  ]
  const from = parts.findIndex(([count]) => count > 0)
  const shown = parts.slice(from < 0 ? 2 : from).slice(0, 2)
  return shown.map(([count, en, zh]) => (locale === 'zh' ? `${count} ${zh}` : `${count} ${en}`)).join(' ')
}
