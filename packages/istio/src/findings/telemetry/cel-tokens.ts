/** One piece of an expression in CEL, and where it begins and ends. */
export type Token = { kind: 'name' | 'number' | 'text' | 'sign' | 'end'; text: string; from: number; to: number }

const space = /(?:\s|\/\/[^\n]*(?:\n|$))+/y
const pieces: readonly [Token['kind'], RegExp][] = [
  // Of strings the raw ones first, and those of three quotes before those of one (cel-spec, lexis).
  ['text', /[bB]?[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/y],
  ['text', /[bB]?(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y],
  ['number', /(?:0x[0-9a-fA-F]+u?|\d*\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+u?)/iy],
  ['name', /[A-Za-z_]\w*|`[\w./ -]+`/y],
  ['sign', /&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}]/y],
]

/** Undefined where something is no piece of CEL. */
export function tokensOf(source: string): Token[] | undefined {
  const tokens: Token[] = []
  let at = skip(source, 0)
  while (at < source.length) {
    const token = next(source, at)
    if (token === undefined) return undefined
    tokens.push(token)
    at = skip(source, token.to)
  }
  return [...tokens, { kind: 'end', text: '', from: at, to: at }]
}

function skip(source: string, at: number): number {
  space.lastIndex = at
  return space.test(source) ? space.lastIndex : at
}

function next(source: string, from: number): Token | undefined {
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = from
    const [text] = pattern.exec(source) ?? []
    if (text !== undefined) return { kind, text, from, to: from + text.length }
  }
  return undefined
}
