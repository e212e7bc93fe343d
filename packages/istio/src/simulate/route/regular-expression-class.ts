/** Whether a character is taken. */
export type Taken = (char: string) => boolean

/** One character as it stands, or in either case. */
export function folded(char: string, fold: boolean): Taken {
  if (!fold) return (each) => each === char
  const low = char.toLowerCase()
  return (each) => each.toLowerCase() === low
}

const perl: Readonly<Record<string, RegExp>> = {
  d: /[0-9]/,
  D: /[^0-9]/,
  w: /\w/,
  W: /\W/,
  s: /[\t\n\f\r ]/,
  S: /[^\t\n\f\r ]/,
}

const posix: Readonly<Record<string, Pick<RegExp, 'test'>>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  ascii: { test: (char) => (char.codePointAt(0) ?? 0) <= 0x7f },
  blank: /[\t ]/,
  cntrl: { test: (char) => (char.codePointAt(0) ?? 0) < 0x20 || char === '\u007f' },
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /\w/,
  xdigit: /[0-9A-Fa-f]/,
}

const control: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** What an escape that begins here takes, and where it ends. */
export function escapeAt(text: string, start: number, fold: boolean): [Taken, number] {
  const kind = String.fromCodePoint(text.codePointAt(start + 1) ?? 0)
  const known = Object.hasOwn(perl, kind) ? perl[kind] : undefined
  if (known !== undefined) return [(each) => known.test(each), start + 2]
  if (kind === 'p' || kind === 'P') return propertyAt(text, start)
  const [char, end] = literalAt(text, start)
  return [folded(char, fold), end]
}

/** `\pL`, `\p{Greek}`, `\p{^Greek}`. */
function propertyAt(text: string, start: number): [Taken, number] {
  const found = /^\\([pP])(?:\{(\^?)([^}]*)\}|(.))/u.exec(text.slice(start))
  const name = found?.[3] ?? found?.[4] ?? ''
  const negated = (found?.[1] === 'P') !== (found?.[2] === '^')
  const end = start + (found?.[0].length ?? 2)
  const test = property(name)
  return [(each) => test(each) !== negated, end]
}

function property(name: string): Taken {
  if (name === 'Any') return () => true
  for (const form of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    try {
      const known = new RegExp(form, 'u')
      return (each) => known.test(each)
    } catch {
      continue
    }
  }
  return () => false
}

/** One character written with a backslash. */
function literalAt(text: string, start: number): [string, number] {
  const rest = text.slice(start)
  const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(rest)
  if (hex !== null) return [codePoint(Number.parseInt(hex[1] ?? hex[2] ?? '0', 16)), start + hex[0].length]
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)
  if (octal !== null) return [codePoint(Number.parseInt(octal[1] ?? '0', 8)), start + octal[0].length]
  const char = String.fromCodePoint(text.codePointAt(start + 1) ?? 0)
  return [(Object.hasOwn(control, char) ? control[char] : undefined) ?? char, start + 1 + char.length]
}

function codePoint(value: number): string {
  return value <= 0x10_ff_ff ? String.fromCodePoint(value) : ''
}

/** What a class in brackets that begins here takes, and where it ends. */
export function classAt(text: string, start: number, fold: boolean): [Taken, number] {
  let at = start + 1
  const negated = text[at] === '^'
  if (negated) at += 1
  const parts: Taken[] = []
  for (let first = true; at < text.length && (first || text[at] !== ']'); first = false) {
    const [part, end] = partAt(text, at, fold)
    parts.push(part)
    at = end
  }
  return [(each) => parts.some((part) => part(each)) !== negated, at + 1]
}

function partAt(text: string, at: number, fold: boolean): [Taken, number] {
  const named = /^\[:(\^?)(\w+):\]/.exec(text.slice(at))
  const known = named === null ? undefined : posix[named[2] ?? '']
  if (named !== null && known !== undefined) {
    const negated = named[1] === '^'
    return [(each) => known.test(each) !== negated, at + named[0].length]
  }
  if (text[at] === '\\' && /^\\[dDwWsSpP]/.test(text.slice(at))) return escapeAt(text, at, fold)
  const [low, end] = charAt(text, at)
  if (text[end] !== '-' || text[end + 1] === ']' || end + 1 >= text.length) return [folded(low, fold), end]
  const [high, after] = charAt(text, end + 1)
  return [within(low, high, fold), after]
}

function charAt(text: string, at: number): [string, number] {
  if (text[at] === '\\') return literalAt(text, at)
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return [char, at + char.length]
}

function within(low: string, high: string, fold: boolean): Taken {
  const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0]
  const inside = (char: string) => {
    const point = char.codePointAt(0) ?? -1
    return point >= from && point <= to
  }
  return fold ? (each) => inside(each) || inside(each.toLowerCase()) || inside(each.toUpperCase()) : inside
}
