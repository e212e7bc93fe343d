import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object, service } from '../../samples.ts'
import { findingsOf } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

const web = { ...service('web', 'shop'), spec: { selector: { app: 'web' }, ports: [{ port: 80, name: 'http' }] } }
const rule = (spec: JsonRecord) =>
  object('VirtualService', 'rule', { namespace: 'shop', spec: { hosts: ['web'], ...spec } })
const to = (more: JsonRecord = {}, host = 'web'): JsonRecord => ({ destination: { host }, ...more })
const said = (http: Json, ...slugs: string[]) =>
  saidOf({ objects: [web, rule({ http: [http] })] }, 'virtualservice', slugs)

describe('weights', () => {
  const of = (...weights: (number | undefined)[]) =>
    said(
      {
        route: weights.map((weight, index) => ({
          destination: { host: 'web', port: { number: 80 + index } },
          ...(weight === undefined ? {} : { weight }),
        })),
      },
      'weight-unsaid',
      'weight-sum',
    ).filter((each) => !each.includes('port-'))
  it.each([
    ['all said', [50, 50], []],
    ['none said', [undefined, undefined], []],
    ['one unsaid', [60, undefined], ['warning weight-unsaid /spec/http/0/route/1 [rest say-zero]']],
    [
      'one of three unsaid',
      [30, 30, undefined],
      ['info weight-sum /spec/http/0/route [hundred]', 'warning weight-unsaid /spec/http/0/route/2 [rest say-zero]'],
    ],
    ['all to one', [50, 0], []],
    ['one unsaid, nothing left', [100, undefined], ['warning weight-unsaid /spec/http/0/route/1 [say-zero]']],
    [
      'two unsaid',
      [100, undefined, undefined],
      [
        'warning weight-unsaid /spec/http/0/route/1 [say-zero]',
        'warning weight-unsaid /spec/http/0/route/2 [say-zero]',
      ],
    ],
    ['one unsaid beside nothing', [0, undefined], []],
    ['shares of two', [1, 1], ['info weight-sum /spec/http/0/route [hundred]']],
    ['thirds', [1, 1, 1], ['info weight-sum /spec/http/0/route [hundred]']],
    ['one too small for a hundredth', [1000, 1], ['info weight-sum /spec/http/0/route']],
  ])('%s', (...[, weights, expected]) => {
    expect(of(...weights).toSorted((a, b) => a.localeCompare(b))).toEqual(expected)
  })
})

describe('destinations', () => {
  const twice = (...route: JsonRecord[]) => said({ route }, 'destination-twice')
  it('are named once', () => {
    const [line] = ['info destination-twice /spec/http/0/route/1 [as-one]']
    expect(twice(to({ weight: 50 }), to({ weight: 50 }, 'web.shop.svc.cluster.local'))).toEqual([line])
    expect(twice(to({ weight: 30 }), to({ weight: 30 }), to({ weight: 40 }, 'api'))).toEqual([
      'info destination-twice /spec/http/0/route/1',
    ])
    expect(twice(to({ weight: 40 }, 'api'), to({ weight: 30 }), to({ weight: 30 }))).toEqual([
      'info destination-twice /spec/http/0/route/2 [as-one]',
    ])
    expect(twice(to(), to({ weight: 100 }))).toEqual([line])
    expect(twice(to({ weight: 50 }), to({ weight: 50 }, 'api'))).toEqual([])
    const subset = { destination: { host: 'web', subset: 'v1' }, weight: 50 }
    expect(twice(to({ weight: 50 }), subset)).toEqual([])
    const port = { destination: { host: 'web', port: { number: 81 } }, weight: 50 }
    expect(twice(to({ weight: 50 }), port)).toEqual([])
    const headers = { headers: { request: { set: { a: 'b' } } } }
    expect(twice(to({ weight: 50, ...headers }), to({ weight: 50 }))).toEqual([])
    expect(twice(to({ weight: 50 }), to({ weight: 50, ...headers }))).toEqual([])
  })
})

