import { expect, test } from 'vitest'
import { coresOf, type IstiodReading, numbersOf, readIstiod, spanOf } from './istiod-numbers.ts'

const start = 1_700_000_000

type Said = { startedAt?: number; counted?: number; slow?: number; cpu?: number; more?: string }

/** What istiod 1.30 says, cut to what matters; `counted` observations within 0.5 s, `slow` ones within 5 s. */
function exposition({ startedAt = start, counted = 0, slow = 0, cpu = 1, more = '' }: Said): string {
  return `# TYPE pilot_xds gauge
pilot_xds{version="1.30.3"} 7
pilot_xds{version="1.29.1"} 2
pilot_xds{version="1.28.0"} 0
pilot_services 31
pilot_xds_pushes{type="cds"} ${counted}
pilot_xds_pushes{type="eds"} ${counted + slow}
pilot_xds_pushes{type="lds_senderr"} 3
# TYPE pilot_proxy_convergence_time histogram
pilot_proxy_convergence_time_bucket{le="0.1"} 0
pilot_proxy_convergence_time_bucket{le="0.5"} ${counted}
pilot_proxy_convergence_time_bucket{le="5"} ${counted + slow}
pilot_proxy_convergence_time_bucket{le="+Inf"} ${counted + slow}
pilot_proxy_convergence_time_sum 12
pilot_conflict_outbound_listener_tcp_over_current_tcp 2
pilot_conflict_outbound_listener_http_over_https 1
process_start_time_seconds ${startedAt}
process_cpu_seconds_total ${cpu}
process_resident_memory_bytes 9.4e+07
go_goroutines 812
${more}
`
}

function reading(said: Said, at = start + 100): IstiodReading {
  return readIstiod(exposition(said), at) ?? expect.fail('no reading')
}

test('one reading tells what is so, and what was counted since istiod started', () => {
  const now = reading({ counted: 100, cpu: 5 })
  expect(now).toMatchObject({ memoryBytes: 94_000_000, goroutines: 812 })
  const span = spanOf(undefined, now)
  expect(coresOf(span)).toBe(0.05)
  const { convergence, ...numbers } = numbersOf([span]) ?? expect.fail('no numbers')
  expect(convergence?.p50.seconds).toBeCloseTo(0.3)
  expect(convergence?.p99).toMatchObject({ over: false })
  expect(numbers).toEqual({
    since: { at: new Date(start * 1_000).toISOString(), start: true },
    proxies: [
      { version: '1.30.3', count: 7 },
      { version: '1.29.1', count: 2 },
    ],
    services: 31,
    pushes: 200,
    troubles: [{ key: 'send-errors', count: 3, total: 3 }],
    conflicts: [{ key: 'outbound-listener', count: 3 }],
  })
})

test('two readings tell what happened between them', () => {
  const rejects = (count: number) => `pilot_total_xds_rejects{type="rds"} ${count}`
  const first = reading({ counted: 100, cpu: 5, more: rejects(4) })
  const span = spanOf(first, reading({ counted: 100, slow: 100, cpu: 35, more: rejects(6) }, start + 160))
  expect(coresOf(span)).toBe(0.5)
  expect(numbersOf([span])).toMatchObject({
    since: { at: new Date((start + 100) * 1_000).toISOString(), start: false },
    pushes: 100,
    convergence: { p50: { seconds: 2.75 } },
    troubles: [
      { key: 'proxy-rejects', count: 2, total: 6 },
      { key: 'send-errors', count: 0, total: 3 },
    ],
  })
})

test.each([
  ['another process', { startedAt: start + 50, counted: 200 }],
  ['counters that went back', { counted: 50 }],
])('%s counts from its start', (_, said) => {
  expect(spanOf(reading({ counted: 100 }), reading(said, start + 160))).toMatchObject({ sinceStart: true })
})

test('where nothing was pushed there is no push time', () => {
  const first = reading({ counted: 100 })
  const quiet = numbersOf([spanOf(first, reading({ counted: 100 }, start + 160))])
  expect(quiet).toMatchObject({ pushes: 0, troubles: [{ key: 'send-errors', count: 0, total: 3 }] })
  expect(quiet).not.toHaveProperty('convergence')
})

test('more than the largest bound is said to be more', () => {
  const now = reading({ more: 'pilot_proxy_convergence_time_bucket{le="+Inf"} 10' })
  expect(numbersOf([spanOf(undefined, now)])?.convergence).toEqual({
    p50: { seconds: 5, over: true },
    p99: { seconds: 5, over: true },
  })
})

test('proxies, pushes and refusals of replicas are added, conflicts of the same rules are not', () => {
  const one = spanOf(undefined, reading({ counted: 10 }))
  const other = spanOf(
    reading({ counted: 5 }),
    reading({ counted: 15, more: 'pilot_vservice_dup_domain 4' }, start + 130),
  )
  expect(numbersOf([one, other])).toMatchObject({
    since: { at: new Date(start * 1_000).toISOString(), start: true },
    proxies: [
      { version: '1.30.3', count: 14 },
      { version: '1.29.1', count: 4 },
    ],
    services: 31,
    pushes: 40,
    conflicts: [
      { key: 'outbound-listener', count: 3 },
      { key: 'duplicate-domains', count: 4 },
    ],
  })
  expect(numbersOf([])).toBeUndefined()
})

test.each([['{"not":"metrics"}'], ['some_other_metric 1'], ['']])('%j is no istiod', (text) => {
  expect(readIstiod(text, start)).toBeUndefined()
})
