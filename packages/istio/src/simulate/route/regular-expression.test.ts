import { expect, it } from 'vitest'
import { matchesWhole } from './regular-expression.ts'

it.each<[string, string, boolean]>([
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['a.c', 'abc', true],
  ['a.c', 'a\nc', false],
  ['(?s)a.c', 'a\nc', true],
  ['a|bc', 'bc', true],
  ['(a|b)*c', 'ababc', true],
  ['(?:ab)+', 'abab', true],
  ['a{2,3}', 'aaa', true],
  ['a{2,3}', 'aaaa', false],
  ['a{2}', 'aa', true],
  ['a{2,}', 'aaaaa', true],
  ['a?b*?', 'bbb', true],
  ['[a-c]+', 'abcabc', true],
  ['[^a-c]+', 'abc', false],
  ['[]a]+', ']a', true],
  ['[a-]', '-', true],
  ['[[:alpha:]]+', 'aZ', true],
  ['[[:^digit:]]', '1', false],
  ['\\d+\\.\\d+', '12.5', true],
  ['\\w+\\s\\S', 'a b', true],
  ['\\bab\\b', 'ab', true],
  ['a\\Bb', 'ab', true],
  ['^a$', 'a', true],
  ['\\Aa\\z', 'a', true],
  ['(?i)AbC', 'aBc', true],
  ['(?i:a)b', 'Ab', true],
  ['(?i:a)b', 'AB', false],
  ['(?P<name>a)', 'a', true],
  ['\\x41\\x{42}', 'AB', true],
  ['\\Qa.b\\E.', 'a.bc', true],
  ['\\pL+', 'äé', true],
  ['\\p{Greek}', 'λ', true],
  ['\\P{Greek}', 'λ', false],
  ['', '', true],
  ['a||b', '', true],
  ['(?=a)', 'a', false],
  ['(a', 'a', false],
])('%s and %s', (expression, text, matches) => {
  expect(matchesWhole(expression, text)).toBe(matches)
})

it('takes no longer than the text is long, whatever the expression', () => {
  expect(matchesWhole('(a+)+$', `${'a'.repeat(5000)}b`)).toBe(false)
  expect(matchesWhole('(a|aa)+', 'a'.repeat(5000))).toBe(true)
})