describe('retries', () => {
  const slugs = ['try-outlasts-timeout', 'retries-cut', 'many-retries', 'writes-retried']
  const of = (more: JsonRecord) => said({ route: [to()], ...more }, ...slugs)
  it('take time', () => {
    const retry = (timeout: string, perTryTimeout: string, attempts = 2) =>
      of({ timeout, retries: { attempts, perTryTimeout } })
    const place = '/spec/http/0/retries/perTryTimeout [longer]'
    expect(retry('1s', '1s')).toEqual([`warning try-outlasts-timeout ${place}`])
    expect(retry('1s', '999ms')).toEqual([`info retries-cut ${place}`])
    expect(retry('1s', '334ms')).toEqual([`info retries-cut ${place}`])
    expect(retry('1s', '333ms')).toEqual([])
    expect(retry('0s', '2s')).toEqual([])
    expect(retry('1s', '')).toEqual([])
    expect(retry('1s', '2s', 0)).toEqual([])
    expect(said({ route: [to()], retries: { attempts: 2, perTryTimeout: '2s' } }, ...slugs)).toEqual([])
  })
  it('are given the time that they take', () => {
    const longer = (perTryTimeout: string) => {
      const http = [{ route: [to()], timeout: '1s', retries: { attempts: 2, perTryTimeout } }]
      return findingsOf({ objects: [web, rule({ http })] }).flatMap(({ fixes }) =>
        fixes.flatMap(({ patches }) => patches.flatMap(({ operations }) => operations)),
      )
    }
    const path = '/spec/http/0/timeout'
    expect(longer('1s')).toEqual([{ op: 'replace', path, value: '3s' }])
    expect(longer('500ms')).toEqual([{ op: 'replace', path, value: '1500ms' }])
  })
  it('multiply', () => {
    expect(of({ retries: { attempts: 6 } })).toEqual(['info many-retries /spec/http/0/retries/attempts [fewer]'])
    expect(of({ retries: { attempts: 5 } })).toEqual([])
  })
  it('write twice', () => {
    const place = ['warning writes-retried /spec/http/0/retries/retryOn [unsent]']
    const on = (retryOn: string, ...methods: (string | undefined)[]) =>
      of({
        match: methods.map((exact) => (exact === undefined ? { uri: { prefix: '/x' } } : { method: { exact } })),
        retries: { attempts: 2, retryOn },
      })
    expect(on('5xx', 'POST')).toEqual(place)
    expect(on('connect-failure,reset', 'PATCH')).toEqual(place)
    expect(on('503', 'POST')).toEqual(place)
    expect(on('5xx', 'GET')).toEqual([])
    expect(on('5xx', 'POST', undefined)).toEqual([])
    expect(on('5xx')).toEqual([])
    expect(on('connect-failure,refused-stream', 'POST')).toEqual([])
  })
  it('of HTTP alone', () => {
    const spec = { tcp: [{ route: [to()], retries: { attempts: 9 } }] }
    expect(saidOf({ objects: [web, rule(spec)] }, 'virtualservice', slugs)).toEqual([])
  })
})

describe('faults', () => {
  const of = (fault: JsonRecord, more: JsonRecord = {}) =>
    said({ route: [to()], fault, ...more }, 'fault-for-all', 'fault-for-none')
  const abort = (value: number) => ({ abort: { httpStatus: 503, percentage: { value } } })
  it('for all, or for none', () => {
    expect(of(abort(100))).toEqual(['warning fault-for-all /spec/http/0/fault/abort [no-abort tenth]'])
    expect(of(abort(99))).toEqual([])
    expect(of(abort(100), { match: [{ headers: { test: { exact: 'x' } } }] })).toEqual([
      'info fault-for-all /spec/http/0/fault/abort [no-abort tenth]',
    ])
    const delay = { delay: { fixedDelay: '1s', percentage: { value: 100 } } }
    expect(of({ ...abort(100), ...delay })).toEqual(['warning fault-for-all /spec/http/0/fault/abort [no-abort tenth]'])
    expect(of(delay)).toEqual([])
    expect(of({ abort: { httpStatus: 503 } })).toEqual(['info fault-for-none /spec/http/0/fault/abort [tenth]'])
    expect(of({ delay: { fixedDelay: '1s' } })).toEqual(['info fault-for-none /spec/http/0/fault/delay [tenth]'])
    expect(of({ delay: { fixedDelay: '1s', percent: 5 } })).toEqual([])
  })
})

