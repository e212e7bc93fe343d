import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const labels = { istio: 'edge' }
const ended = { mode: 'SIMPLE', credentialName: 'shop' }
const passed = { mode: 'PASSTHROUGH' }
const server = (host: string, tls: { mode: string; credentialName?: string }, more: JsonRecord = {}) => ({
  port: { number: 443, name: `${tls.mode}-${host.replaceAll(/\W/g, '')}`.toLowerCase(), protocol: 'HTTPS' },
  hosts: [host],
  tls,
  ...more,
})
const gateway = (name: string, servers: JsonRecord[], selector: JsonRecord = labels) =>
  object('Gateway', name, { namespace: 'edge', spec: { selector, servers } })
const route = (match: JsonRecord, more: JsonRecord = {}) =>
  object('VirtualService', 'web', {
    namespace: 'edge',
    spec: {
      hosts: ['*.example.com'],
      gateways: ['pass'],
      tls: [{ match: [match], route: [{ destination: { host: 'web', port: { number: 443 } } }] }],
      ...more,
    },
  })
const of = (...objects: ReturnType<typeof gateway>[]) => {
  const all = [pod('edge-1', 'edge', { labels }), ...objects]
  expect(faultsOfFixes({ objects: all }).filter((each) => each.startsWith('virtualservice.sni-taken'))).toEqual([])
  return findingsOf({ objects: all })
    .filter(({ code }) => code === 'virtualservice.sni-taken')
    .map(({ pointer, params, fixes }) => [pointer, params.names, ...fixes.map((each) => each.code)].join(' '))
}

const pass = gateway('pass', [server('*.example.com', passed)])
const end = (more: JsonRecord = {}) => gateway('end', [server('a.example.com', ended, more)])
const at = '/spec/tls/0/match/0/sniHosts a.example.com'

describe('a name by which a route passes TLS on', () => {
  it('is not one that another server of the port ends TLS for', () => {
    expect(of(pass, end(), route({ sniHosts: ['a.example.com'] }))).toEqual([at])
    expect(of(pass, end(), route({ sniHosts: ['a.example.com', 'b.example.com'] }))).toEqual([`${at} leave-names`])
    expect(of(pass, end(), route({ sniHosts: ['b.example.com'] }))).toEqual([])
    expect(of(pass, end(), route({ sniHosts: ['*.example.com'] }))).toEqual([])
  })
  it('may be of one Gateway', () => {
    const both = gateway('pass', [server('*.example.com', passed), server('a.example.com', ended)])
    expect(of(both, route({ sniHosts: ['a.example.com'] }))).toEqual([at])
  })
  it('is of a chain for TCP where a TCP route is for that server', () => {
    const plain = (host: string) =>
      gateway('end', [server(host, ended, { port: { number: 443, name: 'tls', protocol: 'TLS' } })])
    const tcp = (hosts: string[], namespace = 'edge', more: JsonRecord = {}) =>
      object('VirtualService', 'tcp', {
        namespace,
        spec: {
          hosts,
          gateways: ['edge/end'],
          tcp: [{ route: [{ destination: { host: 'web', port: { number: 443 } } }] }],
          ...more,
        },
      })
    const own = route({ sniHosts: ['a.example.com'] })
    const end = plain('a.example.com')
    expect(of(pass, end, own)).toEqual([])
    expect(of(pass, end, own, tcp(['a.example.com']))).toEqual([at])
    expect(of(pass, end, own, tcp(['a.example.com'], 'shop'))).toEqual([at])
    expect(of(pass, end, own, tcp(['b.example.com']))).toEqual([])
    expect(of(pass, end, own, tcp(['a.example.com'], 'edge', { tcp: [] }))).toEqual([])
    expect(of(pass, plain('edge/a.example.com'), own, tcp(['a.example.com']))).toEqual([at])
    expect(of(pass, plain('edge/a.example.com'), own, tcp(['a.example.com'], 'shop'))).toEqual([])
  })
  it('is free at another port, address or proxy', () => {
    const elsewhere = { port: { number: 8443, name: 'https', protocol: 'HTTPS' } }
    const sni = { sniHosts: ['a.example.com'] }
    expect(of(pass, end(elsewhere), route(sni))).toEqual([])
    expect(of(pass, end({ bind: '10.0.0.1' }), route(sni))).toEqual([])
    expect(of(pass, gateway('end', [server('a.example.com', ended)], { istio: 'other' }), route(sni))).toEqual([])
  })
  it('counts for the port and the Gateways that its match is for, and for routes that lead anywhere', () => {
    const sniHosts = ['a.example.com']
    expect(of(pass, end(), route({ sniHosts, port: 443 }))).toEqual([at])
    expect(of(pass, end(), route({ sniHosts, port: 8443 }))).toEqual([])
    expect(of(pass, end(), route({ sniHosts, gateways: ['edge/pass'] }))).toEqual([at])
    expect(of(pass, end(), route({ sniHosts, gateways: ['mesh'] }))).toEqual([])
    expect(of(pass, end(), route({ sniHosts }, { tls: [{ match: [{ sniHosts }], route: [] }] }))).toEqual([])
    expect(of(pass, end(), route({ sniHosts }, { hosts: ['a.example.org'] }))).toEqual([])
  })
  it('is not passed on by a server for rules of another namespace', () => {
    const others = gateway('pass', [server('shop/*.example.com', passed)])
    expect(of(others, end(), route({ sniHosts: ['a.example.com'] }))).toEqual([])
    const own = gateway('pass', [server('./*.example.com', passed)])
    expect(of(own, end(), route({ sniHosts: ['a.example.com'] }))).toEqual([at])
  })
})
