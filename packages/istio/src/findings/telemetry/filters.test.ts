import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'
import { parseCel } from './cel.ts'

const of = (filter: Json) => {
  const spec = { accessLogging: [{ providers: [{ name: 'envoy' }], filter }] }
  return told(/^telemetry\.filter/, { objects: [object('Telemetry', 'a', { namespace: 'shop', spec })] })
}
const at = '/spec/accessLogging/0/filter/expression'
const by = (expression: string) => of({ expression })

describe('an expression', () => {
  it.each([
    'true',
    'response.code >= 400',
    'response.code >= 400 || connection.mtls',
    '!has(request.headers["x"]) && -1 < 2',
    'a ? b : c ? d : e',
    '[1, 2u, 0x1F, 1.5, 1e3, .5,].size() > 2',
    '{"a": 1, \'b\': [2],}',
    '{}',
    '[]',
    'r"\\d" + b\'x\' + """a\nb""" + \'\'\'c\'\'\'',
    'request.headers[?"x"].orValue("")',
    'a.?b',
    '.a.b(1, 2)',
    'google.rpc.Code{a: 1}',
    'xs.exists(x, x > 1)',
    '1 in [1]',
    '--1',
    '!!a',
    'a // why\n && b',
    '"\\""',
    'a.`b-c`',
  ])('is %s', (source) => {
    expect(parseCel(source)).toBeDefined()
  })
  it.each([
    '',
    'a b',
    'a &&',
    '|| a',
    'a ? b',
    'a ? : c',
    'a ? b :',
    '(a',
    '[a',
    '[a b]',
    '{a',
    '{a: }',
    '{a: 1 b: 2}',
    'a.',
    'a.1',
    'a[',
    'a[1',
    'a[]',
    'f(',
    'f(a b)',
    '"a',
    'a & b',
    'in',
    'a == ',
    'a $ b',
    '!',
    'a + ',
    'a * ',
    '1{a: 1}',
  ])('is not %s', (source) => {
    expect(parseCel(source)).toBeUndefined()
    expect(by(source)).toEqual([`rejected filter-syntax ${at}`])
  })
})

describe('filters of access logs', () => {
  it('are read where there are some', () => {
    expect(of(null)).toEqual([])
    expect(of({})).toEqual([`rejected filter-syntax ${at}`])
    const spec = { accessLogging: [{ providers: [{ name: 'envoy' }] }] }
    expect(told(/filter/, { objects: [object('Telemetry', 'a', { namespace: 'shop', spec })] })).toEqual([])
  })
  const lost = `warning filter-attribute ${at}`
  it.each<[string, string[]]>([
    ['response.code == 500', []],
    ['xds.cluster_name == "a"', []],
    ['respnse.code == 500', [`${lost} (near-name)`]],
    ['respnse.code > 600', [lost]],
    ['(respnse.code) == 500', [`${lost} (near-name)`]],
    ['code == 500', [lost]],
    ['response.code == 500 || code == 1', [lost]],
    ['request.headers.exists(h, h == "x")', []],
    ['request.headers.other(h, h == "x")', [lost]],
    ['request.headers.exists(h, g == "x")', [lost]],
    ['size(code) > 1', [lost]],
  ])('ask for what there is: %s', (source, expected) => {
    expect(by(source)).toEqual(expected)
  })
  const odd = `warning filter-type ${at}`
  it.each<[string, string[]]>([
    ['response.code == "500"', [`${odd} (number)`]],
    ['"500" == response.code', [`${odd} (number)`]],
    ["response.code >= '400'", [`${odd} (number)`]],
    ['response.code == "5xx"', [odd]],
    ['response.code == "700"', [odd]],
    ['response.code != "500"', []],
    ['request.method == "GET"', []],
    ['response.code in ["500"]', []],
    ['connection.mtls && response.code == "500"', [`${odd} (number)`]],
    ['connection.mtls || response.code == "500"', []],
    ['request.size == "5"', [`${odd} (number)`]],
  ])('compare like with like: %s', (source, expected) => {
    expect(by(source)).toEqual(expected)
  })
  it.each([['response.code == "5xx"'], ['"5xx" == response.code']])('name both sides: %s', (expression) => {
    const spec = { accessLogging: [{ providers: [{ name: 'envoy' }], filter: { expression } }] }
    const found = findingsOf({ objects: [object('Telemetry', 'a', { namespace: 'shop', spec })] })
    expect(found.filter(({ code }) => code === 'telemetry.filter-type')).toMatchObject([
      { params: { path: 'response.code', text: '"5xx"' } },
    ])
  })
  const never = [`warning filter-never ${at}`]
  it.each<[string, string[]]>([
    ['response.code >= 400', []],
    ['response.code >= 400 && response.code < 400', never],
    ['response.code > 400 && response.code < 402', []],
    ['response.code > 400 && response.code < 401', never],
    ['response.code > 400 || response.code < 401', []],
    ['response.code > 599', never],
    ['response.code >= 599', []],
    ['response.code > 598', []],
    ['response.code < 1', []],
    ['response.code < 0', never],
    ['response.code <= 99 && response.code != 0', never],
    ['response.code <= 100 && response.code != 0', []],
    ['response.code == 99', never],
    ['response.code == 0', []],
    ['400 < response.code && 401 > response.code', never],
    ['400 <= response.code && 400 >= response.code', []],
    ['500 == response.code && response.code != 500', never],
    ['500 == response.code && 404 == response.code', never],
    ['request.size > 599', []],
    ['response.code > 599 && connection.mtls', never],
    ['(response.code > 500 && connection.mtls) && response.code < 500', never],
    ['response.code in [600]', []],
  ])('hold for some response: %s', (source, expected) => {
    expect(by(source)).toEqual(expected)
  })
})

