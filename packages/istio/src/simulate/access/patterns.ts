import { type Answer, answer, open } from './answer.ts'

/** Whether a text is what a value of a rule means. */
export type Pattern = (text: string) => boolean

/**
 * The forms of values in rules: `*` is anything but nothing, `*x` ends in x, `x*` begins with x, else exactly so
 * (istio pilot/pkg/security/authz/matcher/string.go, StringMatcherWithPrefix).
 */
export function patternOf(value: string): Pattern {
  if (value === '*') return (text) => text !== ''
  if (value.startsWith('*')) return endsWith(value.slice(1))
  if (value.endsWith('*')) return startsWith(value.slice(0, -1))
  return (text) => text === value
}

/** Headers' values: `*` is met by an empty header too (matcher/header.go, HeaderMatcher). */
export function headerPatternOf(value: string): Pattern {
  return value === '*' ? () => true : patternOf(value)
}

/** Hosts are compared without regard to case (matcher/header.go, HostMatcher). */
export function hostPatternOf(value: string): Pattern {
  const pattern = headerPatternOf(value.toLowerCase())
  return (text) => pattern(text.toLowerCase())
}

export function startsWith(start: string): Pattern {
  return (text) => text.startsWith(start)
}

export function endsWith(end: string): Pattern {
  return (text) => text.endsWith(end)
}

/** A pattern against something that may not have been said. */
export function meets(pattern: Pattern, text: string | undefined, name: string): Answer {
  return text === undefined ? open(name) : answer(pattern(text))
}
