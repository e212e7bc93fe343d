import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const outside = (protocol = 'TLS') =>
  object('ServiceEntry', 'outside', {
    namespace: 'shop',
    spec: {
      hosts: ['a.example.com', 'b.example.com'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 443, name: 'tls', protocol }],
    },
  })
const to = [{ destination: { host: 'b.example.com', port: { number: 443 } } }]
const said = (matches: JsonRecord[], more: JsonRecord = {}, entry = outside()) => {
  const tls = matches.map((match) => ({ match: [match], route: to }))
  const rule = object('VirtualService', 'web', {
    namespace: 'shop',
    spec: { hosts: ['a.example.com', 'b.example.com'], tls, ...more },
  })
  const objects = [entry, rule]
  expect(faultsOfFixes({ objects }).filter((each) => each.startsWith('virtualservice.sni-overlap'))).toEqual([])
  return findingsOf({ objects })
    .filter(({ code }) => code === 'virtualservice.sni-overlap')
    .map(({ pointer, params, fixes }) =>
      [pointer, params.names, `${params.route} after ${params.earlier}`, ...fixes.map((each) => each.code)].join(' '),
    )
}

it('names an object once that has both hosts', () => {
  const tls = [['a.example.com'], ['a.example.com', 'b.example.com']].map((sniHosts) => ({
    match: [{ sniHosts }],
    route: to,
  }))
  const rule = object('VirtualService', 'web', { namespace: 'shop', spec: { hosts: both, tls } })
  const [found] = findingsOf({ objects: [outside(), rule] }).filter(({ code }) => code === 'virtualservice.sni-overlap')
  expect(found?.evidence.map(({ name }) => name)).toEqual(['outside'])
})

const named = (sniHosts: string[], more: JsonRecord = {}) => ({ sniHosts, ...more })
const a = ['a.example.com']
const b = ['b.example.com']
const both = ['a.example.com', 'b.example.com']
const second = '/spec/tls/1/match/0/sniHosts a.example.com 1 after 0'

describe('names of a match that an earlier one has', () => {
  it.each([
    ['some of them', [named(a), named(both)], [`${second} leave-names`]],
    ['all of them', [named(both), named(a)], [second]],
    [
      'in another order',
      [named(both), named(both.toReversed())],
      [`/spec/tls/1/match/0/sniHosts b.example.com, a.example.com 1 after 0`],
    ],
    ['the very same', [named(a), named(a)], []],
    [
      'the very same as one that is after another',
      [named(both), named(b), named(b)],
      ['/spec/tls/1/match/0/sniHosts b.example.com 1 after 0'],
    ],
    ['none', [named(a), named(b)], []],
    ['at one port', [named(a, { port: 443 }), named(both)], [`${second} leave-names`]],
    ['at the same port', [named(a, { port: 443 }), named(both, { port: 443 })], [`${second} leave-names`]],
    ['at other ports', [named(a, { port: 443 }), named(both, { port: 8443 })], []],
    ['at a port that there is not', [named(a, { port: 8443 }), named(both)], []],
    ['of some callers', [named(a, { sourceLabels: { app: 'x' } }), named(both)], [`${second} leave-names`]],
    [
      'of the same callers',
      [named(a, { sourceLabels: { app: 'x' } }), named(both, { sourceLabels: { app: 'x' } })],
      [`${second} leave-names`],
    ],
    ['of other callers', [named(a, { sourceLabels: { app: 'x' } }), named(both, { sourceLabels: { app: 'y' } })], []],
    ['of one namespace', [named(a, { sourceNamespace: 'x' }), named(both)], [`${second} leave-names`]],
    ['of other namespaces', [named(a, { sourceNamespace: 'x' }), named(both, { sourceNamespace: 'y' })], []],
    ['of other addresses', [named(a, { destinationSubnets: ['10.0.0.0/8'] }), named(both)], []],
    ['of sidecars by name', [named(a), named(both, { gateways: ['mesh'] })], [`${second} leave-names`]],
    ['of a gateway', [named(a), named(both, { gateways: ['edge'] })], []],
  ])('%s', (_, matches, expected) => {
    expect(said(matches)).toEqual(expected)
  })
  it('of a route that leads nowhere are none', () => {
    const route = { match: [named(both)], route: to }
    expect(said([], { tls: [{ match: [named(a)], route: [] }, route] })).toEqual([])
    expect(said([], { tls: [route, { match: [named(a)], route: [] }] })).toEqual([])
  })
  it('are told at gateways by istiod, and nowhere where no port is for TLS', () => {
    expect(said([named(a), named(both)], { gateways: ['edge'] })).toEqual([])
    expect(said([named(a), named(both)], {}, outside('TCP'))).toEqual([])
    expect(said([named(a), named(both)], { hosts: ['c.example.com'] })).toEqual([])
  })
})
