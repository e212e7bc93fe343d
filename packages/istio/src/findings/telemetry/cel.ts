import { type Token, tokensOf } from './cel-tokens.ts'

/** An expression in CEL as far as filters are judged by it: what it asks of what. */
export type Node =
  | { kind: 'path'; path: string; from: number; to: number }
  | { kind: 'text' | 'number'; text: string; from: number; to: number }
  | { kind: 'and'; parts: readonly Node[] }
  | { kind: 'relation'; sign: string; left: Node; right: Node }
  /** Anything else, with what is in it, and the names that hold in there only. */
  | { kind: 'other'; parts: readonly Node[]; locals: readonly string[] }

/** The expression read; undefined where it is none (cel-spec, syntax). */
export function parseCel(source: string): Node | undefined {
  const tokens = tokensOf(source)
  if (tokens === undefined) return undefined
  const reader = readerOf(tokens)
  const node = expression(reader)
  return node !== undefined && reader.here().kind === 'end' ? node : undefined
}

type Reader = {
  here(): Token
  take(): Token
  /** Whether one of these signs is next; it is taken then. */
  sign(...signs: string[]): string | undefined
}

function readerOf(tokens: readonly Token[]): Reader {
  let at = 0
  const here = (): Token => tokens[at] ?? { kind: 'end', text: '', from: 0, to: 0 }
  return {
    here,
    take() {
      const token = here()
      at += 1
      return token
    },
    sign(...signs) {
      const { kind, text } = here()
      const isOne = (kind === 'sign' || text === 'in') && signs.includes(text)
      if (!isOne) return undefined
      at += 1
      return text
    },
  }
}

const other = (parts: readonly Node[], locals: readonly string[] = []): Node => ({ kind: 'other', parts, locals })

function expression(reader: Reader): Node | undefined {
  const condition = disjunction(reader)
  if (condition === undefined || reader.sign('?') === undefined) return condition
  const yes = disjunction(reader)
  if (yes === undefined || reader.sign(':') === undefined) return undefined
  const no = expression(reader)
  return no === undefined ? undefined : other([condition, yes, no])
}

function disjunction(reader: Reader): Node | undefined {
  return joined(reader, conjunction, { signs: ['||'], join: (parts) => other(parts) })
}

function conjunction(reader: Reader): Node | undefined {
  return joined(reader, relation, { signs: ['&&'], join: (parts) => ({ kind: 'and', parts }) })
}

type Joining = { signs: string[]; join: (parts: readonly Node[]) => Node }

function joined(
  reader: Reader,
  part: (reader: Reader) => Node | undefined,
  { signs, join }: Joining,
): Node | undefined {
  const parts: Node[] = []
  do {
    const node = part(reader)
    if (node === undefined) return undefined
    parts.push(node)
  } while (reader.sign(...signs) !== undefined)
  const [only, ...more] = parts
  return more.length === 0 ? only : join(parts)
}

function relation(reader: Reader): Node | undefined {
  let left = sum(reader)
  while (left !== undefined) {
    const sign = reader.sign('<', '<=', '>=', '>', '==', '!=', 'in')
    if (sign === undefined) return left
    const right = sum(reader)
    left = right === undefined ? undefined : { kind: 'relation', sign, left, right }
  }
  return undefined
}

function sum(reader: Reader): Node | undefined {
  return joined(reader, product, { signs: ['+', '-'], join: (parts) => other(parts) })
}

function product(reader: Reader): Node | undefined {
  return joined(reader, unary, { signs: ['*', '/', '%'], join: (parts) => other(parts) })
}

function unary(reader: Reader): Node | undefined {
  const sign = reader.sign('!', '-')
  if (sign === undefined) return member(reader)
  let more = reader.sign(sign)
  while (more !== undefined) more = reader.sign(sign)
  const node = member(reader)
  return node === undefined ? undefined : other([node])
}

function member(reader: Reader): Node | undefined {
  let node = primary(reader)
  while (node !== undefined) {
    const sign = reader.sign('.', '[', ...(node.kind === 'path' ? ['{'] : []))
    if (sign === undefined) return node
    node = sign === '.' ? field(reader, node) : sign === '[' ? index(reader, node) : collected(mapped(reader))
  }
  return undefined
}

function field(reader: Reader, of: Node): Node | undefined {
  reader.sign('?')
  const name = reader.take()
  if (name.kind !== 'name') return undefined
  if (reader.sign('(') !== undefined) {
    const values = listed(reader, ')')
    return values === undefined ? undefined : other([of, ...values], localsOf(name.text, values))
  }
  return of.kind === 'path' ? { ...of, path: `${of.path}.${name.text}`, to: name.to } : other([of])
}

/** `xs.exists(x, …)` and the like bind the name that comes first. */
function localsOf(called: string, [first]: readonly Node[]): string[] {
  const binds = ['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter', 'transformList', 'transformMap']
  return binds.includes(called) && first?.kind === 'path' ? [first.path] : []
}

function index(reader: Reader, of: Node): Node | undefined {
  reader.sign('?')
  const at = expression(reader)
  return at === undefined || reader.sign(']') === undefined ? undefined : other([of, at])
}

function primary(reader: Reader): Node | undefined {
  if (reader.sign('(') !== undefined) {
    const node = expression(reader)
    return node === undefined || reader.sign(')') === undefined ? undefined : node
  }
  if (reader.sign('[') !== undefined) return collected(listed(reader, ']'))
  if (reader.sign('{') !== undefined) return collected(mapped(reader))
  reader.sign('.')
  return word(reader)
}

/** A literal, a name, or a call of a function. */
function word(reader: Reader): Node | undefined {
  const { kind, text, from, to } = reader.take()
  if (kind === 'text' || kind === 'number') return { kind, text, from, to }
  if (kind !== 'name' || text === 'in') return undefined
  if (reader.sign('(') !== undefined) return collected(listed(reader, ')'))
  return ['true', 'false', 'null'].includes(text) ? other([]) : { kind: 'path', path: text, from, to }
}

function collected(parts: readonly Node[] | undefined): Node | undefined {
  return parts === undefined ? undefined : other(parts)
}

/** Up to a closing sign, with commas between; one may be left behind the last. */
function listed(reader: Reader, end: string): Node[] | undefined {
  const nodes: Node[] = []
  while (reader.sign(end) === undefined) {
    reader.sign('?')
    const node = expression(reader)
    if (node === undefined) return undefined
    nodes.push(node)
    if (reader.sign(',') === undefined) return reader.sign(end) === undefined ? undefined : nodes
  }
  return nodes
}

function mapped(reader: Reader): Node[] | undefined {
  const nodes: Node[] = []
  while (reader.sign('}') === undefined) {
    const key = expression(reader)
    const value = key === undefined || reader.sign(':') === undefined ? undefined : expression(reader)
    if (key === undefined || value === undefined) return undefined
    nodes.push(key, value)
    if (reader.sign(',') === undefined) return reader.sign('}') === undefined ? undefined : nodes
  }
  return nodes
}
