import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  return findingsOf({ objects, ...more })
    .filter(
      ({ code, aliases }) => code.startsWith('telemetry.') || (code.startsWith('envoyfilter.') && aliases.length > 0),
    )
    .map(({ code, ref, pointer, aliases }) => [code.split('.')[1], ref.name, pointer, aliases[0]].join(' '))
}
const telemetry = (name: string, spec: JsonRecord, namespace = 'shop') => object('Telemetry', name, { namespace, spec })
const selecting = (name: string, labels: JsonRecord, namespace = 'shop') =>
  telemetry(name, { selector: { matchLabels: labels }, metrics: [] }, namespace)
const web = pod('web-1', 'shop', { labels: { app: 'web', tier: 'x' } })

describe('selectors', () => {
  const nobody = ['selector-empty a /spec/selector/matchLabels IST0101']
  it('select Pods of their namespace', () => {
    expect(told([web, selecting('a', { app: 'web' })])).toEqual([])
    expect(told([web, selecting('a', { app: 'api' })])).toEqual(nobody)
    expect(told([web, selecting('a', { app: 'web' }, 'far')])).toEqual(nobody)
    expect(told([selecting('a', { app: 'web' })], { unread: ['east'] })).toEqual([])
    expect(told([selecting('a', {})])).toEqual([])
  })
  it('do not overlap', () => {
    const at = '/spec/selector/matchLabels IST0159'
    const both = [selecting('a', { app: 'web' }), selecting('b', { tier: 'x' })]
    expect(told([web, ...both])).toEqual([`selectors-overlap a ${at}`, `selectors-overlap b ${at}`])
    expect(told([web, selecting('a', { app: 'web' }), telemetry('b', {})])).toEqual([])
    const apart = pod('api-1', 'shop', { labels: { app: 'api' } })
    expect(told([web, apart, selecting('a', { app: 'web' }), selecting('b', { app: 'api' })])).toEqual([])
  })
  it('are left out once in a namespace', () => {
    expect(told([telemetry('a', {}), telemetry('b', {})])).toEqual([
      'several-defaults a  IST0160',
      'several-defaults b  IST0160',
    ])
    expect(told([telemetry('a', {}), telemetry('b', {}, 'far')])).toEqual([])
    expect(told([telemetry('a', {}), telemetry('b', { selector: {} })])).toEqual([])
  })
})

describe('providers', () => {
  const none = ['no-provider a /spec/accessLogging/0 IST0157']
  it.each([
    [{ accessLogging: [{}] }, {}, none],
    [{ accessLogging: [{ providers: [] }] }, {}, none],
    [{ accessLogging: [{ disabled: true }] }, {}, []],
    [{ accessLogging: [{ disabled: false }] }, {}, none],
    [{ accessLogging: [{ providers: [{ name: 'otel' }] }] }, {}, []],
    [{ accessLogging: [{}] }, { defaultProviders: { accessLogging: ['envoy'] } }, []],
    [{ accessLogging: [{}] }, { defaultProviders: { tracing: ['envoy'] } }, none],
  ])('%j in a mesh %j', (spec, config, expected) => {
    expect(told([telemetry('a', spec)], { settings: { config } })).toEqual(expected)
  })
  it('are of kinds that Istio keeps', () => {
    const config = {
      extensionProviders: [
        { name: 'ls', lightstep: {} },
        { name: 'otel', opentelemetry: {} },
      ],
    }
    const tracing = (name: string) => telemetry('a', { tracing: [{ providers: [{ name }] }] })
    expect(told([tracing('ls')], { settings: { config } })).toEqual([
      'lightstep a /spec/tracing/0/providers/0/name IST0002',
    ])
    expect(told([tracing('otel')], { settings: { config } })).toEqual([])
    expect(told([tracing('ls')])).toEqual([])
  })
})

