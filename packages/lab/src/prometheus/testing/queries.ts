import type { Random } from '../../agreement/random.ts'

/** Queries of the kinds that consoles ask, of the metrics of samples.ts. */
export function query(random: Random): string {
  return vector(random, 2 + random.below(2))
}

type List<Value> = readonly [Value, ...Value[]]
const aggregations: List<string> = ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar']
const labels: List<string> = ['app', 'code', 'pod', 'le', 'nothing']
const windows: List<string> = ['20s', '45s', '1m', '2m30s', '5m', '13m', '1h']
const overCounters: List<string> = ['rate', 'increase', 'irate', 'resets']
const overAnything: List<string> = [
  'delta',
  'idelta',
  'changes',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'last_over_time',
  'present_over_time',
]
const ofValues: List<string> = [
  'abs',
  'ceil',
  'floor',
  'sqrt',
  'ln',
  'log2',
  'log10',
  'exp',
  'sgn',
  'round',
  'sort',
  'timestamp',
]
const arithmetic: List<string> = ['+', '-', '*', '/', '%']
const comparison: List<string> = ['>', '<', '>=', '<=', '!=', '==']
const sets: List<string> = ['and', 'or', 'unless']

const matchers: List<string> = [
  'app="web"',
  'app!="db"',
  'app=~"web|cart"',
  'app=~"c.*"',
  'app=~"(we|d)b?"',
  'pod!~"a|z"',
  'code=~"5..|0"',
  'code!~"[45].+"',
  'nothing=""',
  'app=~".+"',
  'code="200"',
]

function selector(random: Random, name: string): string {
  const count = random.below(3)
  const chosen = Array.from({ length: count }, () => random.pick(matchers))
  return count === 0 ? name : `${name}{${chosen.join(',')}}`
}

const offset = (random: Random): string => random.pick(['', '', '', ' offset 1m', ' offset 7m', ' offset -30s'])

function metric(random: Random): string {
  return random.pick(['requests_total', 'requests_total', 'memory_bytes', 'limit', 'latency_bucket'])
}

function overTime(random: Random): string {
  const window = random.pick(windows)
  const [call, name] = random.chance(0.6)
    ? [random.pick(overCounters), random.pick(['requests_total', 'latency_bucket'])]
    : [random.pick(overAnything), metric(random)]
  return `${call}(${selector(random, name)}[${window}]${offset(random)})`
}

function grouping(random: Random): string {
  const chosen = [...new Set(Array.from({ length: random.below(3) }, () => random.pick(labels)))].join(', ')
  return random.pick([`by (${chosen})`, `by (${chosen})`, `without (${chosen})`, ''])
}

function aggregation(random: Random, depth: number): string {
  const of = vector(random, depth - 1)
  if (random.chance(0.1)) return `quantile ${grouping(random)} (0.${random.below(10)}, ${of})`
  return `${random.pick(aggregations)} ${grouping(random)} (${of})`
}

/** Of values no two of which are the same. */
function ranked(random: Random): string {
  return `${random.pick(['topk', 'bottomk'])} ${grouping(random)} (${1 + random.below(4)}, memory_bytes)`
}

function quantile(random: Random): string {
  const of = `rate(${selector(random, 'latency_bucket')}[${random.pick(windows)}])`
  const buckets = random.chance(0.5) ? of : `sum by (le${random.pick(['', ', app'])}) (${of})`
  return `histogram_quantile(${random.pick(['0.5', '0.9', '0.99', '0', '1', '1.5', '-1'])}, ${buckets})`
}

function scalar(random: Random): string {
  return random.pick(['2', '0.5', '-3', '1e3', '60', 'time()', 'scalar(limit{app="web"})', '0', '7 % 4', '1 > bool 2'])
}

function matching(random: Random): string {
  return random.pick(['', 'on (app) ', 'on (app, pod) ', 'ignoring (code) ', 'ignoring (code, pod) ', 'on () '])
}

function joined(random: Random, depth: number): string {
  const [left, right] = [vector(random, depth - 1), vector(random, depth - 1)]
  const kind = random.below(4)
  if (kind === 0) return `(${left}) ${random.pick(sets)} ${matching(random)}(${right})`
  if (kind === 1) {
    const side = random.pick(['group_left () ', 'group_right () ', 'group_left (app) '])
    return `(${left}) ${random.pick(arithmetic)} on (app) ${side}(${right})`
  }
  return `(${left}) ${random.pick(arithmetic)} ${matching(random)}(${right})`
}

/** Thresholds that no value has: what is equal to the last digit is a matter of who adds up in which order. */
function compared(random: Random, depth: number): string {
  const bool = random.pick(['', 'bool '])
  const threshold = random.pick(['0.123', '3.217', '51.03', '1234.5'])
  const of = vector(random, depth - 1)
  return random.chance(0.7)
    ? `(${of}) ${random.pick(comparison)} ${bool}${threshold}`
    : `${threshold} ${random.pick(comparison)} ${bool}(${of})`
}

function computed(random: Random, depth: number): string {
  const of = vector(random, depth - 1)
  const kind = random.below(6)
  if (kind === 0) return `(${of}) ${random.pick(arithmetic)} ${scalar(random)}`
  if (kind === 1) return `${scalar(random)} ${random.pick(arithmetic)} (${of})`
  if (kind === 2) return `-(${of})`
  if (kind === 3) return `clamp${random.pick(['(', '_min('])}${of}, 20${random.pick(['', ', 90'])})`
  if (kind === 4) return `label_replace(${of}, "${random.pick(['app', 'part'])}", "<$1>", "app", "(w.*|c)[a-z]+")`
  return `${random.pick(ofValues)}(${of})`
}

function vector(random: Random, depth: number): string {
  if (depth <= 0) return random.chance(0.6) ? overTime(random) : selector(random, metric(random)) + offset(random)
  const made: List<() => string> = [
    () => aggregation(random, depth),
    () => aggregation(random, depth),
    () => joined(random, depth),
    () => compared(random, depth),
    () => computed(random, depth),
    () => ranked(random),
    () => quantile(random),
    () => overTime(random),
    () => `absent(${selector(random, metric(random))})`,
    () => `vector(${scalar(random)})`,
  ]
  return random.pick(made)()
}

/**
 * The same with a character left out, twice or moved: most of them are no queries any more. Prometheus takes `1.` for a number;
 * its grammar for lezer does not.
 */
export function misspelt(random: Random, text: string): string {
  const at = random.below(text.length)
  const [before, char, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)]
  const made = random.pick([before + after, before + char + char + after, before + after + char])
  return /\d\.(?!\d)/.test(made) ? `${text} )` : made
}
