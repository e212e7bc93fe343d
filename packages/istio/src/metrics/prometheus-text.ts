/** One number of an exposition. */
export type Sample = { name: string; labels: Readonly<Record<string, string>>; value: number }

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?[ \t]*$/
const label = /[ \t]*([a-zA-Z_]\w*)[ \t]*=[ \t]*"((?:[^"\\]|\\.)*)"[ \t]*(?:,|$)/y
const escapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' }
const special: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Inf': Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
}

/**
 * The samples of the metrics that are wanted; undefined where the text is no exposition. Times are left out.
 * Source: prometheus/docs exposition_formats, text format 0.0.4.
 */
export function readPrometheusText(text: string, isWanted: (name: string) => boolean): Sample[] | undefined {
  const samples: Sample[] = []
  for (const each of text.split('\n')) {
    if (each.startsWith('#') || each.trim() === '') continue
    const sample = sampleOf(each.trimStart())
    if (sample === undefined) return undefined
    if (isWanted(sample.name)) samples.push(sample)
  }
  return samples
}

function sampleOf(text: string): Sample | undefined {
  const [, name, labels = '', number = ''] = line.exec(text) ?? []
  const [value, named] = [numberOf(number), labelsOf(labels)]
  return name === undefined || value === undefined || named === undefined ? undefined : { name, labels: named, value }
}

function numberOf(text: string): number | undefined {
  if (Object.hasOwn(special, text)) return special[text]
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

function labelsOf(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {}
  label.lastIndex = 0
  while (text.slice(label.lastIndex).trim() !== '') {
    const [, name, value] = label.exec(text) ?? []
    if (name === undefined || value === undefined) return undefined
    labels[name] = value.replace(/\\./g, (escape) => escapes[escape] ?? escape)
  }
  return labels
}
