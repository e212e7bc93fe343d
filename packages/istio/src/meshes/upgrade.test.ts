import { expect, test } from 'vitest'
import { endOfLifeOf, spanOf, upgradeOf } from './upgrade.ts'

type Case = [what: string, version: string, offers: string[][], wanted: string | undefined]
const cases: Case[] = [
  ['a patch', 'v1.30.1', [['v1.30.3', 'v1.30.1']], 'v1.30.3'],
  ['the next minor', 'v1.29.2', [['v1.30.3', 'v1.29.4', 'v1.29.2']], 'v1.30.3'],
  ['not the minor after it', 'v1.28.2', [['v1.30.3', 'v1.29.4', 'v1.28.2']], 'v1.29.4'],
  [
    'what all offer',
    'v1.29.2',
    [
      ['v1.30.3', 'v1.29.4'],
      ['v1.29.4', 'v1.29.2'],
    ],
    'v1.29.4',
  ],
  ['nothing when it has the newest', 'v1.30.3', [['v1.30.3', 'v1.30.1']], undefined],
  ['no candidate', 'v1.30.3', [['v1.31.0-rc.1', 'v1.30.3']], undefined],
  ['the release after a candidate', 'v1.31.0-rc.1', [['v1.31.0', 'v1.31.0-rc.1']], 'v1.31.0'],
  ['nothing without operators', 'v1.30.3', [], undefined],
  ['nothing for what is no version', 'master', [['v1.30.3']], undefined],
]
test.each(cases)('offers %s', (...[, version, offers, wanted]) => {
  expect(upgradeOf(version, offers)).toBe(wanted)
})

test('a version is at its end from the day on that Istio names', () => {
  expect(endOfLifeOf('v1.28.3', new Date('2026-06-30T12:00:00Z'))).toBeUndefined()
  expect(endOfLifeOf('v1.28.3', new Date('2026-07-01T00:00:00Z'))).toBe('2026-07-01')
  expect(endOfLifeOf('v1.30.3', new Date('2030-01-01T00:00:00Z'))).toBeUndefined()
})

test('a span goes from the oldest to the newest', () => {
  expect(spanOf(['1.30.3', '1.9.9', '1.30.3', '1.29.1'])).toEqual({ oldest: '1.9.9', newest: '1.30.3' })
  expect(spanOf([])).toBeUndefined()
})