describe('mirrors', () => {
  const of = (more: JsonRecord) => said({ route: [to()], ...more }, 'mirror-to-itself')
  it('to where the request goes', () => {
    expect(of({ mirror: { host: 'web' } })).toEqual(['warning mirror-to-itself /spec/http/0/mirror [no-mirror]'])
    expect(of({ mirror: { host: 'web' }, mirrorPercentage: { value: 5 } })).toEqual([
      'warning mirror-to-itself /spec/http/0/mirror [no-mirror]',
    ])
    expect(of({ mirror: { host: 'web.shop.svc.cluster.local' } })).toHaveLength(1)
    expect(of({ mirror: { host: 'api.example.com' } })).toEqual([])
    expect(of({ mirror: { host: 'web', subset: 'v2' } })).toEqual([])
    expect(of({ mirror: { host: 'web', port: { number: 81 } } })).toHaveLength(1)
    const at = (number: number, name = 'web') => ({ host: name, port: { number } })
    const two = { ...web, spec: { ...web.spec, ports: [80, 81].map((port) => ({ port, name: `http-${port}` })) } }
    const ported = (from: number, mirror: JsonRecord) =>
      saidOf({ objects: [two, rule({ http: [{ route: [{ destination: at(from) }], mirror }] })] }, 'virtualservice', [
        'mirror-to-itself',
      ])
    expect(ported(80, at(81))).toEqual([])
    expect(ported(80, at(80))).toHaveLength(1)
    expect(ported(80, { host: 'web' })).toHaveLength(1)
    expect(of({ mirrors: [{ destination: { host: 'api' } }, { destination: { host: 'web' } }] })).toEqual([
      'warning mirror-to-itself /spec/http/0/mirrors/1 [no-mirror]',
    ])
  })
})

describe('redirects', () => {
  const of = (redirect: JsonRecord, ...match: JsonRecord[]) =>
    said({ redirect, ...(match.length === 0 ? {} : { match }) }, 'redirect-to-itself')
  const round = ['error redirect-to-itself /spec/http/0/redirect']
  it.each([
    [{ uri: '/a' }, [], round],
    [{ redirectCode: 302 }, [], round],
    [{ authority: 'web' }, [], round],
    [{ authority: 'other' }, [], []],
    [{ scheme: 'https' }, [], []],
    [{ port: 8443 }, [], []],
    [{ derivePort: 'FROM_REQUEST_PORT' }, [], []],
    [{ uri: '/a/b' }, [{ uri: { prefix: '/a' } }], round],
    [{ uri: '/b' }, [{ uri: { prefix: '/a' } }], []],
    [{ uri: '/a' }, [{ uri: { exact: '/a' } }], round],
    [{ uri: '/b' }, [{ uri: { exact: '/a' } }], []],
    [{ authority: 'web' }, [{ uri: { exact: '/a' } }], round],
    [{ uri: '/b' }, [{ uri: { exact: '/a' } }, {}], round],
    [{ uri: '/a' }, [{ uri: { prefix: '/a' }, method: { exact: 'GET' } }], []],
    [{ uri: '/a' }, [{ headers: { x: {} } }], []],
  ])('%j, matched by %j', (redirect, match, expected) => {
    expect(of(redirect, ...match)).toEqual(expected)
  })
})

describe('headers', () => {
  const of = (headers: JsonRecord) => said({ route: [to({ headers })] }, 'header-breaks-framing', 'header-of-istio')
  it('are not all a rule’s to say', () => {
    const place = '/spec/http/0/route/0/headers'
    expect(of({ response: { set: { 'Content-Length': '0' } } })).toEqual([
      `error header-breaks-framing ${place}/response/set/Content-Length [leave]`,
    ])
    expect(of({ request: { add: { 'x-forwarded-client-cert': 'By=x' } } })).toEqual([
      `warning header-of-istio ${place}/request/add/x-forwarded-client-cert [leave]`,
    ])
    expect(of({ request: { set: { 'x-mine': 'a' }, remove: ['content-length'] } })).toEqual([])
    const whole = { route: [to()], headers: { request: { set: { 'transfer-encoding': 'chunked' } } } }
    expect(said(whole, 'header-breaks-framing')).toEqual([
      'error header-breaks-framing /spec/http/0/headers/request/set/transfer-encoding [leave]',
    ])
  })
})

