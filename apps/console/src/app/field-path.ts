import { stepsOf } from '@orbweaver/istio/diff/touched'

/**
 * A JSON pointer (RFC 6901) as the parts of a field's name as API servers write it (apimachinery field.Path):
 * `/spec/http/0/name` is `spec`, `.http`, `[0]`, `.name`; a key that is no name stands in brackets.
 */
export function fieldSteps(pointer: string): string[] {
  return stepsOf(pointer).map((step, index) => {
    if (!/^[A-Za-z][\w-]*$/.test(step)) return `[${step}]`
    return index === 0 ? step : `.${step}`
  })
}

/** The same in one piece. */
export function fieldAt(pointer: string): string {
  return fieldSteps(pointer).join('')
}
