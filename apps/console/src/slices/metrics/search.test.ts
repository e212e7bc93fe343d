import { metrics, metricsRanges } from '@orbweaver/contracts/metrics'
import { expect, it } from 'vitest'
import { ranges, readMetrics } from './search.ts'

it.each([
  [undefined, 60],
  ['15', 15],
  ['10080', 10_080],
  ['17', 60],
  ['1e3', 60],
])('?minutes=%s looks at %d', (minutes, expected) => {
  expect(readMetrics(minutes === undefined ? {} : { minutes })).toEqual({ minutes: expected })
})

it('knows what the contract takes, and takes when nothing is said', () => {
  expect(ranges).toEqual(metricsRanges)
  const schema = metrics.mesh['~orpc'].inputSchema
  expect(schema?.['~standard'].validate({ name: 'prod' })).toMatchObject({
    value: { minutes: readMetrics({}).minutes },
  })
})