describe('providers', () => {
  const codes = /^telemetry\.(provider-|no-traces|no-provider|lightstep)/
  const otel = { name: 'otel', opentelemetry: {} }
  const found = (spec: JsonRecord, ...extensionProviders: JsonRecord[]) =>
    told(codes, {
      objects: [object('Telemetry', 'a', { namespace: 'shop', spec })],
      settings: { config: { extensionProviders } },
    })
  const by = (section: string, name: string) => ({ [section]: [{ providers: [{ name }] }] })
  const where = (section: string) => `/spec/${section}/0/providers/0/name`
  it.each<[string, string, string[]]>([
    ['tracing', 'otel', []],
    ['tracing', 'OTEL', []],
    ['tracing', 'gone', [`warning provider-not-found ${where('tracing')} (fit-provider)`]],
    ['tracing', 'envoy', [`warning provider-unfit ${where('tracing')} (fit-provider)`]],
    ['metrics', 'prometheus', []],
    ['metrics', 'stackdriver', [`warning provider-unfit ${where('metrics')} (fit-provider)`]],
    ['metrics', 'otel', [`warning provider-unfit ${where('metrics')} (fit-provider)`]],
    ['accessLogging', 'envoy', []],
    ['accessLogging', 'stackdriver', []],
    ['accessLogging', 'otel', [`warning provider-unfit ${where('accessLogging')}`]],
    ['accessLogging', 'gone', [`warning provider-not-found ${where('accessLogging')}`]],
  ])('%s to %s', (section, name, expected) => {
    expect(found(by(section, name), otel)).toEqual(expected)
  })
  it('that are not known are not missed', () => {
    expect(found(by('tracing', 'gone'))).toEqual([])
    expect(found(by('tracing', 'envoy'))).toEqual([`warning provider-unfit ${where('tracing')}`])
  })
  it('may be called as those that every mesh has', () => {
    expect(found(by('metrics', 'envoy'), { name: 'envoy', prometheus: {} })).toEqual([])
    expect(found(by('accessLogging', 'envoy'), { name: 'envoy', prometheus: {} })).toEqual([
      `warning provider-unfit ${where('accessLogging')} (fit-provider)`,
    ])
  })
  it('that Istio gives up are told once, and can be left', () => {
    const lightstep = { name: 'ls', lightstep: {} }
    expect(found(by('tracing', 'ls'), lightstep)).toEqual([`warning lightstep ${where('tracing')}`])
    expect(found(by('tracing', 'ls'), lightstep, otel)).toEqual([
      `warning lightstep ${where('tracing')} (fit-provider)`,
    ])
    expect(found(by('metrics', 'ls'), lightstep)).toEqual([`warning provider-unfit ${where('metrics')} (fit-provider)`])
  })
  it('are named', () => {
    expect(found({ accessLogging: [{}] })).toEqual(['warning no-provider /spec/accessLogging/0 (to-output)'])
  })
  it('get some traces', () => {
    const traces = (of: JsonRecord) => found({ tracing: [{ ...of }] }, otel)
    expect(traces({ randomSamplingPercentage: 0 })).toEqual([
      'info no-traces /spec/tracing/0/randomSamplingPercentage (say-so)',
    ])
    expect(traces({ randomSamplingPercentage: 1 })).toEqual([])
    expect(traces({ randomSamplingPercentage: 0, disableSpanReporting: true })).toEqual([])
    expect(traces({})).toEqual([])
  })
})

describe('patches of Envoy that do nothing', () => {
  it.each([
    ['ADD', 'ROUTE_CONFIGURATION', 'MERGE'],
    ['REPLACE', 'CLUSTER', 'MERGE'],
    ['REMOVE', 'ROUTE_CONFIGURATION', undefined],
  ])('%s of %s: %s', (operation, applyTo, right) => {
    const spec = { configPatches: [{ applyTo, match: { context: 'ANY' }, patch: { operation, value: {} } }] }
    const [said, ...faults] = told(/^envoyfilter\.(add|replace|remove)/, {
      objects: [object('EnvoyFilter', 'a', { namespace: 'shop', spec })],
    })
    expect(said?.endsWith('(operation)')).toBe(right !== undefined)
    expect(faults).toEqual([])
  })
})
