import { quoted } from './names.ts'

/**
 * Istio compiles regular expressions with Go's RE2. This finds what RE2 refuses: first the Perl syntax it does
 * not know, then what no engine compiles, in Go's words (regexp/syntax) as far as they can be derived.
 */
export function regexProblem(regex: string, where: string): string | undefined {
  if (regex === '') return `${quoted(where)}: regex string match should not be empty`
  if (regex.length > 1024) return `${quoted(where)}: regex is too large, max length allowed is 1024`
  const problem = compileProblem(regex)
  const hint = 'Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)'
  return problem === undefined ? undefined : `${quoted(where)}: ${problem}; ${hint}`
}

/** What regexp.Compile of Go says. */
export function compileProblem(regex: string): string | undefined {
  const cause = perlOnly(regex) ?? notARegex(regex)
  return cause === undefined ? undefined : `error parsing regexp: ${cause}`
}

function perlOnly(regex: string): string | undefined {
  const bare = regex.replace(/\\\\/g, '').replace(/\[(?:\\.|[^\]\\])*\]/g, '')
  const behind = /\(\?<[=!][^>]*>?/.exec(regex)
  if (behind !== null) return `invalid named capture: \`${behind[0]}\``
  const look = /\(\?[=!>]/.exec(bare)
  if (look !== null) return `invalid or unsupported Perl syntax: \`${look[0]}\``
  const back = /\\[1-9]/.exec(bare)
  return back === null ? undefined : `invalid escape sequence: \`${back[0]}\``
}

const CAUSES: [RegExp, (regex: string) => string][] = [
  [/Unterminated group/, (regex) => `missing closing ): \`${regex}\``],
  [/Unmatched '\)'/, (regex) => `unexpected ): \`${regex}\``],
  [/Unterminated character class/, (regex) => `missing closing ]: \`${regex.slice(regex.lastIndexOf('['))}\``],
  [/Range out of order/, (regex) => `invalid character class range: \`${/.-./.exec(regex)?.[0] ?? regex}\``],
  [/Nothing to repeat/, repetition],
  [/\\ at end of pattern/, () => 'trailing backslash at end of expression: ``'],
]

/** An operator with nothing before it, or one upon another. */
function repetition(regex: string): string {
  const alone = /(?:^|[(|])([*+?])/.exec(regex)?.[1]
  if (alone !== undefined) return `missing argument to repetition operator: \`${alone}\``
  return `invalid nested repetition operator: \`${/[*+?]{2,}/.exec(regex)?.[0] ?? regex}\``
}

function notARegex(regex: string): string | undefined {
  try {
    new RegExp(regex.replace(/^\(\?[imsU]+\)/, '').replace(/\(\?P</g, '(?<'))
    return undefined
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const known = CAUSES.find(([pattern]) => pattern.test(said))
    return known === undefined ? `invalid expression: \`${regex}\`` : known[1](regex)
  }
}
