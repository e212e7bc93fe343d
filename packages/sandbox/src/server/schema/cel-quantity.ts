import type { Environment } from '@marcbachmann/cel-js'

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d+))?$/

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const binarySteps = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Digits after the point that are kept: no quantity is finer than a nano. */
const digits = 9

/** An amount as Kubernetes writes it: 500m, 2Gi, 1e3. Source: apimachinery pkg/api/resource quantity.go. */
class Quantity {
  /** In thousand-millionths. */
  readonly nanos: bigint

  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

function parsed(text: string): Quantity | undefined {
  const found = form.exec(text)
  if (found === null) return undefined
  const [, sign, whole = '', fraction = '', binary, decimal, exponent] = found
  if (`${whole}${fraction}` === '') return undefined
  const power = (decimal === undefined ? 0 : (decimalExponents[decimal] ?? 0)) + Number(exponent ?? 0)
  const shift = digits + power - fraction.length
  const value =
    BigInt(`${whole}${fraction}`) * (binary === undefined ? 1n : 1024n ** BigInt(binarySteps.indexOf(binary) + 1))
  const nanos = shift >= 0 ? value * 10n ** BigInt(shift) : value / 10n ** BigInt(-shift)
  return new Quantity(sign === '-' ? -nanos : nanos)
}

const one = 10n ** BigInt(digits)

const compare = (a: Quantity, b: Quantity): bigint => (a.nanos < b.nanos ? -1n : a.nanos > b.nanos ? 1n : 0n)

/** Source: apiserver pkg/cel/library/quantity.go v0.36. */
export function quantities(environment: Environment): void {
  environment
    .registerType('Quantity', Quantity)
    .registerFunction('isQuantity(string): bool', (text: string) => parsed(text) !== undefined)
    .registerFunction('quantity(string): Quantity', (text: string) => {
      const quantity = parsed(text)
      if (quantity === undefined) throw new Error(`quantities must match the regular expression '${form.source}'`)
      return quantity
    })
    .registerFunction('Quantity.compareTo(Quantity): int', compare)
    .registerFunction('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => compare(a, b) < 0n)
    .registerFunction('Quantity.isGreaterThan(Quantity): bool', (a: Quantity, b: Quantity) => compare(a, b) > 0n)
    .registerFunction('Quantity.sign(): int', ({ nanos }: Quantity) => (nanos < 0n ? -1n : nanos > 0n ? 1n : 0n))
    .registerFunction('Quantity.isInteger(): bool', ({ nanos }: Quantity) => nanos % one === 0n)
    .registerFunction('Quantity.asInteger(): int', ({ nanos }: Quantity) => nanos / one)
    .registerFunction('Quantity.asApproximateFloat(): double', ({ nanos }: Quantity) => Number(nanos) / Number(one))
    .registerFunction('Quantity.add(Quantity): Quantity', (a: Quantity, b: Quantity) => new Quantity(a.nanos + b.nanos))
    .registerFunction('Quantity.sub(Quantity): Quantity', (a: Quantity, b: Quantity) => new Quantity(a.nanos - b.nanos))
}
