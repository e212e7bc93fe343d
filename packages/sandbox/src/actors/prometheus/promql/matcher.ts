import { matcherOf } from '@orbweaver/istio/simulate/route/regular-expression'
import type { Labels } from './labels.ts'
import { badData } from './query-error.ts'

export type MatchOperator = '=' | '!=' | '=~' | '!~'

export type Matcher = {
  label: string
  operator: MatchOperator
  value: string
  fits: (value: string) => boolean
}

/** Throws bad_data where RE2 does not know the expression. Expressions fit whole values. */
export function createMatcher(label: string, operator: MatchOperator, value: string): Matcher {
  return { label, operator, value, fits: testOf(operator, value) }
}

function testOf(operator: MatchOperator, value: string): (text: string) => boolean {
  switch (operator) {
    case '=':
      return (text) => text === value
    case '!=':
      return (text) => text !== value
    case '=~':
      return expression(value)
    case '!~': {
      const fits = expression(value)
      return (text) => !fits(text)
    }
  }
}

/** Most expressions are words with `|` between them; of the others every answer is remembered. */
function expression(text: string): (text: string) => boolean {
  if (/^[\w\s|:@/-]*$/.test(text)) {
    const words = new Set(text.split('|'))
    return (each) => words.has(each)
  }
  const matches = matcherOf(text)
  if (matches === undefined) throw badData(`error parsing regexp: ${text}`)
  const known = new Map<string, boolean>()
  return (each) => {
    const answer = known.get(each) ?? matches(each)
    known.set(each, answer)
    return answer
  }
}

/** A label that is absent is empty. */
export function fitsAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every(({ label, fits }) => fits(labels[label] ?? ''))
}
