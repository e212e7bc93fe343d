import { describe, expect, it } from 'vitest'
import { parseBoundedYaml } from './bounded-yaml.ts'

const megabyte = 1024 * 1024
const parse = (text: string) => parseBoundedYaml(text, megabyte)

it.each<[string, string, unknown]>([
  ['YAML', 'a:\n  - b: 1\n  - |\n    two\n    lines\n', { a: [{ b: 1 }, 'two\nlines\n'] }],
  ['JSON', '{"a":[{"b":1},"x"]}', { a: [{ b: 1 }, 'x'] }],
  ['nothing', '', null],
  ['a few aliases', 'a: &x [1]\nb: *x\n', { a: [1], b: [1] }],
  ['the last of two equal keys', 'a: 1\na: 2\n', { a: 2 }],
  ['a name that objects inherit', '{"__proto__": {"polluted": true}}', JSON.parse('{"__proto__": {"polluted": true}}')],
])('reads %s', (_, text, value) => {
  expect(parse(text)).toEqual({ ok: true, value })
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

it('says where a document is malformed', () => {
  expect(parse('a: 1\nb: [1, 2\nc: 3\n')).toEqual({ ok: false, problem: 'malformed', line: 3, column: 1 })
  expect(parse('a: 1\n---\nb: 2\n')).toMatchObject({ ok: false, problem: 'malformed' })
})

it('reads nothing that is too large', () => {
  expect(parse('a'.repeat(megabyte + 1))).toEqual({ ok: false, problem: 'too_large', bytes: megabyte + 1 })
  expect(parseBoundedYaml('ä'.repeat(6), 10)).toEqual({ ok: false, problem: 'too_large', bytes: 12 })
})

it('follows no aliases that unfold to more and more', () => {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]']
  for (let index = 1; index < 9; index += 1) {
    const [from, to] = ['abcdefghi'[index - 1], 'abcdefghi'[index]]
    levels.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(',')}]`)
  }
  expect(parse(levels.join('\n'))).toEqual({ ok: false, problem: 'too_many_aliases' })
})

/** Each of these took the parser seconds, or the whole process, before it was bounded. */
describe('a megabyte of', () => {
  it.each([
    ['brackets', '['],
    ['closing brackets', ']'],
    ['pairs of brackets', ']['],
    ['braces', '{a: '],
    ['dashes', '- '],
    ['dashes on lines', '-\n'],
    ['questions', '? '],
    ['quotes', '"'],
    ['tags', '! '],
    ['anchors', '&a '],
    ['keys', 'a:\n'],
    ['documents', '---\n'],
    ['comments', '#\n'],
    ['pairs', 'a: b: '],
    ['JSON objects', '{"a":'],
  ])('%s is refused', (_, piece) => {
    const outcome = parse(piece.repeat(Math.floor(megabyte / piece.length)))
    expect(outcome).toEqual({ ok: false, problem: 'too_complex' })
  })
})
