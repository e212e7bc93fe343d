import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { threeWayMerge } from './three-way.ts'
import { authored } from './touched.ts'

const rule = (spec: Json, metadata: JsonRecord = {}): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { ...metadata, name: 'reviews', namespace: 'shop' },
  spec,
})
const merge = (base: Json, mine: Json, theirs: Json) => {
  const { merged, conflicts } = threeWayMerge({ base: rule(base), mine: rule(mine), theirs: rule(theirs) })
  return { spec: merged.spec, pointers: conflicts.map((each) => each.pointer) }
}

describe('threeWayMerge', () => {
  it('takes what only one side changed', () => {
    expect(merge({ a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 1 }, { a: 1, b: 2 })).toEqual({
      spec: { a: 2, b: 2 },
      pointers: [],
    })
  })

  it('keeps mine where both changed, and says so', () => {
    expect(merge({ a: 1 }, { a: 2 }, { a: 3 })).toEqual({ spec: { a: 2 }, pointers: ['/spec/a'] })
    const { conflicts } = threeWayMerge({ base: rule({ a: 1 }), mine: rule({}), theirs: rule({ a: 3 }) })
    expect(conflicts).toEqual([{ pointer: '/spec/a', base: 1, mine: undefined, theirs: 3 }])
  })

  it('agrees where both made the same change', () => {
    expect(merge({ a: 1 }, { a: 2, b: [1] }, { a: 2, b: [1] })).toEqual({ spec: { a: 2, b: [1] }, pointers: [] })
  })

  it('merges lists that keep their places', () => {
    const base = {
      http: [
        { name: 'a', timeout: '1s' },
        { name: 'b', timeout: '1s' },
      ],
    }
    const mine = {
      http: [
        { name: 'a', timeout: '2s' },
        { name: 'b', timeout: '1s' },
      ],
    }
    const theirs = {
      http: [
        { name: 'a', timeout: '1s', retries: 2 },
        { name: 'b', timeout: '3s' },
      ],
    }
    expect(merge(base, mine, theirs)).toEqual({
      spec: {
        http: [
          { name: 'a', timeout: '2s', retries: 2 },
          { name: 'b', timeout: '3s' },
        ],
      },
      pointers: [],
    })
  })

  it('does not mix entries that were moved', () => {
    const entry = (name: string, weight = 1) => ({ name, weight })
    const base = { http: [entry('a'), entry('b')] }
    const moved = { http: [entry('b'), entry('a')] }
    const edited = { http: [entry('a', 2), entry('b')] }
    expect(merge(base, moved, edited)).toEqual({ spec: moved, pointers: ['/spec/http'] })
    expect(merge(base, edited, moved)).toEqual({ spec: edited, pointers: ['/spec/http'] })
  })

  it('takes lists of different length as one value', () => {
    expect(merge({ hosts: ['a'] }, { hosts: ['a', 'b'] }, { hosts: ['c'] }).pointers).toEqual(['/spec/hosts'])
    expect(merge({ hosts: ['a'] }, { hosts: ['a', 'b'] }, { hosts: ['a'] }).spec).toEqual({ hosts: ['a', 'b'] })
  })

  it('merges maps that both sides began, and does not merge a map with a list', () => {
    expect(merge({}, { labels: { a: '1' } }, { labels: { b: '2' } }).spec).toEqual({ labels: { a: '1', b: '2' } })
    expect(merge({}, { x: { a: 1 } }, { x: [1] }).pointers).toEqual(['/spec/x'])
  })

  it('leaves to servers what servers write', () => {
    const status = { validationMessages: [] }
    const theirs = Object.assign(rule({ a: 1 }, { resourceVersion: '9', uid: 'u', labels: { x: 'y' } }), { status })
    const mine = rule({ a: 2 }, { resourceVersion: '5', uid: 'u' })
    const base = rule({ a: 1 }, { resourceVersion: '5', uid: 'u', labels: { x: 'y' } })
    const { merged } = threeWayMerge({ base, mine, theirs })
    expect(merged).toEqual({ ...rule({ a: 2 }, { resourceVersion: '9', uid: 'u' }), status })
  })

  it('escapes keys in pointers', () => {
    expect(merge({ 'a/b~c': 1 }, { 'a/b~c': 2 }, { 'a/b~c': 3 }).pointers).toEqual(['/spec/a~1b~0c'])
  })
})

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('a', 'b'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y', 'z/'), tie('value'), { maxKeys: 3 }),
  ),
})).value

describe('whatever the objects hold', () => {
  const specs = (...all: Json[]) => all.map((each) => rule({ of: each }))
  const merged = (base?: KubernetesObject, mine?: KubernetesObject, theirs?: KubernetesObject) => {
    if (base === undefined || mine === undefined || theirs === undefined) throw new Error('three sides')
    const { merged: result, conflicts } = threeWayMerge({ base, mine, theirs })
    return { result: authored(result), conflicts: conflicts.length }
  }

  it('a side that changed nothing yields to the other', () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        const [base, other] = specs(left, right)
        expect(merged(base, other, base)).toEqual({ result: other, conflicts: 0 })
        expect(merged(base, base, other)).toEqual({ result: other, conflicts: 0 })
        expect(merged(base, other, other)).toEqual({ result: other, conflicts: 0 })
      }),
    )
  })

  it('the sides may be swapped: conflicts are the same, and without any the result is too', () => {
    fc.assert(
      fc.property(json, json, json, (a, b, c) => {
        const [base, mine, theirs] = specs(a, b, c)
        const one = merged(base, mine, theirs)
        const other = merged(base, theirs, mine)
        expect(one.conflicts).toBe(other.conflicts)
        if (one.conflicts === 0) expect(one.result).toEqual(other.result)
      }),
    )
  })
})
