import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { checked } from './check.ts'
import type { Aggregate, Binary, Expression, Grouping, Matching, Operator, Selector } from './expression.ts'
import { metricName } from './labels.ts'
import { durationMs, numberOf, unquoted } from './literals.ts'
import { createMatcher, type Matcher, type MatchOperator } from './matcher.ts'
import { badData, execution } from './query-error.ts'

/** A query as a tree whose types fit. Throws a QueryError: bad_data for what is no PromQL, execution for what is not known here. */
export function parse(query: string): Expression {
  const tree = parser.parse(query)
  const cursor = tree.cursor()
  do if (cursor.type.isError) throw syntaxError(query, cursor.from, cursor.to)
  while (cursor.next())
  const [only] = childrenOf(tree.topNode)
  if (only === undefined) throw badData('unknown position: parse error: no expression found in input')
  return checked(expression({ query, node: only }))
}

function syntaxError(query: string, from: number, to: number): Error {
  const before = query.slice(0, from).split('\n')
  const found = query.slice(from, Math.max(to, from + 1))
  const what = found.trim() === '' ? 'unexpected end of input' : `unexpected ${JSON.stringify(found)}`
  return badData(`${before.length}:${(before.at(-1)?.length ?? 0) + 1}: parse error: ${what}`)
}

/** A place in a query. */
type Place = { query: string; node: SyntaxNode }

const textOf = ({ query, node }: Place): string => query.slice(node.from, node.to)

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let each = node.firstChild; each !== null; each = each.nextSibling) {
    if (each.name !== 'LineComment') found.push(each)
  }
  return found
}

const child = ({ query, node }: Place, name: string): Place | undefined => {
  const found = node.getChild(name)
  return found === null ? undefined : { query, node: found }
}

/** What stands at an index among the parts of a place. */
function part({ query, node }: Place, index: number): Place {
  const found = childrenOf(node).at(index)
  if (found === undefined) throw badData('parse error: unexpected end of input')
  return { query, node: found }
}

function expression(place: Place): Expression {
  switch (place.node.name) {
    case 'NumberDurationLiteral':
      return { kind: 'number', value: numberOf(textOf(place)) }
    case 'StringLiteral':
      return { kind: 'text', value: unquoted(textOf(place)) }
    case 'ParenExpr':
      return expression(part(place, 0))
    case 'UnaryExpr':
      return unary(place)
    case 'VectorSelector':
      return selector(place)
    case 'MatrixSelector':
      return { ...selector(part(place, 0)), rangeMs: positiveMs(textOf(part(place, 1))) }
    case 'OffsetExpr':
      return offset(place)
    case 'FunctionCall':
      return call(place)
    case 'AggregateExpr':
      return aggregate(place)
    case 'BinaryExpr':
      return binary(place)
    default:
      throw execution(`${place.node.name} is not evaluated here: ${textOf(place)}`)
  }
}

function unary(place: Place): Expression {
  const of = expression(part(place, 1))
  if (textOf(part(place, 0)) === '+') return of
  return of.kind === 'number' ? { kind: 'number', value: -of.value } : { kind: 'negative', of }
}

function positiveMs(text: string): number {
  const ms = durationMs(text)
  if (ms === undefined || ms === 0) throw badData(`parse error: not a valid duration string: ${JSON.stringify(text)}`)
  return ms
}

function offset(place: Place): Expression {
  const of = expression(part(place, 0))
  if (of.kind !== 'selector') {
    throw badData(
      'parse error: offset modifier must be preceded by an instant vector selector or range vector selector',
    )
  }
  const text = textOf(part(place, -1)).trim()
  const ms = positiveMs(text.replace(/^-\s*/, ''))
  return { ...of, offsetMs: text.startsWith('-') ? -ms : ms }
}

