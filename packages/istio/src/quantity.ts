const factors: Record<string, number> = {
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/**
 * A Kubernetes quantity as a number: cores, bytes, counts. Undefined where it is none.
 * Source: apimachinery pkg/api/resource/quantity.go, 1.36.
 */
export function quantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const [, digits = '', exponent, suffix = ''] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:(e[+-]?\d+|E[+-]?\d+)|([a-zA-Z]{0,2}))$/.exec(
      typeof value === 'string' ? value : '',
    ) ?? []
  if (digits === '') return undefined
  if (exponent !== undefined) return Number(`${digits}${exponent}`)
  const factor = factors[suffix]
  return factor === undefined ? undefined : Number(digits) * factor
}

/** Bytes as people write them: the largest binary unit that leaves a number above one. */
export function bytesText(bytes: number): string {
  const units = ['Gi', 'Mi', 'Ki']
  const unit = units.find((each) => Math.abs(bytes) >= (factors[each] ?? 1)) ?? ''
  return `${Math.round((bytes / (factors[unit] ?? 1)) * 10) / 10}${unit}`
}

/** Cores: thousandths below one. */
export function coresText(cores: number): string {
  return Math.abs(cores) < 1 ? `${Math.round(cores * 1000)}m` : String(Math.round(cores * 10) / 10)
}
