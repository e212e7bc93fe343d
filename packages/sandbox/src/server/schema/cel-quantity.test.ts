import { describe, expect, it } from 'vitest'
import { compileCel } from './cel.ts'

const evaluate = (expression: string): unknown => compileCel(expression, []).evaluate({})

describe('quantities', () => {
  it.each([
    "quantity('1Gi').isGreaterThan(quantity('1G'))",
    "quantity('500m').isLessThan(quantity('1'))",
    "quantity('1024Mi').compareTo(quantity('1Gi')) == 0",
    "quantity('1e3').asInteger() == 1000",
    "quantity('0.5').add(quantity('500m')).isInteger()",
    "quantity('-2k').sign() == -1 && quantity('1k').sub(quantity('1000')).sign() == 0",
    "isQuantity('100n') && !isQuantity('1 Gi') && !isQuantity('') && !isQuantity('Gi')",
  ])('%s', (expression) => expect(evaluate(expression)).toBe(true))

  it('are refused when they are none', () => {
    expect(() => evaluate("quantity('much').sign()")).toThrow('quantities must match')
  })
})
