import type { Matcher } from './matcher.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2'
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<='
export type SetOperator = 'and' | 'or' | 'unless'
export type Operator = ArithmeticOperator | ComparisonOperator | SetOperator

export const isSetOperator = (operator: Operator): operator is SetOperator => /^(and|or|unless)$/.test(operator)
export const isComparison = (operator: Operator): operator is ComparisonOperator => /[=<>]/.test(operator)

/** Which labels two sides must have in common. */
export type Matching = { on: boolean; labels: readonly string[] }

/** The side with many that may fit one of the other, and labels of the other that it gets. */
export type Grouping = { many: 'left' | 'right'; include: readonly string[] }

export type Selector = {
  kind: 'selector'
  matchers: readonly Matcher[]
  offsetMs: number
  /** Of a range vector. */
  rangeMs?: number
}

export type Call = { kind: 'call'; name: string; args: readonly Expression[] }

export type Aggregate = {
  kind: 'aggregate'
  operator: string
  without: boolean
  labels: readonly string[]
  parameter?: Expression
  of: Expression
}

export type Binary = {
  kind: 'binary'
  operator: Operator
  left: Expression
  right: Expression
  bool: boolean
  matching: Matching
  grouping?: Grouping
}

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'negative'; of: Expression }
  | Selector
  | Call
  | Aggregate
  | Binary

/** What an expression is worth. */
export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string'

export const typeWords: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}
