import { describe, expect, it } from 'vitest'
import { isTemplate, normalised, templateOf, withoutQuery } from './path.ts'

/** What Envoy 1.39 was seen to make of paths: without normalisation, with it, with slashes merged, with slashes unescaped. */
const seen: readonly (readonly [path: string, base: string | undefined, merged?: string, decoded?: string])[] = [
  ['/a/../b', '/b'],
  ['/a/./b', '/a/b'],
  ['/a//b', '/a//b', '/a/b'],
  ['/a%2fb', '/a%2fb', '/a%2fb', '/a/b'],
  ['/a%5Cb', '/a%5Cb', '/a%5Cb', '/a/b'],
  ['/a\\b', '/a/b'],
  ['/%41bc', '/Abc'],
  ['/a%2e%2e/b', '/a../b'],
  ['/a/%2e%2e/b', '/b'],
  ['/a/..', '/'],
  ['/a/.', '/a/'],
  ['/..', '/'],
  ['/../x', '/x'],
  ['/a%00b', undefined],
  ['/%zz', '/%zz'],
  ['/a b', undefined],
  ['/a?x=/../y', '/a?x=/../y'],
  ['/a/../b?x=//y', '/b?x=//y'],
  ['/a#frag', undefined],
  ['/a/%7Euser', '/a/~user'],
  ['/A/B', '/A/B'],
  ['/a//../b', '/a/b'],
  ['//a', '//a', '/a'],
  ['///', '///', '//'],
  ['/a/b/../../..', '/'],
  ['/a%2f..%2fb', '/a%2f..%2fb', '/a%2f..%2fb', '/b'],
  ['/a%252fb', '/a%252fb'],
  ['/ü', undefined],
  ['/a|b', '/a%7Cb'],
  ['/a{b}"<>^`', '/a%7Bb%7D%22%3C%3E%5E%60'],
  ["/a[b]'*", "/a[b]'*"],
  ['/a%2a%20', '/a%2a%20'],
  ['/%2e', '/'],
  ['/a/%2e%2e%2fb', '/a/..%2fb', '/a/..%2fb', '/b'],
  ['/..;/admin', '/admin'],
  ['/a/..;x/b', '/b'],
  ['/a;x/../b', '/b'],
  ['/a/.;p/b', '/a/b'],
  ['/a/..;', '/'],
  ['/%2e%2e;/b', '/..;/b'],
  ['/a..;/b', '/a..;/b'],
  ['/a/...;/b', '/a/...;/b'],
  ['/a/..;%2fb', '/', '/', '/b'],
  ['/x/y/..;/..;/z', '/z'],
  ['/a/..;//b', '//b', '/b'],
  ['*', undefined],
]

describe('paths', () => {
  it.each(seen.map((each) => ({ each })))('are normalised as Envoy does: $each.0', ({ each }) => {
    const [path, base, merged = base, decoded = merged] = each
    expect(normalised(path, 'BASE')).toBe(base)
    expect(normalised(path, 'DEFAULT')).toBe(base)
    expect(normalised(path, 'MERGE_SLASHES')).toBe(merged)
    expect(normalised(path, 'DECODE_AND_MERGE_SLASHES')).toBe(decoded)
  })
  it('are left as they are where nothing is normalised', () => {
    expect(normalised('/a/../b//%41', 'NONE')).toBe('/a/../b//%41')
    expect(normalised('/a%00', 'NONE')).toBe('/a%00')
    expect(normalised('a', 'NONE')).toBeUndefined()
  })
  it('are compared without query', () => {
    expect(withoutQuery('/a?b#c')).toBe('/a')
    expect(withoutQuery('/a')).toBe('/a')
  })
})

describe('templates', () => {
  it.each([
    ['/foo/{*}', ['/foo/a', '/foo/a%20b', '/foo/a*'], ['/foo', '/foo/', '/foo/a/', '/foo/a/b', '/foo/a[b', '/foo/a|b']],
    ['/foo/{**}', ['/foo/', '/foo/a', '/foo/a/b', '/foo/a//b'], ['/foo', '/a/x', '/foo/a[b']],
    ['/foo/{*}/bar/{**}', ['/foo/a/bar/', '/foo/a/bar/x/y'], ['/foo/a/bar', '/foo/a/']],
    ['/{*}/x', ['/a/x'], ['//x', '/foo']],
    ['/{**}', ['/', '/foo', '//x'], ['/foo/{x}']],
    ['/a.b/{*}', ['/a.b/c'], ['/aXb/c']],
  ])('take %s', (template, takes, leaves) => {
    const takesPath = templateOf(template)
    expect(takes.filter((each) => !takesPath(each))).toEqual([])
    expect(leaves.filter((each) => takesPath(each))).toEqual([])
  })
  it('are told by their braces', () => {
    expect([isTemplate('/a/{*}'), isTemplate('/{**}'), isTemplate('/a*')]).toEqual([true, true, false])
  })
})
