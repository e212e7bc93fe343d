import { aggregation } from './aggregate.ts'
import { calculation } from './arithmetic.ts'
import { matched, setOperation, withScalar } from './binary.ts'
import { typeOf } from './check.ts'
import { type Aggregate, type Binary, type Call, type Expression, isSetOperator } from './expression.ts'
import { quantilesOf } from './histogram.ts'
import { type Labels, metricName, withoutName } from './labels.ts'
import { replacement } from './label-replace.ts'
import type { Matcher } from './matcher.ts'
import { execution } from './query-error.ts'
import { keepsName, rangeFunctions } from './range-functions.ts'
import { instantVector, rangeVector, type Scope } from './select.ts'
import { distinct, distinctly, inOrder, type Matrix, type Scalar, type Valued, type Vector } from './value.ts'
import { valueFunctions } from './value-functions.ts'

const wrong = (expression: Expression, wanted: string): Error => execution(`${expression.kind} is no ${wanted}`)

/** An expression of type scalar, ready to be asked at any time of the scope. */
export function scalarOf(scope: Scope, expression: Expression): Scalar {
  switch (expression.kind) {
    case 'number':
      return () => expression.value
    case 'negative': {
      const of = scalarOf(scope, expression.of)
      return (at) => -of(at)
    }
    case 'binary': {
      const calculate = calculation(expression.operator, expression.bool)
      const [left, right] = [scalarOf(scope, expression.left), scalarOf(scope, expression.right)]
      return (at) => calculate(left(at), right(at)) ?? Number.NaN
    }
    case 'call':
      return scalarCall(scope, expression)
    default:
      throw wrong(expression, 'scalar')
  }
}

function scalarCall(scope: Scope, call: Call): Scalar {
  const [of] = call.args
  if (of === undefined) return (at) => at / 1_000
  const values = vectorOf(scope, of)
  return (at) => {
    const [only, ...more] = values(at)
    return only === undefined || more.length > 0 ? Number.NaN : only.v
  }
}

/** One of type instant vector. */
export function vectorOf(scope: Scope, expression: Expression): Vector {
  switch (expression.kind) {
    case 'selector':
      return instantVector(scope, expression)
    case 'negative': {
      const of = vectorOf(scope, expression.of)
      const named = distinctly(withoutName)
      return (at) => of(at).map(({ labels, v }) => ({ labels: named(labels), v: -v }))
    }
    case 'call':
      return vectorCall(scope, expression)
    case 'aggregate':
      return aggregated(scope, expression)
    case 'binary':
      return binaryVector(scope, expression)
    default:
      throw wrong(expression, 'instant vector')
  }
}

/** One of type range vector. */
export function matrixOf(scope: Scope, expression: Expression): Matrix {
  if (expression.kind === 'selector') return rangeVector(scope, expression)
  throw wrong(expression, 'range vector')
}

function aggregated(scope: Scope, aggregate: Aggregate): Vector {
  const of = vectorOf(scope, aggregate.of)
  const parameter = aggregate.parameter === undefined ? () => 0 : scalarOf(scope, aggregate.parameter)
  const combine = aggregation(aggregate)
  return (at) => combine(of(at), parameter(at))
}

function binaryVector(scope: Scope, binary: Binary): Vector {
  const { left, right, operator } = binary
  if (typeOf(left) === 'scalar') {
    const [scalar, values] = [scalarOf(scope, left), vectorOf(scope, right)]
    const combine = withScalar(binary, 'left')
    return (at) => combine(values(at), scalar(at))
  }
  if (typeOf(right) === 'scalar') {
    const [values, scalar] = [vectorOf(scope, left), scalarOf(scope, right)]
    const combine = withScalar(binary, 'right')
    return (at) => combine(values(at), scalar(at))
  }
  const [one, other] = [vectorOf(scope, left), vectorOf(scope, right)]
  const combine = isSetOperator(operator) ? setOperation(binary) : matched(binary)
  return (at) => combine(one(at), other(at))
}

