import { parse } from '@marcbachmann/cel-js'

/** Why an expression is no CEL, as far as it is parsed; the parser's own words. */
export function celFault(expression: string): string | undefined {
  try {
    parse(expression)
    return undefined
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  }
}
