/** A duration as kubectl writes it: 45s, 5m10s, 3h2m, 4d5h, 2y10d. Source: apimachinery util/duration HumanDuration. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return withRest(minutes, 'm', [seconds % 60, 's'])
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return withRest(hours, 'h', [minutes % 60, 'm'])
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return withRest(days, 'd', [hours % 24, 'h'])
  if (hours < 24 * 365 * 2) return `${days}d`
  const years = Math.floor(days / 365)
  return days < 365 * 8 ? withRest(years, 'y', [days % 365, 'd']) : `${years}y`
}

function withRest(whole: number, unit: string, [rest, small]: [number, string]): string {
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${small}`
}

export function ageOf(since: string | undefined, now: Date): string {
  if (since === undefined) return '<unknown>'
  const at = Date.parse(since)
  return Number.isNaN(at) ? '<invalid>' : humanDuration(now.getTime() - at)
}
