import { expect, it } from 'vitest'
import { routedCode } from './routed-code.ts'

it('what is sent where nothing answers has not arrived', () => {
  const well = {}
  const failing = { fails: { code: 'no-subset', params: {} } }
  expect(routedCode([well, well])).toBe('routed')
  expect(routedCode([well, failing])).toBe('routed-in-part')
  expect(routedCode([failing])).toBe('routed-nowhere')
})
