import type { JsonRecord } from '@orbweaver/contracts/json'
import { expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const told = (port: JsonRecord, more: { type?: string; labels?: Record<string, string> } = {}) => {
  const { type, labels = {} } = more
  const spec = { ports: [{ port: 8080, ...port }], ...(type !== undefined && { type }) }
  const objects = [object('Service', 'web', { namespace: 'shop', labels, spec })]
  expect(faultsOfFixes({ objects })).toEqual([])
  return findingsOf({ objects }).map(({ code, pointer, aliases }) => [code, pointer, aliases[0]].join(' '))
}
const unnamed = ['service.port-name /spec/ports/0/name IST0118']

it.each([
  [{ name: 'http' }, []],
  [{ name: 'HTTP-web' }, []],
  [{ name: 'grpc-web' }, []],
  [{ name: 'grpc-webby' }, []],
  [{ name: 'tcp' }, []],
  [{ name: 'httpweb' }, unnamed],
  [{ name: 'web' }, unnamed],
  [{}, ['service.port-name /spec/ports/0 IST0118']],
  [{ name: 'web', protocol: 'UDP' }, []],
  [{ name: 'web', protocol: 'TCP' }, unnamed],
  [{ name: 'web', appProtocol: 'http' }, []],
  [{ name: 'http', appProtocol: 'web' }, ['service.app-protocol /spec/ports/0/appProtocol IST0118']],
  [{ name: 'web', appProtocol: 'kubernetes.io/h2c' }, []],
  [{ name: 'kubernetes.io/h2c' }, unnamed],
  [{ name: 'web', port: 3306 }, []],
  [{ name: 'web', port: 3307 }, unnamed],
])('port %j', (port, expected) => {
  expect(told(port)).toEqual(expected)
})

it('offers what well-known ports of ExternalName services speak', () => {
  const ways = (port: number) => {
    const spec = { type: 'ExternalName', externalName: 'a.example', ports: [{ name: 'web', port }] }
    const objects = [object('Service', 'web', { namespace: 'shop', spec })]
    expect(faultsOfFixes({ objects })).toEqual([])
    return findingsOf({ objects }).flatMap(({ fixes }) => fixes.map(({ params }) => params['protocol']))
  }
  expect([80, 443, 8443].map(ways)).toEqual([['http'], ['https'], []])
})

it('asks more of ExternalName services, and nothing of Services that Istio makes', () => {
  const external = ['service.external-port-name /spec/ports/0/name IST0150']
  expect(told({ name: 'tcp' }, { type: 'ExternalName' })).toEqual(external)
  expect(told({ name: 'web' }, { type: 'ExternalName' })).toEqual(external)
  expect(told({ name: 'http' }, { type: 'ExternalName' })).toEqual([])
  expect(told({ name: 'tcp' }, { type: 'ClusterIP' })).toEqual([])
  expect(told({ name: 'web' }, { labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' } })).toEqual([])
  expect(told({ name: 'web' }, { labels: { 'gateway.istio.io/managed': 'other' } })).toEqual(unnamed)
})

it('is said to be what rules for it take it for', () => {
  const ways = (spec: JsonRecord, more: JsonRecord = {}) =>
    findingsOf({
      objects: [
        object('Service', 'web', { namespace: 'shop', spec: { ports: [{ port: 8080, name: 'web' }] } }),
        object('VirtualService', 'rule', { namespace: 'shop', spec: { hosts: ['web'], ...spec, ...more } }),
      ],
    })
      .filter(({ code }) => code === 'service.port-name')
      .flatMap(({ fixes }) => fixes.map(({ code }) => code))
  const routes = [{ route: [{ destination: { host: 'web' } }] }]
  expect(ways({ http: routes })).toEqual(['say-http'])
  expect(ways({ http: routes }, { exportTo: ['.'] })).toEqual(['say-http'])
  expect(ways({ http: routes }, { hosts: ['other'] })).toEqual(['say-tcp'])
  expect(ways({ http: routes }, { gateways: ['gone'] })).toEqual(['say-tcp'])
  expect(ways({ http: routes, tcp: routes })).toEqual([])
  expect(ways({ tls: routes })).toEqual(['say-tls'])
  expect(ways({ http: routes, tls: routes })).toEqual([])
})
