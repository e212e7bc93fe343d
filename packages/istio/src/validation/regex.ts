import { quoted } from './names.ts'
import { compileProblem } from './re2.ts'

/** validateStringMatchRegexp of pkg/config/validation/validation.go: what must be a regular expression of RE2. */
export function regexProblem(regex: string, where: string): string | undefined {
  if (regex === '') return `${quoted(where)}: regex string match should not be empty`
  if (new TextEncoder().encode(regex).length > 1024) {
    return `${quoted(where)}: regex is too large, max length allowed is 1024`
  }
  const problem = compileProblem(regex)
  const hint = 'Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)'
  return problem === undefined ? undefined : `${quoted(where)}: ${problem}; ${hint}`
}
