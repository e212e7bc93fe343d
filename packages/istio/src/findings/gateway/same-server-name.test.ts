import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const labels = { istio: 'edge' }
const edge = pod('edge-1', 'edge', { labels })
const server = (hosts: string[], more: JsonRecord = {}) => ({
  port: { number: 443, name: `https-${hosts.join('-').replaceAll(/\W/g, '')}`, protocol: 'HTTPS' },
  hosts,
  tls: { mode: 'SIMPLE', credentialName: 'shop' },
  ...more,
})
type More = { name?: string; created?: string; selector?: JsonRecord }
const gateway = (
  servers: JsonRecord[],
  { name = 'one', created = '2026-01-01T00:00:00Z', selector = labels }: More = {},
) => object('Gateway', name, { namespace: 'edge', created, spec: { selector, servers } })
const young = { name: 'two', created: '2026-02-01T00:00:00Z' }

const of = (objects: ReturnType<typeof gateway>[]) =>
  findingsOf({ objects: [edge, ...objects] })
    .filter(({ code }) => code === 'gateway.same-server-name')
    .map(({ ref, pointer, params }) => `${ref.name} ${pointer} ${params.names}`)

describe('two servers of HTTPS for one name', () => {
  const first = ['one /spec/servers/1/hosts shop.example']
  it.each<[string, string[][], string[]]>([
    ['of different namespaces', [['a/shop.example'], ['b/shop.example']], first],
    ['of one namespace and of all', [['a/shop.example'], ['*/shop.example']], first],
    ['of all, said in two ways: the second is dropped', [['shop.example'], ['*/shop.example']], []],
    ['of the own namespace, said in two ways', [['./shop.example'], ['edge/shop.example']], []],
    [
      'among others',
      [
        ['a/x.example', 'a/shop.example'],
        ['b/shop.example', 'b/y.example'],
      ],
      first,
    ],
    ['and another name', [['a/shop.example'], ['b/other.example']], []],
    ['and a wildcard over it', [['a/shop.example'], ['b/*.example']], []],
    ['that is any name', [['a/*'], ['b/*', 'b/x.example']], ['one /spec/servers/1/hosts *']],
    [
      'of which the second is dropped for another host',
      [
        ['a/shop.example', 'x.example'],
        ['b/shop.example', 'x.example'],
      ],
      [],
    ],
    [
      'and a third',
      [['a/shop.example'], ['b/shop.example'], ['c/shop.example']],
      [...first, 'one /spec/servers/2/hosts shop.example'],
    ],
  ])('%s', (_, servers, expected) => {
    const objects = [gateway(servers.map((hosts) => server(hosts)))]
    expect(of(objects)).toEqual(expected)
    expect(faultsOfFixes({ objects: [edge, ...objects] })).toEqual([])
  })
  it('are parted by leaving the name to the first, where the second has others', () => {
    const ways = (...hosts: string[]) =>
      findingsOf({ objects: [edge, gateway([server(['a/shop.example']), server(hosts)])] })
        .filter(({ code }) => code === 'gateway.same-server-name')
        .flatMap(({ fixes }) => fixes.map(({ code, params }) => `${code} ${params['hosts']}`))
    expect(ways('b/shop.example', 'b/y.example')).toEqual(['leave-hosts b/y.example'])
    expect(ways('b/shop.example', 'c/shop.example')).toEqual([])
  })
  it('are told of the younger Gateway of the same proxies', () => {
    const two = (more: More = {}) =>
      of([gateway([server(['b/shop.example'])], { ...young, ...more }), gateway([server(['a/shop.example'])])])
    expect(two()).toEqual(['two /spec/servers/0/hosts shop.example'])
    expect(two({ selector: { istio: 'other' } })).toEqual([])
    expect(two({ created: '2025-01-01T00:00:00Z' })).toEqual(['one /spec/servers/0/hosts shop.example'])
  })
  it('name the first of them', () => {
    const against = (...objects: ReturnType<typeof gateway>[]) =>
      findingsOf({ objects: [edge, ...objects] })
        .filter(({ code }) => code === 'gateway.same-server-name')
        .map(({ params, evidence }) => [params.other, ...evidence.map(({ name }) => name)].join(' '))
    const [one, two, three] = [['a/shop.example'], ['b/shop.example'], ['c/shop.example']].map((hosts) => server(hosts))
    const oldest = gateway([one ?? {}])
    const younger = gateway([two ?? {}], young)
    const youngest = gateway([three ?? {}], { name: 'new', created: '2026-03-01T00:00:00Z' })
    expect(against(oldest, younger, youngest)).toEqual(['edge/one one', 'edge/one one'])
    expect(against(youngest, younger, oldest)).toEqual(['edge/one one', 'edge/one one'])
    expect(against(gateway([one ?? {}, two ?? {}]))).toEqual(['edge/one'])
  })
  it.each<[string, JsonRecord]>([
    ['on another port', { port: { number: 8443, name: 'https-b', protocol: 'HTTPS' } }],
    ['at another address', { bind: '10.0.0.1' }],
    ['that hands TLS on', { tls: { mode: 'PASSTHROUGH' } }],
    ['that hands TLS on by itself', { tls: { mode: 'AUTO_PASSTHROUGH' } }],
    ['without TLS', { tls: null }],
    ['of TCP', { port: { number: 443, name: 'tls-b', protocol: 'TLS' } }],
  ])('but not one %s', (_, more) => {
    expect(of([gateway([server(['a/shop.example']), server(['b/shop.example'], more)])])).toEqual([])
  })
})
