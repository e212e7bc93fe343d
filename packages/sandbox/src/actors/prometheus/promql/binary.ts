import { calculation } from './arithmetic.ts'
import { type Binary, isComparison } from './expression.ts'
import { keeping, keyOf, type Labels, metricName, textOf, without, withoutName } from './labels.ts'
import { execution } from './query-error.ts'
import type { Valued } from './value.ts'

type Joined = (left: Valued[], right: Valued[]) => Valued[]

/** A name does not fit what was worked out of the value it named. */
const dropsName = ({ operator, bool }: Binary): boolean => bool || !isComparison(operator)

/** A vector with a scalar on one of its sides. */
export function withScalar(binary: Binary, scalarOn: 'left' | 'right'): (values: Valued[], scalar: number) => Valued[] {
  const calculate = calculation(binary.operator, binary.bool)
  const named = dropsName(binary) ? withoutName : (labels: Labels) => labels
  const keepsValue = isComparison(binary.operator) && !binary.bool
  return (values, scalar) =>
    values.flatMap(({ labels, v }): Valued[] => {
      const result = scalarOn === 'left' ? calculate(scalar, v) : calculate(v, scalar)
      return result === undefined ? [] : [{ labels: named(labels), v: keepsValue ? v : result }]
    })
}

/** Labels by which two sides are matched. */
function signature({ matching: { on, labels } }: Binary): (labels: Labels) => string {
  const common = on ? keeping(labels) : without([...labels, metricName])
  return (each) => keyOf(common(each))
}

/** `and`, `or`, `unless`. */
export function setOperation(binary: Binary): Joined {
  const sign = signature(binary)
  const signs = (values: readonly Valued[]): Set<string> => new Set(values.map(({ labels }) => sign(labels)))
  switch (binary.operator) {
    case 'or':
      return (left, right) => {
        const there = signs(left)
        return [...left, ...right.filter(({ labels }) => !there.has(sign(labels)))]
      }
    case 'unless':
      return (left, right) => {
        const there = signs(right)
        return left.filter(({ labels }) => !there.has(sign(labels)))
      }
    default:
      return (left, right) => {
        const there = signs(right)
        return left.filter(({ labels }) => there.has(sign(labels)))
      }
  }
}

/** Two vectors, value by value (promql/engine.go VectorBinop). */
export function matched(binary: Binary): Joined {
  const { operator, bool, grouping } = binary
  const sign = signature(binary)
  const calculate = calculation(operator, bool)
  const swapped = grouping?.many === 'right'
  const labelsOf = resultLabels(binary)
  return (left, right) => {
    if (left.length === 0 || right.length === 0) return []
    const [many, one] = swapped ? [right, left] : [left, right]
    const bySign = uniquely(one, sign, swapped ? 'left' : 'right')
    const taken = new Set<string>()
    return many.flatMap((each): Valued[] => {
      const key = sign(each.labels)
      const other = bySign.get(key)
      if (other === undefined) return []
      const v = swapped ? calculate(other.v, each.v) : calculate(each.v, other.v)
      if (v === undefined) return []
      const labels = labelsOf(each.labels, other.labels)
      claim(taken, grouping === undefined ? key : keyOf(labels), grouping !== undefined)
      return [{ labels, v }]
    })
  }
}

function claim(taken: Set<string>, key: string, grouped: boolean): void {
  if (taken.has(key)) {
    throw execution(
      `multiple matches for labels: ${grouped ? 'grouping labels must ensure unique matches' : 'many-to-one matching must be explicit (group_left/group_right)'}`,
    )
  }
  taken.add(key)
}

function uniquely(values: readonly Valued[], sign: (labels: Labels) => string, side: string): Map<string, Valued> {
  const found = new Map<string, Valued>()
  for (const each of values) {
    const key = sign(each.labels)
    const twin = found.get(key)
    if (twin !== undefined) {
      throw execution(
        `found duplicate series for the match group on the ${side} hand-side of the operation: [${textOf(each.labels)}, ${textOf(twin.labels)}];many-to-many matching not allowed: matching labels must be unique on one side`,
      )
    }
    found.set(key, each)
  }
  return found
}

function resultLabels(binary: Binary): (many: Labels, one: Labels) => Labels {
  const { matching, grouping } = binary
  const named = dropsName(binary) ? withoutName : (labels: Labels) => labels
  if (grouping === undefined) {
    const left = matching.on ? keeping(matching.labels) : without(matching.labels)
    return (many) => left(named(many))
  }
  return (many, one) => {
    const labels: Record<string, string> = { ...named(many) }
    for (const each of grouping.include) {
      const value = one[each]
      if (value === undefined) delete labels[each]
      else labels[each] = value
    }
    return labels
  }
}
