import { metricsRanges } from '@orbweaver/contracts/metrics'
import { expect, test } from 'vitest'
import { loadNeeds, requestNeeds } from './needs.ts'
import { pointsOf, rangeUntil, rateWindow, stepOf } from './range.ts'

const over = { seconds: 3_600, step: 60 }

test('a mesh is asked the same seven queries, charts over the range and services at its end', () => {
  const needs = loadNeeds(over, undefined)
  expect(Object.entries(needs).map(([name, need]) => [name, 'over' in need])).toEqual([
    ['cpu', true],
    ['memory', true],
    ['bytes', true],
    ['requests', false],
    ['errors', false],
    ['spent', false],
    ['timed', false],
  ])
  expect(needs.cpu.query).toBe(
    'sum by (namespace) (max by (namespace, pod) (rate(container_cpu_usage_seconds_total{container="istio-proxy"}[240s])))',
  )
  expect(needs.requests.query).toMatch(
    /^sum by \(reporter, source_cluster, .*\) \(rate\(istio_requests_total\[3600s\]\)\) > 0$/,
  )
})

test('of a Prometheus of several clusters only those wanted are read, in every query', () => {
  const needs = { ...loadNeeds(over, { label: 'cluster', values: ['east', 'w"]'] }), ...requestNeeds(300, undefined) }
  const { requests: _requests, errors: _errors, ...told } = needs
  for (const { query } of Object.values(told)) {
    const selectors = query.match(/\{[^}]*\}/g) ?? []
    expect(selectors.length).toBeGreaterThan(0)
    expect(selectors.every((each) => each.includes('cluster=~"east|w\\"\\\\]"'))).toBe(true)
  }
  expect(told.memory.query).toMatch(/^sum by \(namespace, cluster\)/)
})

test('requests fail by their code, without an answer, or by the status of gRPC', () => {
  const { query } = requestNeeds(300, undefined).errors
  expect(query).toContain('rate(istio_requests_total{response_code=~"5..|0"}[300s])')
  expect(query).toContain(' or rate(istio_requests_total{request_protocol="grpc",grpc_response_status!~"0|"}[300s])')
})

test.each([
  [900, 15],
  [3_600, 60],
  [21_600, 300],
  [86_400, 1_200],
  [604_800, 7_200],
])('%i s have points %i s apart, and no rate is shorter than four scrapes or a step', (seconds, step) => {
  expect(stepOf(seconds)).toBe(step)
  expect(rateWindow(step)).toBe(Math.max(240, step + 60))
})

test.each(metricsRanges)('a chart of %i minutes has 60 to 90 points', (minutes) => {
  const [seconds, step] = [minutes * 60, stepOf(minutes * 60)]
  const range = rangeUntil(1_764_000_007, { seconds, step })
  expect(pointsOf(range)).toBeGreaterThan(60)
  expect(pointsOf(range)).toBeLessThan(93)
})

test('who asks in the same step asks the same', () => {
  const range = { start: 1_700_000_100 - 3_600, end: 1_700_000_100, step: 60 }
  expect([1_700_000_100, 1_700_000_159.9].map((now) => rangeUntil(now, over))).toEqual([range, range])
})
