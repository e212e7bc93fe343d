import { CST, Lexer, LineCounter, parseDocument } from 'yaml'

/** What a text of unknown origin turned out to be. Lines and columns count from 1; 0 when there is no place to name. */
export type BoundedYaml =
  | { ok: true; value: unknown }
  | { ok: false; problem: 'too_large'; bytes: number }
  | { ok: false; problem: 'too_complex' | 'too_many_aliases' }
  | { ok: false; problem: 'malformed'; line: number; column: number }

const deepest = 100
/** A kubeconfig of a thousand contexts has some 120,000: words, colons, spaces and line ends each count. */
const mostLexemes = 150_000
/** What an alias may unfold to; a kubeconfig or an Istio object has no use for more. */
const mostAliases = 20

/**
 * One YAML or JSON document from a person's hands. The parser recurses a level of nesting at a time, and a megabyte of
 * brackets costs it seconds and gigabytes, up to the end of the process; so size, depth and the number of words are
 * looked at before it sees the text.
 */
export function parseBoundedYaml(text: string, mostBytes: number): BoundedYaml {
  const bytes = Buffer.byteLength(text)
  if (bytes > mostBytes) return { ok: false, problem: 'too_large', bytes }
  if (isTooComplex(text)) return { ok: false, problem: 'too_complex' }
  try {
    // Key uniqueness is not asked for: that check takes quadratic time. The last one wins, as in JSON.
    // Nor are pretty errors, which take the whole line for each of them.
    const lineCounter = new LineCounter()
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error', lineCounter })
    const [error] = document.errors
    if (error !== undefined) {
      const { line, col } = lineCounter.linePos(error.pos[0])
      return { ok: false, problem: 'malformed', line, column: col }
    }
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    return { ok: true, value }
  } catch (error) {
    if (error instanceof ReferenceError) return { ok: false, problem: 'too_many_aliases' }
    return { ok: false, problem: 'malformed', line: 0, column: 0 }
  }
}

const indicatorTypes = new Set<string>(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])
const openingTypes = new Set<string>(['flow-seq-start', 'flow-map-start'])
const closingTypes = new Set<string>(['flow-seq-end', 'flow-map-end'])

/**
 * More words than a document of use, or deeper than one in brackets or in the indicators of one line. Nesting by
 * indentation alone needs a line of as many spaces as it has levels, so the size bounds it.
 */
function isTooComplex(text: string): boolean {
  let brackets = 0
  let indicators = 0
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme) ?? ''
    lexemes += 1
    if (openingTypes.has(type)) brackets += 1
    if (closingTypes.has(type)) brackets -= 1
    if (indicatorTypes.has(type)) indicators += 1
    if (type === 'newline') indicators = 0
    if (Math.max(brackets, indicators) > deepest || lexemes > mostLexemes) return true
  }
  return false
}