function vectorCall(scope: Scope, call: Call): Vector {
  const overRange = rangeFunctions[call.name]
  if (overRange !== undefined) return overWindows(scope, call, overRange)
  const ofValue = valueFunctions[call.name]
  if (ofValue !== undefined) return overValues(scope, call, ofValue)
  return specialCall(scope, call)
}

const argument = ({ args }: Call, index: number): Expression => args[index] ?? { kind: 'number', value: Number.NaN }

function overWindows(scope: Scope, call: Call, overRange: (typeof rangeFunctions)[string]): Vector {
  const windows = matrixOf(scope, argument(call, 0))
  const named = keepsName(call.name) ? (labels: Labels) => labels : distinctly(withoutName)
  return (at) =>
    windows(at).flatMap((window): Valued[] => {
      const v = overRange(window)
      return v === undefined ? [] : [{ labels: named(window.labels), v }]
    })
}

function overValues(scope: Scope, call: Call, ofValue: (typeof valueFunctions)[string]): Vector {
  const [of, ...more] = call.args
  const values = vectorOf(scope, of ?? argument(call, 0))
  const scalars = more.map((each) => scalarOf(scope, each))
  return (at) => {
    const numbers = scalars.map((each) => each(at))
    if (isEmptyClamp(call, numbers)) return []
    return distinct(values(at).map(({ labels, v }) => ({ labels: withoutName(labels), v: ofValue(v, ...numbers) })))
  }
}

const isEmptyClamp = ({ name }: Call, [least = 0, most = 0]: readonly number[]): boolean =>
  name === 'clamp' && most < least

function specialCall(scope: Scope, call: Call): Vector {
  switch (call.name) {
    case 'histogram_quantile': {
      const [share, values] = [scalarOf(scope, argument(call, 0)), vectorOf(scope, argument(call, 1))]
      const quantiles = quantilesOf()
      return (at) => quantiles(share(at), values(at))
    }
    case 'vector': {
      const scalar = scalarOf(scope, argument(call, 0))
      const labels = {}
      return (at) => [{ labels, v: scalar(at) }]
    }
    case 'timestamp':
      return scrapeTimes(scope, argument(call, 0))
    case 'absent':
      return absent(scope, argument(call, 0))
    case 'label_replace':
      return relabelled(scope, call)
    default:
      return sorted(scope, call)
  }
}

/** When the values of a selector were scraped; those of anything else are of now. */
function scrapeTimes(scope: Scope, of: Expression): Vector {
  const values = vectorOf(scope, of)
  const time = (at: number, t = at): number => (of.kind === 'selector' ? t : at) / 1_000
  return (at) => distinct(values(at).map(({ labels, t }) => ({ labels: withoutName(labels), v: time(at, t) })))
}

function absent(scope: Scope, of: Expression): Vector {
  const values = vectorOf(scope, of)
  const labels = of.kind === 'selector' ? absentLabels(of.matchers) : {}
  return (at) => (values(at).length === 0 ? [{ labels, v: 1 }] : [])
}

/** What the selector wants equal to something, and says nothing else of afterwards (createLabelsForAbsentFunction). */
function absentLabels(matchers: readonly Matcher[]): Labels {
  const labels: Record<string, string> = {}
  const said = new Set<string>()
  for (const { label, operator, value } of matchers) {
    if (label === metricName) continue
    if (operator === '=' && !said.has(label)) {
      if (value !== '') labels[label] = value
      said.add(label)
    } else {
      delete labels[label]
    }
  }
  return labels
}

function relabelled(scope: Scope, call: Call): Vector {
  const values = vectorOf(scope, argument(call, 0))
  const replace = replacement(call.args.slice(1).map((each) => (each.kind === 'text' ? each.value : '')))
  return (at) => distinct(values(at).map((each) => ({ ...each, labels: replace(each.labels) })))
}

function sorted(scope: Scope, call: Call): Vector {
  const values = vectorOf(scope, argument(call, 0))
  const sign = call.name === 'sort_desc' ? -1 : 1
  return (at) => values(at).toSorted((one, other) => sign * inOrder(one.v, other.v))
}
