import { expect, test } from 'vitest'
import { localityProblem } from './localities.ts'
import { judge, refusal, type Spec } from './testing/judge.ts'

test.each([
  [['a', 'b/*', 'c/d/e'], undefined],
  [['a/b', 'a/*'], undefined],
  [['a/*', 'a/b'], 'locality a/b overlap with previous specified ones'],
  [['a/b/c', 'a/b'], 'locality a/b overlap with previous specified ones'],
  [['*', 'a'], 'locality a overlap with previous specified ones'],
  [['a//b'], 'locality a//b must not contain empty region/zone/subzone info'],
  [['*/a'], "locality */a wildcard '*' number can not exceed 1 and must be in the end"],
])('localities %j', (localities, problem) => {
  expect(localityProblem(localities)).toBe(problem)
})

const balanced = (loadBalancer: Spec): Spec => ({ host: 'a', trafficPolicy: { loadBalancer } })

test('failing over by zones is for the zone-aware setting itself', () => {
  const zoneAwareLbSetting = { failover: [{ from: 'a', to: 'a' }] }
  expect(refusal('DestinationRule', balanced({ zoneAwareLbSetting }))).toBe(
    'zone aware lb failover settings must specify different regions',
  )
})

test('failing over takes outlier detection', () => {
  const localityLbSetting = { failover: [{ from: 'a', to: 'b' }] }
  expect(judge('DestinationRule', balanced({ localityLbSetting })).warnings).toEqual([
    'outlier detection policy must be provided for failover',
  ])
})
