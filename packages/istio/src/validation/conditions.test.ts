import { expect, test } from 'vitest'
import { accountProblem, conditionProblems, pathProblem, textPortProblem, trustDomainProblem } from './conditions.ts'

test.each([
  [{ key: 'request.headers[a]', values: ['b'] }, []],
  [{ key: 'source.ip', notValues: ['10.0.0.0/8'] }, []],
  [{ key: '' }, ['`key` must not be empty']],
  [{ key: 'source.ip' }, ['at least one of `values` or `notValues` must be set for key source.ip']],
  [
    { key: 'destination.port', values: ['70000'] },
    ['invalid `value` for `key` destination.port: 1 error occurred:\n\t* bad port (70000): <nil>\n\n'],
  ],
  [
    { key: 'destination.labels[a]', values: ['b'] },
    [
      'invalid `value` for `key` destination.labels[a]: attribute destination.labels[a] is replaced by the workload selector',
      'invalid `notValue` for `key` destination.labels[a]: attribute destination.labels[a] is replaced by the workload selector',
    ],
  ],
])('a condition: %j', (condition, problems) => {
  expect(conditionProblems(condition)).toEqual(problems)
})

test('paths are templates that end with {**}', () => {
  expect(pathProblem('Paths', ['/a/{*}/{**}', '*', '/a*'])).toBeUndefined()
  expect(pathProblem('Paths', ['/{**}/{**}'])).toContain('{**} is not the last operator')
  expect(pathProblem('Paths', ['/{a}'])).toContain("Contains '{' or '}' beyond a supported path template")
  expect(pathProblem('Paths', ['/{*}/a*'])).toContain('Contains segment a* with invalid string literal')
})

test('accounts, trust domains and ports', () => {
  expect(accountProblem('A', ['a', 'b/c'])).toBeUndefined()
  expect(accountProblem('A', ['/c'])).toContain('empty namespace "/c" in A')
  expect(trustDomainProblem('T', ['a/b'])).toBe('trust domain must not contain \'/\', found in T: "a/b"')
  expect(trustDomainProblem('T', ['*a*'])).toBe('at most one wildcard is allowed, found in T: "*a*"')
  expect(textPortProblem('9999999999')).toContain('value out of range')
})
