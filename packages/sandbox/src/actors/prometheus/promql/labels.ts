/** Labels of a series; those that are empty are absent. Never changed once made: what is worked out of them is kept. */
export type Labels = Readonly<Record<string, string>>

export const metricName = '__name__'

const keys = new WeakMap<Labels, string>()

/** Equal for equal labels alone. */
export function keyOf(labels: Labels): string {
  const known = keys.get(labels)
  if (known !== undefined) return known
  const key = JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  keys.set(labels, key)
  return key
}

/** As Prometheus writes a metric in messages. */
export function textOf(labels: Labels): string {
  const { [metricName]: name = '', ...rest } = labels
  const pairs = Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `${name}{${pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(', ')}}`
}

type Change = (labels: Labels) => Labels

/** A change of labels that is worked out once for each of them. */
export function remembering(change: Change): Change {
  const known = new WeakMap<Labels, Labels>()
  return (labels) => {
    const found = known.get(labels) ?? change(labels)
    known.set(labels, found)
    return found
  }
}

const filtered = (keeps: (label: string) => boolean): Change =>
  remembering((labels) => Object.fromEntries(Object.entries(labels).filter(([label]) => keeps(label))))

export const keeping = (names: readonly string[]): Change => filtered((label) => names.includes(label))

export const without = (names: readonly string[]): Change => filtered((label) => !names.includes(label))

export const withoutName: Change = without([metricName])
