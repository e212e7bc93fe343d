import type { MetricsSource } from '@orbweaver/contracts/metrics'
import { expect, it } from 'vitest'
import { whyEmpty } from './why-empty.ts'

it.each<[MetricsSource['state'][], ReturnType<typeof whyEmpty>]>([
  [['answered', 'none', 'hidden'], 'series'],
  [['answered', 'silent'], 'partly'],
  [['partial'], 'partly'],
  [['none', 'silent', 'hidden'], 'silent'],
  [['hidden', 'none'], 'none'],
  [['hidden'], 'hidden'],
  [[], 'none'],
])('of %j it is told that %s', (states, expected) => {
  expect(whyEmpty(states.map((state, index) => ({ cluster: `c${index}`, state, warnings: [] })))).toBe(expected)
})

it('waits for one that is still being asked, where none has answered', () => {
  const slow: MetricsSource = {
    cluster: 'east',
    state: 'silent',
    warnings: [],
    why: { code: 'metrics.slow', params: { cluster: 'east' } },
  }
  const other: MetricsSource = { cluster: 'west', state: 'silent', warnings: [] }
  expect(whyEmpty([slow, other])).toBe('asked')
  expect(whyEmpty([slow, { ...other, state: 'answered' }])).toBe('partly')
})
