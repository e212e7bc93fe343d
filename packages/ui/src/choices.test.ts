import { describe, expect, it } from 'vitest'
import { withChoices } from './choices.ts'

const merged = { metadata: { name: 'a' }, spec: { timeout: '5s', http: [{ weight: 1 }, { weight: 2 }] } }

describe('withChoices', () => {
  it('keeps mine where nothing else is chosen', () => {
    const conflicts = [{ pointer: '/spec/timeout', base: '3s', mine: '5s', theirs: '9s' }]
    expect(withChoices(merged, conflicts, {})).toBe(merged)
    expect(withChoices(merged, conflicts, { '/spec/timeout': 'mine' })).toBe(merged)
  })

  it('puts theirs in its place, in lists too, and leaves the rest', () => {
    const conflicts = [
      { pointer: '/spec/timeout', base: '3s', mine: '5s', theirs: '9s' },
      { pointer: '/spec/http/1/weight', base: 0, mine: 2, theirs: 7 },
    ]
    const chosen = withChoices(merged, conflicts, { '/spec/timeout': 'theirs', '/spec/http/1/weight': 'theirs' })
    expect(chosen).toEqual({ metadata: { name: 'a' }, spec: { timeout: '9s', http: [{ weight: 1 }, { weight: 7 }] } })
    expect(merged.spec.timeout).toBe('5s')
  })

  it('takes a field out that they deleted and puts one in that they kept', () => {
    const gone = [{ pointer: '/spec/timeout', base: '3s', mine: '5s', theirs: undefined }]
    expect(withChoices(merged, gone, { '/spec/timeout': 'theirs' })).not.toHaveProperty('spec.timeout')
    const kept = [{ pointer: '/metadata/labels', base: { a: 'b' }, mine: undefined, theirs: { a: 'c' } }]
    expect(withChoices(merged, kept, { '/metadata/labels': 'theirs' })).toHaveProperty('metadata.labels', { a: 'c' })
  })
})
