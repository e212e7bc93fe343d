import {
  type Aggregate,
  type Binary,
  type Call,
  type Expression,
  isComparison,
  isSetOperator,
  type ValueType,
  typeWords,
} from './expression.ts'
import { badData, execution } from './query-error.ts'
import { aggregations, signatures } from './signatures.ts'

/** The same expression, whose parts are of the types that they must have (promql/parser/parse.go checkAST). */
export function checked(expression: Expression): Expression {
  typeOf(expression)
  return expression
}

/** What it is worth. Throws a QueryError where one of its parts does not fit. */
export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar'
    case 'text':
      return 'string'
    case 'selector':
      return expression.rangeMs === undefined ? 'vector' : 'matrix'
    case 'negative':
      return typeOfNegative(typeOf(expression.of))
    case 'call':
      return typeOfCall(expression)
    case 'aggregate':
      return typeOfAggregate(expression)
    case 'binary':
      return typeOfBinary(expression)
  }
}

function typeOfNegative(of: ValueType): ValueType {
  if (of === 'scalar' || of === 'vector') return of
  throw badData(
    `parse error: unary expression only allowed on expressions of type scalar or instant vector, got "${typeWords[of]}"`,
  )
}

function expectType(expression: Expression, wanted: ValueType, where: string): void {
  const found = typeOf(expression)
  if (found === wanted) return
  throw badData(`parse error: expected type ${typeWords[wanted]} in ${where}, got ${typeWords[found]}`)
}

function typeOfCall({ name, args }: Call): ValueType {
  const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined
  if (signature === undefined) throw execution(`function ${name} is not evaluated here`)
  const { takes, gives, optional = 0 } = signature
  if (args.length > takes.length || args.length < takes.length - optional) {
    throw badData(`parse error: expected ${takes.length} argument(s) in call to "${name}", got ${args.length}`)
  }
  for (const [index, each] of args.entries()) expectType(each, takes[index] ?? 'vector', `call to function "${name}"`)
  return gives
}

function typeOfAggregate({ operator, parameter, of }: Aggregate): ValueType {
  if (!Object.hasOwn(aggregations, operator)) throw execution(`aggregation ${operator} is not evaluated here`)
  const wanted = aggregations[operator]
  if ((wanted === undefined) !== (parameter === undefined)) {
    const [expected, got] = wanted === undefined ? [1, 2] : [2, 1]
    throw badData(
      `parse error: wrong number of arguments for aggregate expression provided, expected ${expected}, got ${got}`,
    )
  }
  if (wanted !== undefined && parameter !== undefined) expectType(parameter, wanted, 'aggregation parameter')
  expectType(of, 'vector', 'aggregation expression')
  return 'vector'
}

function typeOfBinary(binary: Binary): ValueType {
  const types = [typeOf(binary.left), typeOf(binary.right)]
  const scalars = types.filter((each) => each === 'scalar').length
  const [problem] = types.every((each) => each === 'scalar' || each === 'vector')
    ? problemsOf(binary, scalars)
    : ['binary expression must contain only scalar and instant vector types']
  if (problem !== undefined) throw badData(`parse error: ${problem}`)
  return scalars === 2 ? 'scalar' : 'vector'
}

/** What does not go together, where so many of the two sides are scalars. */
function problemsOf({ operator, bool, matching, grouping }: Binary, scalars: number): string[] {
  const [compares, joins] = [isComparison(operator), isSetOperator(operator)]
  const problems: readonly [boolean, string][] = [
    [bool && !compares, 'bool modifier can only be used on comparison operators'],
    [joins && scalars > 0, `set operator "${operator}" not allowed in binary scalar expression`],
    [compares && scalars === 2 && !bool, 'comparisons between scalars must use BOOL modifier'],
    [
      scalars > 0 && (matching.on || matching.labels.length > 0),
      'vector matching only allowed between instant vectors',
    ],
    [joins && grouping !== undefined, `no grouping allowed for "${operator}" operation`],
  ]
  const twice = (grouping?.include ?? []).filter((each) => matching.on && matching.labels.includes(each))
  const both = twice.map((label) => `label "${label}" must not occur in ON and GROUP clause at once`)
  return [...problems.flatMap(([holds, words]) => (holds ? [words] : [])), ...both]
}
