import type { Point, Result } from './promql/query.ts'

/** What Go's `'f', -1` writes: digits alone, and `+Inf`. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  return plainDigits(String(value))
}

function plainDigits(text: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (found === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = ''] = found
  const [digits, at] = [whole + fraction, whole.length + Number(exponent)]
  return sign + (at <= 0 ? `0.${'0'.repeat(-at)}${digits}` : digits.padEnd(at, '0'))
}

const pair = ([t, v]: Point): [number, string] => [t / 1_000, numberText(v)]

/** `data` of an answer (prometheus.io/docs querying/api). */
export function dataOf(result: Result): object {
  switch (result.type) {
    case 'scalar':
      return { resultType: 'scalar', result: pair(result.point) }
    case 'string':
      return { resultType: 'string', result: [result.t / 1_000, result.text] }
    case 'vector':
      return {
        resultType: 'vector',
        result: result.values.map(({ labels, v }) => ({ metric: labels, value: pair([result.t, v]) })),
      }
    case 'matrix':
      return {
        resultType: 'matrix',
        result: result.lines.map(({ labels, points }) => ({ metric: labels, values: points.map(pair) })),
      }
  }
}
