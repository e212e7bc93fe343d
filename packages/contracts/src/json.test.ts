import { array, assert, boolean, constant, dictionary, integer, letrec, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, isJson, type Json, sameJson } from './json.ts'

const { json } = letrec((tie) => ({
  json: oneof(
    { depthSize: 'small', withCrossShrink: true },
    oneof(string({ maxLength: 2 }), integer({ min: 0, max: 2 }), boolean(), constant(null)),
    array(tie('json'), { maxLength: 3 }),
    dictionary(string({ minLength: 1, maxLength: 1 }), oneof(tie('json'), constant(undefined)), { maxKeys: 3 }),
  ),
}))

function given(value: unknown): Json {
  if (!isJson(value)) throw new TypeError('not JSON')
  return value
}

test('values are the same when their canonical JSON is', () => {
  assert(
    property(json, json, (left, right) => {
      const [a, b] = [given(left), given(right)]
      expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
      expect(sameJson(a, structuredClone(a))).toBe(true)
    }),
  )
})

test('an absent field is no field, and null is one', () => {
  expect(sameJson({ a: undefined }, {})).toBe(true)
  expect(sameJson({ a: null }, {})).toBe(false)
  expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true)
  expect(sameJson({ toString: 'x' }, {})).toBe(false)
})
