/** A matcher of a selector. Regular expressions match whole values, as Prometheus anchors them. */
export type Matcher = { label: string; is: string } | { label: string; anyOf: readonly string[] } | PatternMatcher
type PatternMatcher = { label: string; matches: string } | { label: string; misses: string }

/** Whether a text can be a label's name in a query without quotes (prometheus docs, data_model). */
export function isLabelName(text: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text)
}

/** A text as a string of PromQL: its double quotes escape as Go's do, of which JSON's escapes are a part. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** A text that a regular expression of RE2 matches as it is (Go regexp.QuoteMeta). */
export function literal(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}

/** Series of one metric. A label that cannot be one is a mistake of the caller, and never part of a query. */
export function selector(metric: string, matchers: readonly Matcher[]): string {
  return matchers.length === 0 ? metric : `${metric}{${matchers.map(matcherText).join(',')}}`
}

function matcherText(matcher: Matcher): string {
  const label = labelText(matcher.label)
  if ('is' in matcher) return `${label}=${quoted(matcher.is)}`
  if ('anyOf' in matcher) return `${label}=~${quoted(matcher.anyOf.map(literal).join('|'))}`
  return 'matches' in matcher ? `${label}=~${quoted(matcher.matches)}` : `${label}!~${quoted(matcher.misses)}`
}

/** Per second over a window in whole seconds. Prometheus takes resets of counters for what they are. */
export function rate(series: string, seconds: number): string {
  return `rate(${series}[${Math.max(1, Math.round(seconds))}s])`
}

export function sumBy(labels: readonly string[], expression: string): string {
  return aggregated('sum', labels, expression)
}

export function maxBy(labels: readonly string[], expression: string): string {
  return aggregated('max', labels, expression)
}

function aggregated(how: 'sum' | 'max', labels: readonly string[], expression: string): string {
  return `${how} by (${labels.map(labelText).join(', ')}) (${expression})`
}

/** Gives every series of an expression a label, so that those of several stay apart in one vector. */
export function marked(expression: string, label: string, value: string): string {
  return `label_replace(${expression}, ${quoted(labelText(label))}, ${quoted(value)}, "", "")`
}

function labelText(label: string): string {
  if (!isLabelName(label)) throw new RangeError('not the name of a label')
  return label
}