describe('patches of Envoy', () => {
  const patch = (operation: string, applyTo: string, more: JsonRecord = {}) => ({
    applyTo,
    patch: { operation },
    ...more,
  })
  const filter = (patches: JsonRecord[], priority?: number) =>
    object('EnvoyFilter', 'a', {
      namespace: 'shop',
      spec: { configPatches: patches, ...(priority === undefined ? {} : { priority }) },
    })
  const at = (index: number) => `/spec/configPatches/${index}/patch/operation`
  it.each([
    ['ADD', 'HTTP_ROUTE', undefined],
    ['ADD', 'ROUTE_CONFIGURATION', ['add-ignored', 'IST0153']],
    ['ADD', 'CLUSTER', undefined],
    ['REMOVE', 'HTTP_ROUTE', undefined],
    ['REMOVE', 'ROUTE_CONFIGURATION', ['remove-ignored', 'IST0154']],
    ['REPLACE', 'LISTENER_FILTER', undefined],
    ['REPLACE', 'HTTP_ROUTE', ['replace-ignored', 'IST0152']],
    ['REMOVE', 'CLUSTER', ['relative', 'IST0151']],
    ['REPLACE', 'CLUSTER', ['replace-ignored', 'IST0152']],
    ['REPLACE', 'HTTP_FILTER', ['relative', 'IST0151']],
    ['REPLACE', 'NETWORK_FILTER', ['relative', 'IST0151']],
    ['REPLACE', 'VIRTUAL_HOST', ['relative', 'IST0151']],
    ['INSERT_BEFORE', 'HTTP_FILTER', ['relative', 'IST0151']],
    ['INSERT_AFTER', 'HTTP_FILTER', ['relative', 'IST0151']],
    ['INSERT_FIRST', 'HTTP_FILTER', undefined],
    ['MERGE', 'CLUSTER', undefined],
  ])('%s of %s', (operation, applyTo, expected) => {
    const said = expected === undefined ? [] : [`${expected[0]} a ${at(0)} ${expected[1]}`]
    expect(told([filter([patch(operation, applyTo)])])).toEqual(said)
    expect(told([filter([patch(operation, applyTo)], 0)])).toEqual(said)
    const isOrder = expected?.[0] === 'relative'
    expect(told([filter([patch(operation, applyTo)], 5)])).toEqual(isOrder ? [] : said)
  })
  it('rest on one for certain versions', () => {
    const named = { patch: { operation: 'INSERT_BEFORE', value: { name: 'lua' } } }
    const pinned = patch('MERGE', 'HTTP_FILTER', {
      ...named,
      patch: { operation: 'MERGE', value: { name: 'lua' } },
      match: { proxy: { proxyVersion: '^1.2' } },
    })
    const after = patch('INSERT_BEFORE', 'HTTP_FILTER', named)
    expect(told([filter([pinned, after])])).toEqual([`relative-by-version a ${at(1)} IST0155`])
    expect(told([filter([after, pinned])])).toEqual([`relative a ${at(0)} IST0151`])
    const sought = { match: { listener: { filterChain: { filter: { name: 'hcm' } } }, proxy: { proxyVersion: '^1' } } }
    const merge = patch('MERGE', 'HTTP_FILTER', { ...sought, patch: { operation: 'MERGE', value: {} } })
    const insert = patch('INSERT_AFTER', 'HTTP_FILTER', { ...sought, patch: { operation: 'INSERT_AFTER', value: {} } })
    expect(told([filter([merge, insert])])).toEqual([`relative-by-version a ${at(1)} IST0155`])
    const writing = (name: string) => ({ ...sought, patch: { operation: 'INSERT_AFTER', value: { name } } })
    const first = patch('MERGE', 'HTTP_FILTER', {
      ...writing('lua'),
      patch: { operation: 'MERGE', value: { name: 'lua' } },
    })
    expect(told([filter([first, patch('INSERT_AFTER', 'HTTP_FILTER', writing('lua'))])])).toEqual([
      `relative-by-version a ${at(1)} IST0155`,
    ])
    expect(told([filter([first, patch('INSERT_AFTER', 'HTTP_FILTER', writing('wasm'))])])).toEqual([
      `relative a ${at(1)} IST0151`,
    ])
  })
  it('end where one has no patch', () => {
    expect(told([filter([{ applyTo: 'CLUSTER' }, patch('ADD', 'ROUTE_CONFIGURATION')])])).toEqual([])
  })
})
