import type { ArithmeticOperator, ComparisonOperator, Operator } from './expression.ts'

const arithmetic: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  // In Go one to any power is one.
  '^': (left, right) => (left === 1 ? 1 : left ** right),
  atan2: Math.atan2,
}

const comparison: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
}

const isArithmetic = (operator: Operator): operator is ArithmeticOperator => Object.hasOwn(arithmetic, operator)
const isComparing = (operator: Operator): operator is ComparisonOperator => Object.hasOwn(comparison, operator)

/** What two numbers make: a comparison keeps the left one, or not; with `bool` it is 1 or 0. */
export function calculation(operator: Operator, bool: boolean): (left: number, right: number) => number | undefined {
  if (isArithmetic(operator)) return arithmetic[operator]
  const holds = isComparing(operator) ? comparison[operator] : () => false
  if (bool) return (left, right) => (holds(left, right) ? 1 : 0)
  return (left, right) => (holds(left, right) ? left : undefined)
}
