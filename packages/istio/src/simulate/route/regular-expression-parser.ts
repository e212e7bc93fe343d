import { classAt, escapeAt, folded, type Taken } from './regular-expression-class.ts'

/** What stands before and after a place; undefined at the ends of the text. */
export type Surroundings = { before: string | undefined; after: string | undefined }

export type Node =
  | { kind: 'char'; takes: Taken }
  | { kind: 'assert'; holds: (at: Surroundings) => boolean }
  | { kind: 'sequence'; nodes: readonly Node[] }
  | { kind: 'choice'; nodes: readonly Node[] }
  | { kind: 'repeat'; node: Node; min: number; max: number | undefined }

type Flags = { fold: boolean; dotAll: boolean; lines: boolean }

type Reader = { text: string; at: number }

/** An expression that RE2 knows, as a tree; whether it is one was asked before. */
export function parsed(expression: string): Node {
  const reader = { text: expression, at: 0 }
  return choice(reader, { fold: false, dotAll: false, lines: false })
}

/** Up to the end or to the parenthesis that closes it. Flags set inside hold to its end. */
function choice(reader: Reader, outer: Flags): Node {
  const flags = { ...outer }
  const branches: Node[][] = [[]]
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (reader.text[reader.at] === '|') {
      reader.at += 1
      branches.push([])
      continue
    }
    const node = repeated(reader, atom(reader, flags))
    branches.at(-1)?.push(node)
  }
  return { kind: 'choice', nodes: branches.map((nodes): Node => ({ kind: 'sequence', nodes })) }
}

const nothing: Node = { kind: 'sequence', nodes: [] }

function atom(reader: Reader, flags: Flags): Node {
  const char = String.fromCodePoint(reader.text.codePointAt(reader.at) ?? 0)
  switch (char) {
    case '(':
      return group(reader, flags)
    case '[': {
      const [takes, end] = classAt(reader.text, reader.at, flags.fold)
      reader.at = end
      return { kind: 'char', takes }
    }
    case '\\':
      return escaped(reader, flags)
    case '.':
      reader.at += 1
      return { kind: 'char', takes: flags.dotAll ? () => true : (each) => each !== '\n' }
    case '^':
      reader.at += 1
      return { kind: 'assert', holds: flags.lines ? lineStart : ({ before }) => before === undefined }
    case '$':
      reader.at += 1
      return { kind: 'assert', holds: flags.lines ? lineEnd : ({ after }) => after === undefined }
    default:
      reader.at += char.length
      return { kind: 'char', takes: folded(char, flags.fold) }
  }
}

const lineStart = ({ before }: Surroundings) => before === undefined || before === '\n'
const lineEnd = ({ after }: Surroundings) => after === undefined || after === '\n'
const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char)
const atBoundary = ({ before, after }: Surroundings) => isWord(before) !== isWord(after)

function escaped(reader: Reader, flags: Flags): Node {
  const kind = reader.text[reader.at + 1] ?? ''
  if (kind === 'Q') return quoted(reader, flags)
  const asserts: Record<string, (at: Surroundings) => boolean> = {
    A: ({ before }) => before === undefined,
    z: ({ after }) => after === undefined,
    b: atBoundary,
    B: (at) => !atBoundary(at),
  }
  const holds = Object.hasOwn(asserts, kind) ? asserts[kind] : undefined
  if (holds !== undefined) {
    reader.at += 2
    return { kind: 'assert', holds }
  }
  const [takes, end] = escapeAt(reader.text, reader.at, flags.fold)
  reader.at = end
  return { kind: 'char', takes }
}

/** `\Q…\E`: as it stands. */
function quoted(reader: Reader, flags: Flags): Node {
  const start = reader.at + 2
  const found = reader.text.indexOf('\\E', start)
  const end = found < 0 ? reader.text.length : found
  reader.at = found < 0 ? end : end + 2
  const chars = Array.from(reader.text.slice(start, end))
  return { kind: 'sequence', nodes: chars.map((each): Node => ({ kind: 'char', takes: folded(each, flags.fold) })) }
}

function group(reader: Reader, flags: Flags): Node {
  const rest = reader.text.slice(reader.at)
  const named = /^\(\?P?<\w+>/.exec(rest)
  const flagged = /^\(\?([imsU]*)(?:-([imsU]*))?([:)])/.exec(rest)
  const inner = flagged === null ? flags : { ...flags }
  if (flagged !== null) {
    set(inner, flagged[1] ?? '', true)
    set(inner, flagged[2] ?? '', false)
  }
  reader.at += named?.[0].length ?? flagged?.[0].length ?? 1
  if (flagged?.[3] === ')') {
    Object.assign(flags, inner)
    return nothing
  }
  const node = choice(reader, inner)
  reader.at += 1
  return node
}

function set(flags: Flags, letters: string, value: boolean): void {
  if (letters.includes('i')) flags.fold = value
  if (letters.includes('s')) flags.dotAll = value
  if (letters.includes('m')) flags.lines = value
}

/** Greedy or not is the same to a match of the whole. */
function repeated(reader: Reader, node: Node): Node {
  const rest = reader.text.slice(reader.at)
  const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(rest)
  if (found === null) return node
  reader.at += found[0].length
  const [, mark, low, comma, high] = found
  const bounds = mark === undefined ? numbered(low, comma, high) : marked(mark)
  return repeated(reader, { kind: 'repeat', node, ...bounds })
}

type Bounds = { min: number; max: number | undefined }

function marked(mark: string): Bounds {
  return { min: mark === '+' ? 1 : 0, max: mark === '?' ? 1 : undefined }
}

function numbered(low = '0', comma?: string, high = ''): Bounds {
  const min = Number(low)
  return { min, max: comma === undefined ? min : high === '' ? undefined : Number(high) }
}
