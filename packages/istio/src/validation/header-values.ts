/**
 * What Envoy's header parser refuses, as pkg/config/validation/header_value_validator.go tells it: a `%` opens a
 * variable, `%NAME%` or `%NAME(["argument", …])%`; `%%` is a percent sign.
 */
export function headerValueProblem(value: string): string | undefined {
  if (value.split('').some(isControl)) return `header value configuration ${value} is invalid`
  const problem = variableProblem(value)
  return problem === undefined ? undefined : `header value configuration: invalid header configuration. ${problem}`
}

/** A tab is none. */
const isControl = (character: string): boolean =>
  character !== '\t' && (character < ' ' || character === String.fromCharCode(127))

type State = 'literal' | 'name' | 'array' | 'string' | 'text' | 'delimiter' | 'argumentsEnd' | 'variableEnd'
/** The next state, and whether the character after this one is passed over; or why the value is refused. */
type Step = { state: State; skip?: true } | { problem: string }

const to = (state: State): Step => ({ state })
const blankOr = (character: string, state: State, problem: string): Step =>
  character === ' ' ? { state } : { problem }

const STEPS: Record<State, (character: string, next: string | undefined) => Step> = {
  literal: (character, next) => {
    if (character !== '%') return to('literal')
    if (next === undefined) return { problem: 'Un-escaped %' }
    return next === '%' ? { state: 'literal', skip: true } : to('name')
  },
  name: (character) => (character === '%' ? to('literal') : to(character === '(' ? 'array' : 'name')),
  array: (character) => (character === '[' ? to('string') : to(character === ' ' ? 'array' : 'text')),
  string: (character) => (character === '"' ? to('text') : blankOr(character, 'string', `Expecting '"'`)),
  text: (character, next) => {
    if (character === '"') return to('delimiter')
    if (character === ')') return to('variableEnd')
    if (character !== '\\') return to('text')
    return next === undefined ? { problem: 'Un-terminated backslash in JSON string' } : { state: 'text', skip: true }
  },
  delimiter: (character) => {
    if (character === ',') return to('string')
    return character === ']' ? to('argumentsEnd') : blankOr(character, 'delimiter', "Expecting ',', ']', or whitespace")
  },
  argumentsEnd: (character) =>
    character === ')'
      ? to('variableEnd')
      : blankOr(character, 'argumentsEnd', "Expecting ')' or whitespace after '{}', but found '{}'"),
  variableEnd: (character) =>
    character === '%' ? to('literal') : blankOr(character, 'variableEnd', "Expecting '%' or whitespace after"),
}

function variableProblem(value: string): string | undefined {
  let state: State = 'literal'
  for (let position = 0; position < value.length; position += 1) {
    const step: Step = STEPS[state](value.charAt(position), value[position + 1])
    if ('problem' in step) return step.problem
    state = step.state
    if (step.skip === true) position += 1
  }
  return state === 'literal' ? undefined : `Un-terminated variable expression '${value}'`
}
