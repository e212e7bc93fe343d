import { describe, expect, it } from 'vitest'
import { dateOf, retryAfterOf, warningsOf } from './headers.ts'

describe('warnings', () => {
  it.each<[string, string | string[] | undefined, string[]]>([
    ['none', undefined, []],
    ['one', '299 - "old"', ['old']],
    ['an agent', '299 kube-apiserver "old"', ['old']],
    ['several in a line', '299 - "one, two", 299 - "three"', ['one, two', 'three']],
    ['several lines', ['299 - "one"', '299 - "two"'], ['one', 'two']],
    ['quotes and backslashes', '299 - "say \\"no\\" to C:\\\\"', ['say "no" to C:\\']],
    ['UTF-8', `299 - "${Buffer.from('权重').toString('latin1')}"`, ['权重']],
    ['something else', 'be warned', []],
  ])('%s', (_, header, expected) => {
    expect(warningsOf(header)).toEqual(expected)
  })

  it('are bounded in number and length', () => {
    const many = Array.from({ length: 500 }, () => `299 - "${'x'.repeat(10_000)}"`)
    const warnings = warningsOf(many)
    expect(warnings).toHaveLength(100)
    expect(warnings[0]?.length).toBe(2_000)
  })
})

it.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ['3', 3_000],
  ['0', 0],
  ['Sun, 01 Nov 2026 10:00:05 GMT', 5_000],
  ['Sun, 01 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(retryAfterOf(header, Date.parse('2026-11-01T10:00:00Z'))).toBe(expected)
})

it('reads the server clock', () => {
  expect(dateOf('Sun, 01 Nov 2026 10:00:00 GMT')).toEqual(new Date('2026-11-01T10:00:00Z'))
  expect(dateOf('yesterday')).toBeUndefined()
  expect(dateOf(undefined)).toBeUndefined()
})