function selector(place: Place): Selector {
  if (place.node.name !== 'VectorSelector') {
    throw badData('parse error: ranges only allowed for vector selectors')
  }
  const name = child(place, 'Identifier')
  const named = name === undefined ? [] : [createMatcher(metricName, '=', textOf(name))]
  const list = child(place, 'LabelMatchers')
  const listed = list === undefined ? [] : childrenOf(list.node).map((node) => matcher({ query: place.query, node }))
  const matchers = [...named, ...listed]
  if (matchers.every(({ fits }) => fits(''))) {
    throw badData('parse error: vector selector must contain at least one non-empty matcher')
  }
  return { kind: 'selector', matchers, offsetMs: 0 }
}

function matcher(place: Place): Matcher {
  if (place.node.name !== 'UnquotedLabelMatcher') throw execution('quoted label names are not evaluated here')
  const operator = operators.find((each) => each === textOf(part(place, 1))) ?? '='
  return createMatcher(textOf(part(place, 0)), operator, unquoted(textOf(part(place, 2))))
}

const operators: readonly MatchOperator[] = ['=', '!=', '=~', '!~']

function argumentsOf(place: Place): Expression[] {
  const body = child(place, 'FunctionCallBody')
  return body === undefined ? [] : childrenOf(body.node).map((node) => expression({ query: place.query, node }))
}

function call(place: Place): Expression {
  return { kind: 'call', name: textOf(part(place, 0)), args: argumentsOf(place) }
}

function labelsIn(place: Place | undefined): string[] {
  const list = place === undefined ? undefined : child(place, 'GroupingLabels')
  return list === undefined ? [] : labelNames(list)
}

const labelNames = ({ query, node }: Place): string[] => childrenOf(node).map((each) => query.slice(each.from, each.to))

function aggregate(place: Place): Aggregate {
  const args = argumentsOf(place)
  const of = args.pop()
  const modifier = child(place, 'AggregateModifier')
  if (of === undefined) throw badData('parse error: no arguments for aggregate expression provided')
  if (args.length > 1) throw badData(`parse error: wrong number of arguments for aggregate expression provided`)
  const [parameter] = args
  return {
    kind: 'aggregate',
    operator: textOf(part(place, 0)).toLowerCase(),
    without: modifier?.node.getChild('Without') !== null && modifier !== undefined,
    labels: labelsIn(modifier),
    of,
    ...(parameter === undefined ? {} : { parameter }),
  }
}

const binaryOperators: Readonly<Record<string, Operator>> = {
  Add: '+',
  Sub: '-',
  Mul: '*',
  Div: '/',
  Mod: '%',
  Pow: '^',
  Atan2: 'atan2',
  Eql: '==',
  Neq: '!=',
  Gtr: '>',
  Lss: '<',
  Gte: '>=',
  Lte: '<=',
  And: 'and',
  Or: 'or',
  Unless: 'unless',
}

function binary(place: Place): Binary {
  const parts = childrenOf(place.node)
  const operator = binaryOperators[parts[1]?.name ?? '']
  if (operator === undefined) throw execution(`${parts[1]?.name} is not evaluated here: ${textOf(place)}`)
  if (child(place, 'FillModifier') !== undefined) throw execution('fill modifiers are not evaluated here')
  const clause = child(place, 'MatchingModifierClause')
  const grouping = clause === undefined ? undefined : groupingOf(clause)
  return {
    kind: 'binary',
    operator,
    left: expression(part(place, 0)),
    right: expression(part(place, -1)),
    bool: child(place, 'BoolModifier') !== undefined,
    matching: clause === undefined ? { on: false, labels: [] } : matchingOf(clause),
    ...(grouping === undefined ? {} : { grouping }),
  }
}

function matchingOf(clause: Place): Matching {
  return { on: clause.node.getChild('On') !== null, labels: labelsIn(clause) }
}

function groupingOf(clause: Place): Grouping | undefined {
  const many =
    clause.node.getChild('GroupLeft') !== null
      ? 'left'
      : clause.node.getChild('GroupRight') !== null
        ? 'right'
        : undefined
  if (many === undefined) return undefined
  const [, include] = clause.node.getChildren('GroupingLabels')
  return { many, include: include === undefined ? [] : labelNames({ query: clause.query, node: include }) }
}
