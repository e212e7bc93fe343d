type Labelled = readonly [labels: Readonly<Record<string, string>>, value: number]

/** One metric in Prometheus's text format; nothing where it has no series yet, as Go's client writes it. */
export function family(name: string, type: 'counter' | 'gauge', series: readonly Labelled[]): string[] {
  if (series.length === 0) return []
  return [`# TYPE ${name} ${type}`, ...series.map((each) => sample(name, each))]
}

type Observed = { bounds: readonly number[]; count: number; seconds: number }

/** So many observations of one length. */
export function histogram(name: string, { bounds, count, seconds }: Observed): string[] {
  if (count === 0) return []
  const within = bounds.map((le): Labelled => [{ le: String(le) }, seconds <= le ? count : 0])
  return [
    `# TYPE ${name} histogram`,
    ...[...within, [{ le: '+Inf' }, count] as const].map((each) => sample(`${name}_bucket`, each)),
    sample(`${name}_sum`, [{}, count * seconds]),
    sample(`${name}_count`, [{}, count]),
  ]
}

function sample(name: string, [labels, value]: Labelled): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`)
  return pairs.length === 0 ? `${name} ${value}` : `${name}{${pairs.join(',')}} ${value}`
}
