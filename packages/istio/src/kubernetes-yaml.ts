/**
 * Options of the library `yaml` by which a text says what it says to kubectl, istiod and Argo CD: YAML 1.2, but for words and
 * numbers as Go reads them (sigs.k8s.io/yaml v1.4 to v1.6, which read by go.yaml.in/yaml/v2, resolve.go): `on`, `yes` and `y`
 * are true, as values and as keys (which become `true`, in quotes); `010` is eight, `1_000` is a thousand, `<<` merges. What
 * no JSON can say, infinity and no number, is refused. Unlike in YAML 1.1 a lone `.` is text, and so is `1:30`.
 */
export const kubernetesYaml = {
  version: '1.2',
  schema: 'core',
  merge: true,
  customTags<Tag extends string | { tag: string }>(tags: Tag[]): (Tag | Own)[] {
    const replaced = new Set<string>([yes.tag, integer.tag, float.tag])
    return [
      ...tags.filter((each) => typeof each === 'string' || !replaced.has(each.tag)),
      yes,
      no,
      integer,
      float,
      unsaid,
    ]
  },
} as const

/** Options by which the library writes what those read as it was meant: text that they would take for a word or number is in quotes. */
export const kubernetesYamlText = { compat: 'yaml-1.1' } as const

const yes = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:[Yy]|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
  resolve: () => true,
} as const

const no = { ...yes, test: /^(?:[Nn]|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/, resolve: () => false } as const

const integer = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(?:0[bB][01_]+|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|[0-9][0-9_]*)$/,
  resolve: integerOf,
} as const

const float = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?(?:\.\d+|\d[\d_]*(?:\.[\d_]*)?)(?:[eE]_*[-+]?_*\d[\d_]*)?$/,
  resolve: floatOf,
} as const

const unsaid = {
  tag: float.tag,
  default: true,
  test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  resolve(text: string, onError: (message: string) => void): string {
    onError(`${text} is no value that JSON has`)
    return text
  },
} as const

type Own = typeof yes | typeof no | typeof integer | typeof float | typeof unsaid

/** As Go's strconv.ParseFloat; what is too large for it is text. */
function floatOf(text: string): number | string {
  const value = Number(text.replaceAll('_', ''))
  return Number.isFinite(value) ? value : text
}

/** As Go's strconv.ParseInt with base 0; what is no octal number, as `08`, it then reads as a decimal. */
function integerOf(text: string): number {
  const plain = text.replaceAll('_', '')
  const sign = plain.startsWith('-') ? -1 : 1
  const digits = plain.replace(/^[-+]/, '')
  return sign * Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
}
