/** What a function makes of each value of an instant vector, with the scalars that follow it. */
type OfValue = (value: number, ...scalars: number[]) => number

export const valueFunctions: Readonly<Record<string, OfValue>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  sgn: Math.sign,
  clamp: (value, least = Number.NaN, most = Number.NaN) => Math.max(least, Math.min(most, value)),
  clamp_min: (value, least = Number.NaN) => Math.max(least, value),
  clamp_max: (value, most = Number.NaN) => Math.min(most, value),
  /** Ties go up. */
  round: (value, nearest = 1) => Math.floor(value / nearest + 0.5) * nearest,
}
