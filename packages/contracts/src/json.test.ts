import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, canonicalJson, type Json, sameJson } from './json.ts'

const keys = fc.constantFrom('a', 'b', '__proto__', 'length')
/** Few different values, so that equal ones are met. */
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, 0, 1, '', '0', 'null', true, false),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(keys, fc.option(tie('value'), { nil: undefined }), { maxKeys: 3 }),
  ),
})).value

test('values are the same when their canonical JSON is', () => {
  fc.assert(
    fc.property(fc.option(json, { nil: undefined }), json, (a, b) => {
      expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
      expect(sameJson(b, a)).toBe(canonicalJson(a) === canonicalJson(b))
    }),
    { numRuns: 2_000 },
  )
})

test.each<[Json, Json, boolean]>([
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [{ a: undefined }, {}, true],
  [{ a: null }, {}, false],
  [{ a: {} }, { a: [] }, false],
  [[1], [1, 2], false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
])('%j and %j', (a, b, same) => {
  expect([sameJson(a, b), sameJson(b, a)]).toEqual([same, same])
})

test.each([['constructor', 'name'], ['toString'], ['__proto__', 'constructor'], ['__proto__']])(
  'what every object inherits is not in it: %j',
  (...path) => {
    expect(at({ a: 1 }, ...path)).toBeUndefined()
  },
)

test('a key of a document may have any name', () => {
  expect(at(JSON.parse('{"__proto__": {"toString": 1}}'), '__proto__', 'toString')).toBe(1)
})
