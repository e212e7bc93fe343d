import { describe, expect, it } from 'vitest'
import { labelSelectorOf, matchesLabels, parseLabelSelector } from './selectors.ts'

const labels = { app: 'reviews', version: 'v2', tier: '', replicas: '3', 'istio.io/rev': 'default' }

function selects(text: string): boolean | undefined {
  const requirements = parseLabelSelector(text)
  return requirements === undefined ? undefined : matchesLabels(requirements, labels)
}

describe('the text form', () => {
  it.each([
    ['', true],
    ['app=reviews', true],
    ['app==reviews', true],
    [' app = reviews , version = v2 ', true],
    ['app=ratings', false],
    ['app!=ratings', true],
    ['missing!=x', true],
    ['missing=x', false],
    ['tier=', true],
    ['istio.io/rev', true],
    ['!istio.io/rev', false],
    ['! missing', true],
    ['version in (v1, v2)', true],
    ['version in (v1,v3),app', false],
    ['version notin (v1,v3),app', true],
    ['missing notin (a)', true],
    ['missing in (a)', false],
    ['replicas>2,replicas<4', true],
    ['replicas>3', false],
    ['app>3', false],
  ])('%s selects: %s', (text, expected) => {
    expect(selects(text)).toBe(expected)
  })

  it.each(['=x', 'a=b=c', 'a in', 'a in (b', 'a b', ',', 'a,', '-a', 'a>b', 'a=(b)', '!a=b'])(
    '%s is malformed',
    (text) => {
      expect(parseLabelSelector(text)).toBeUndefined()
    },
  )

  it('knows no inherited names as labels', () => {
    expect(selects('constructor')).toBe(false)
    expect(selects('toString in (x)')).toBe(false)
  })
})

describe('the object form', () => {
  it('joins labels and expressions', () => {
    const requirements = labelSelectorOf({
      matchLabels: { app: 'reviews' },
      matchExpressions: [
        { key: 'version', operator: 'In', values: ['v1', 'v2'] },
        { key: 'version', operator: 'NotIn', values: ['v3'] },
        { key: 'tier', operator: 'Exists' },
        { key: 'missing', operator: 'DoesNotExist', values: [] },
      ],
    })
    expect(requirements).toHaveLength(5)
    expect(matchesLabels(requirements ?? [], labels)).toBe(true)
    expect(matchesLabels(requirements ?? [], { ...labels, missing: '' })).toBe(false)
  })

  it('selects everything when it is empty', () => {
    expect(matchesLabels(labelSelectorOf({}) ?? [], labels)).toBe(true)
  })

  it.each([
    [undefined],
    [[]],
    [{ matchExpressions: [{ key: 'a', operator: 'Near', values: ['b'] }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'toString', values: ['b'] }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: [] }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'In', values: [1] }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] }],
    [{ matchExpressions: [{ operator: 'Exists' }] }],
  ])('%j is malformed', (selector) => {
    expect(labelSelectorOf(selector)).toBeUndefined()
  })
})