describe('routes that are never reached', () => {
  const of = (...matches: Json[][]) =>
    saidOf(
      {
        objects: [
          web,
          rule({ http: matches.map((match) => ({ ...(match.length === 0 ? {} : { match }), route: [to()] })) }),
        ],
      },
      'virtualservice',
      ['route-covered'],
    )
  const uri = (prefix: string, more: JsonRecord = {}) => ({ uri: { prefix }, ...more })
  const covered = ['warning route-covered /spec/http/1/match [before]']
  it.each([
    ['a longer path', [[uri('/a')], [uri('/a/b')]], covered],
    ['a shorter path', [[uri('/a/b')], [uri('/a')]], []],
    ['an exact path', [[uri('/a')], [{ uri: { exact: '/a/b' } }]], covered],
    ['an exact path of others', [[uri('/a')], [{ uri: { exact: '/b' } }]], []],
    ['a pattern', [[uri('/a')], [{ uri: { regex: '/a/.*' } }]], []],
    ['after everything', [[uri('/')], [{ headers: { x: { exact: 'y' } } }]], covered],
    ['after every path', [[{ uri: { regex: '.*' } }], [{ uri: { exact: '/b' } }]], covered],
    ['of a method', [[uri('/a')], [uri('/a/b', { method: { exact: 'GET' } })]], covered],
    ['after a method', [[uri('/a', { method: { exact: 'GET' } })], [uri('/a/b')]], []],
    [
      'after the same method',
      [[uri('/a', { method: { exact: 'GET' } })], [uri('/a/b', { method: { exact: 'GET' } })]],
      covered,
    ],
    ['after a header', [[uri('/a', { headers: { x: { exact: 'y' } } })], [uri('/a/b')]], []],
    ['after any value', [[{ headers: { x: {} } }], [{ headers: { x: { exact: 'y' } } }]], covered],
    ['after a query', [[{ queryParams: { q: { exact: '1' } } }], [{ headers: { x: {} } }]], []],
    ['without a header', [[{ withoutHeaders: { x: {} } }], [uri('/a')]], []],
    ['both without a header', [[{ withoutHeaders: { x: {} } }], [uri('/a', { withoutHeaders: { x: {} } })]], covered],
    ['in another case', [[uri('/a', { ignoreUriCase: true })], [uri('/a/b')]], []],
    ['of another port', [[uri('/a', { port: 80 })], [uri('/a/b', { port: 81 })]], []],
    ['of one port', [[uri('/a')], [uri('/a/b', { port: 81 })]], covered],
    ['for others', [[uri('/a', { sourceLabels: { app: 'x' } })], [uri('/a/b')]], []],
    ['for some', [[uri('/a')], [uri('/a/b', { sourceLabels: { app: 'x' } })]], covered],
    ['for another namespace', [[uri('/a', { sourceNamespace: 'x' })], [uri('/a/b', { sourceNamespace: 'y' })]], []],
    ['at other gateways', [[uri('/a', { gateways: ['mesh'] })], [uri('/a/b')]], []],
    ['at one of its gateways', [[uri('/a', { gateways: ['mesh'] })], [uri('/a/b', { gateways: ['mesh'] })]], covered],
    ['the same', [[uri('/a')], [uri('/a')]], []],
    ['after a route for all', [[], [uri('/a')]], []],
    ['one of two matches', [[uri('/a')], [uri('/a/b'), uri('/c')]], []],
    ['for all', [[uri('/a')], []], []],
    ['for all after everything', [[uri('/')], []], ['warning route-covered /spec/http/1 [without]']],
    ['for all after all of a method', [[uri('/', { method: { exact: 'GET' } })], []], []],
    ['for all, once more', [[uri('/')], [], []], ['warning route-covered /spec/http/1']],
  ])('%s', (...[, matches, expected]) => {
    expect(of(...matches)).toEqual(expected)
  })
  it('are not moved where several are', () => {
    expect(of([uri('/a')], [uri('/a/b')], [uri('/a/c')])).toEqual([
      'warning route-covered /spec/http/1/match',
      'warning route-covered /spec/http/2/match',
    ])
  })
})
