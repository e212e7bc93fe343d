import { expect, test } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, object, pod } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from './cases.ts'

const serviceOf = (name: string, at = 'shop', ports: JsonRecord[] = [{ name: 'http', port: 80 }]) => [
  object('Service', name, { namespace: at, spec: { selector: { app: name }, ports } }),
  pod(`${name}-1`, at, { labels: { app: name, version: 'v1' } }),
]
const route = (host: string, more: JsonRecord = {}) => ({ route: [{ destination: { host, ...more } }] })
const routed = (host: string, more: JsonRecord = {}, spec: JsonRecord = {}) =>
  object('VirtualService', 'rule', {
    namespace: 'shop',
    spec: { hosts: ['shop.example.com'], http: [route(host, more)], ...spec },
  })
const policied = (host: string, spec: JsonRecord = {}) =>
  object('DestinationRule', 'rule', { namespace: 'shop', spec: { host, ...spec } })
const homes = [namespace('shop'), namespace('far')]

/** What is proposed to be written, and what is wrong with it. */
function near(objects: readonly KubernetesObject[]): string[] {
  const all = { objects: [...homes, ...objects] }
  const names = findingsOf(all).flatMap(({ fixes }) =>
    fixes.flatMap(({ code, params }) => (code === 'near-name' ? [String(params['name'])] : [])),
  )
  return [...names, ...faultsOfFixes(all, / near-name$/)]
}

test.each([
  ['one letter left out', 'reviws', ['reviews']],
  ['two swapped', 'reveiws', ['reviews']],
  ['two letters of a long name', 'revievvs', ['reviews']],
  ['three', 'reveivvz', []],
  ['in full', 'reviws.shop.svc.cluster.local', ['reviews.shop.svc.cluster.local']],
  ['with its namespace', 'reviws.shop', ['reviews.shop.svc.cluster.local']],
  ['of another namespace', 'reviws.far', []],
  ['of another domain', 'reviws.shop.svc.example.com', []],
  ['outside', 'reviws.example.com', []],
])('%s: %s', (_, host, expected) => {
  expect(near([routed(host), ...serviceOf('reviews')])).toEqual(expected)
  expect(near([policied(host), ...serviceOf('reviews')])).toEqual(expected)
})

test('of short names one letter may be other', () => {
  expect(near([routed('wed'), ...serviceOf('web')])).toEqual(['web'])
  expect(near([routed('wbe'), ...serviceOf('web')])).toEqual(['web'])
  expect(near([routed('wxy'), ...serviceOf('web')])).toEqual([])
  expect(near([routed('carts'), ...serviceOf('cards')])).toEqual(['cards'])
  expect(near([routed('parks'), ...serviceOf('cards')])).toEqual([])
  expect(near([routed('parksy'), ...serviceOf('cardsy')])).toEqual(['cardsy'])
})

test('the gateway at the other end of a mesh is never meant', () => {
  expect(near([routed('istio-egressgateway'), ...serviceOf('istio-ingressgateway')])).toEqual([])
  expect(near([routed('istio-ingresgateway'), ...serviceOf('istio-ingressgateway')])).toEqual(['istio-ingressgateway'])
  expect(near([routed('egress'), ...serviceOf('egresss')])).toEqual(['egresss'])
})

test('only one can be meant, and it is seen', () => {
  expect(near([routed('reviwe'), ...serviceOf('review'), ...serviceOf('reviwer')])).toEqual([])
  expect(near([routed('reviws'), ...serviceOf('reviews'), ...serviceOf('reviws', 'far')])).toEqual([])
  const [hidden, ...pods] = serviceOf('reviews', 'far')
  const kept = [routed('reviws.far'), ...serviceOf('reviews', 'far')]
  expect(near(kept)).toEqual(['reviews.far.svc.cluster.local'])
  if (hidden === undefined) throw new Error('a service is made')
  const own = { ...hidden, metadata: { ...hidden.metadata, annotations: { 'networking.istio.io/exportTo': '.' } } }
  expect(near([routed('reviws.far'), own, ...pods])).toEqual([])
})

test('the destination that it makes is a sound one', () => {
  const two = serviceOf('reviews', 'shop', [
    { name: 'http', port: 80 },
    { name: 'http-b', port: 81 },
  ])
  expect(near([routed('reviws'), ...two])).toEqual([])
  expect(near([routed('reviws', { port: { number: 81 } }), ...two])).toEqual(['reviews'])
  expect(near([routed('reviws', { port: { number: 82 } }), ...two])).toEqual([])
  expect(near([routed('reviws', { subset: 'v1' }), ...serviceOf('reviews')])).toEqual([])
  const mirrored = { http: [{ ...route('reviews'), mirror: { host: 'reviws' } }] }
  expect(near([routed('x', {}, mirrored), ...serviceOf('reviews')])).toEqual([])
  const tls = policied('reviews', { trafficPolicy: { tls: { mode: 'SIMPLE' } } })
  expect(near([routed('reviws'), tls, ...serviceOf('reviews')])).toEqual([])
  const plain = policied('reviews', { trafficPolicy: { connectionPool: {} } })
  expect(near([routed('reviws'), plain, ...serviceOf('reviews')])).toEqual(['reviews'])
})

test('the rule that it makes is a sound one', () => {
  const subsets = (version: string) => ({ subsets: [{ name: 'v1', labels: { version } }] })
  expect(near([policied('reviws', subsets('v1')), ...serviceOf('reviews')])).toEqual(['reviews'])
  expect(near([policied('reviws', subsets('v9')), ...serviceOf('reviews')])).toEqual([])
  const other = object('DestinationRule', 'other', {
    namespace: 'far',
    spec: { host: 'reviews.shop.svc.cluster.local' },
  })
  expect(near([policied('reviws'), other, ...serviceOf('reviews')])).toEqual([])
  const strict = object('PeerAuthentication', 'p', { namespace: 'shop', spec: { mtls: { mode: 'STRICT' } } })
  const disabled = policied('reviws', { trafficPolicy: { tls: { mode: 'DISABLE' } } })
  const [service] = serviceOf('reviews')
  const inside = pod('reviews-1', 'shop', { labels: { app: 'reviews' }, by: 'default' })
  if (service === undefined) throw new Error('a service is made')
  expect(near([disabled, service, inside])).toEqual(['reviews'])
  expect(near([disabled, strict, service, inside])).toEqual([])
})
