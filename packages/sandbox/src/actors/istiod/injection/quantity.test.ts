import { expect, test } from 'vitest'
import { canonicalQuantity, canonicalResources } from './quantity.ts'

test.each([
  ['2000m', '2'],
  ['100m', '100m'],
  ['1024Mi', '1Gi'],
  ['128Mi', '128Mi'],
  ['1000k', '1M'],
  ['0', '0'],
  ['1.5', '1.5'],
  ['much', 'much'],
])('%s is %s', (text, canonical) => expect(canonicalQuantity(text)).toBe(canonical))

test('of resources every quantity is', () => {
  expect(canonicalResources({ limits: { cpu: '2000m', memory: '1024Mi' }, requests: { cpu: '10m' } })).toEqual({
    limits: { cpu: '2', memory: '1Gi' },
    requests: { cpu: '10m' },
  })
})
