import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const labels = { istio: 'ingressgateway' }
const edge = pod('edge-1', 'edge', { labels })
const server = (number: number, more: JsonRecord) => ({
  port: { number, name: `p${number}`, protocol: more['tls'] === undefined ? 'HTTP' : 'HTTPS' },
  ...more,
})
const gateway = (servers: JsonRecord[], more: { name?: string; namespace?: string; created?: string } = {}) => {
  const { name = 'one', namespace = 'edge', ...rest } = more
  return object('Gateway', name, { namespace, ...rest, spec: { selector: labels, servers } })
}

describe('hosts for a namespace', () => {
  const hosts = (...list: string[]) => server(80, { hosts: list })
  const ends = (...list: string[]) => server(443, { hosts: list, tls: { mode: 'PASSTHROUGH' } })
  const of = (one: JsonRecord, two: JsonRecord, namespace = 'shop') => {
    const both = [
      gateway([one], { created: '2025-01-01T00:00:00Z' }),
      gateway([two], { name: 'two', namespace, created: '2026-01-01T00:00:00Z' }),
    ]
    return findingsOf({ objects: [edge, ...both] })
      .filter(({ code }) => /hosts-shared|tls-server-dropped/.test(code))
      .map(({ code, ref, aliases }) => [code.slice('gateway.'.length), ref.name, ...aliases].join(' '))
      .toSorted()
  }
  const dropped = (...aliases: string[]) => [
    ['hosts-shared one', ...aliases].join(' '),
    ['tls-server-dropped two', ...aliases].join(' '),
  ]
  const shared = (...aliases: string[]) => ['one', 'two'].map((each) => ['hosts-shared', each, ...aliases].join(' '))
  it.each<[string, string[], string[]]>([
    ['written with . and with its name', ['./a.b', 'edge/a.b'], dropped('KIA0301')],
    ['written with * and without', ['*/a.b', 'a.b'], dropped('KIA0301')],
    ['written the same, of different ones', ['./a.b', './a.b'], []],
    ['for one and for all', ['./a.b', 'a.b'], []],
    ['written the same', ['pay/a.b', 'pay/a.b'], dropped('IST0145', 'KIA0301')],
  ])('of TLS servers are %s', (_, [one = '', two = ''], expected) => {
    expect(of(ends(one), ends(two))).toEqual(expected)
  })
  it.each<[string, string[], string[]]>([
    ['written with . and with its name', ['./a.b', 'edge/a.b'], shared('KIA0301')],
    ['written the same, of different ones', ['./a.b', './a.b'], shared('IST0145', 'KIA0301')],
    ['for one and for all', ['./a.b', 'a.b'], shared('KIA0301')],
    ['others', ['./a.b', './c.b'], []],
  ])('of HTTP servers are %s', (_, [one = '', two = ''], expected) => {
    expect(of(hosts(one), hosts(two))).toEqual(expected)
  })
  it('of one Gateway are told apart so too', () => {
    const twice = (one: string, two: string) =>
      findingsOf({ objects: [edge, gateway([hosts(one), hosts(two)])] }).filter(
        ({ code }) => code === 'gateway.host-twice',
      )
    expect(twice('./a.b', 'edge/a.b')).toMatchObject([{ severity: 'info', params: { hosts: 'edge/a.b' } }])
    expect(twice('./a.b', 'a.b')).toEqual([])
  })
  it('are left to the older server', () => {
    const objects = [
      edge,
      gateway([ends('./a.b')], { created: '2025-01-01T00:00:00Z' }),
      gateway([ends('edge/a.b', './c.b')], { name: 'two', namespace: 'shop', created: '2026-01-01T00:00:00Z' }),
    ]
    const [found] = findingsOf({ objects }).filter(({ code }) => code === 'gateway.tls-server-dropped')
    expect(found?.params).toMatchObject({ hosts: 'edge/a.b', port: 443, other: 'edge/one' })
    expect(found?.fixes.map(({ code, params }) => [code, params])).toEqual([['leave-hosts', { hosts: './c.b' }]])
    expect(faultsOfFixes({ objects })).toEqual([])
  })
})
