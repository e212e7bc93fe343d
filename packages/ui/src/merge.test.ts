import { describe, expect, it } from 'vitest'
import { merge, readValue } from './merge.ts'

const base = { spec: { hosts: ['a'], timeout: '3s', retries: { attempts: 2 } }, labels: { team: 'x' } }

describe('merge', () => {
  it('takes over what only one side changed', () => {
    const mine = { ...base, spec: { ...base.spec, timeout: '5s' } }
    const theirs = { ...base, labels: { team: 'x', new: 'y' } }
    const merged = merge({ base, mine, theirs })
    expect(merged.conflicts).toEqual([])
    expect(merged.automatic).toEqual(['/spec', '/labels'])
    expect(merged.result({})).toEqual({ spec: mine.spec, labels: theirs.labels })
  })

  it('names the fields both changed differently, and lets each be chosen', () => {
    const mine = { ...base, spec: { ...base.spec, timeout: '5s', retries: { attempts: 3 } } }
    const theirs = { ...base, spec: { ...base.spec, timeout: '9s' } }
    const merged = merge({ base, mine, theirs })
    expect(merged.conflicts).toEqual([{ pointer: '/spec/timeout', base: '3s', mine: '5s', theirs: '9s' }])
    expect(merged.result({})).toMatchObject({ spec: { timeout: '5s', retries: { attempts: 3 } } })
    expect(merged.result({ '/spec/timeout': 'theirs' })).toMatchObject({ spec: { timeout: '9s', retries: { attempts: 3 } } })
  })

  it('sees a list as one value, and a deletion as a change', () => {
    const mine = { ...base, spec: { hosts: ['a', 'b'], retries: { attempts: 2 } } }
    const theirs = { ...base, spec: { ...base.spec, hosts: ['a', 'c'], timeout: '4s' } }
    const pointers = merge({ base, mine, theirs }).conflicts.map((each) => each.pointer)
    expect(pointers).toEqual(['/spec/hosts', '/spec/timeout'])
    expect(merge({ base, mine, theirs }).result({ '/spec/timeout': 'mine' })).not.toHaveProperty('spec.timeout')
  })

  it('agrees when both made the same change', () => {
    const both = { ...base, spec: { retries: { attempts: 9 }, hosts: ['a'], timeout: '3s' } }
    expect(merge({ base, mine: both, theirs: structuredClone(both) }).conflicts).toEqual([])
  })
})

describe('readValue', () => {
  it('keeps JSON and drops the rest', () => {
    expect(readValue({ a: [1, undefined], b: () => 1, c: Number.NaN, d: null })).toEqual({ a: [1, null], d: null })
  })
})
