import { expect, test } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { namespace, object, pod } from '../../samples.ts'
import { findingsOf } from './cases.ts'

const labels = { istio: 'ingressgateway' }
const entrance = object('Service', 'edge', {
  namespace: 'edge',
  spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }] },
})
const gateway = object('Gateway', 'g', {
  namespace: 'edge',
  spec: { selector: labels, servers: [{ port: { number: 81, name: 'a', protocol: 'HTTP' }, hosts: ['*'] }] },
})
const declaring = (...ports: number[]) =>
  pod('edge-1', 'edge', {
    labels,
    spec: { containers: [{ name: 'app', image: 'a', ports: ports.map((each) => ({ containerPort: each })) }] },
  })
const waysOf = (code: string, objects: Parameters<typeof findingsOf>[0]['objects']) =>
  findingsOf({ objects }).flatMap((each) => (each.code === code ? [each.fixes.map((fix) => fix.code)] : []))

test('a Service serves no port that its Pods do not have', () => {
  const all = (...ports: number[]) =>
    waysOf('gateway.port-not-served', [namespace('edge'), entrance, gateway, declaring(...ports)])
  expect(all()).toEqual([['serve-port']])
  expect(all(80, 81)).toEqual([['serve-port']])
  expect(all(80)).toEqual([[]])
})

test('a route is sent to no port that none can be', () => {
  const entry = (number: number) =>
    object('ServiceEntry', 'e', {
      namespace: 'shop',
      spec: { hosts: ['api.example.com'], ports: [{ number, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' },
    })
  const route: JsonRecord = { route: [{ destination: { host: 'api.example.com', port: { number: 99 } } }] }
  const rule = object('VirtualService', 'r', { namespace: 'shop', spec: { hosts: ['api.example.com'], http: [route] } })
  const all = (number: number) => waysOf('virtualservice.port-not-found', [namespace('shop'), entry(number), rule])
  expect([all(80), all(1), all(65_535)]).toEqual([[['port']], [['port']], [['port']]])
  expect([all(0), all(65_536), all(-1)]).toEqual([[[]], [[]], [[]]])
})

test('a Gateway is named in full where the rule would have all of its effect there', () => {
  const rule = (spec: JsonRecord) =>
    object('VirtualService', 'r', { namespace: 'shop', spec: { gateways: ['g'], ...spec } })
  const host = (name: string) =>
    object('Gateway', 'g', {
      namespace: 'edge',
      spec: { selector: labels, servers: [{ port: { number: 80, name: 'a', protocol: 'HTTP' }, hosts: [name] }] },
    })
  const route = [{ destination: { host: 'web.shop.svc.cluster.local' } }]
  const all = (name: string, spec: JsonRecord) =>
    waysOf('virtualservice.gateway-not-found', [namespace('edge'), namespace('shop'), host(name), rule(spec)])
  expect(all('a.com', { hosts: ['a.com'], http: [{ route }] })).toEqual([['full-gateway']])
  expect(all('a.com', { hosts: ['a.com', 'b.com'], http: [{ route }] })).toEqual([[]])
  expect(all('a.com', { hosts: ['b.com'], http: [{ route }] })).toEqual([[]])
  expect(all('a.com', { hosts: ['a.com'], tls: [{ match: [{ sniHosts: ['a.com'] }], route }] })).toEqual([[]])
})

test('what istiod refuses has no way out by which more is wrong', () => {
  const route = [{ destination: { host: 'web.shop.svc.cluster.local' } }]
  const plain = object('Gateway', 'g', {
    namespace: 'shop',
    spec: { selector: labels, servers: [{ port: { number: 80, name: 'a', protocol: 'HTTP' }, hosts: ['*'] }] },
  })
  const rule = (name: string, hosts: string[], day: number) =>
    object('VirtualService', name, {
      namespace: 'shop',
      created: `2026-01-0${day}T00:00:00Z`,
      spec: { hosts, gateways: ['g'], http: [{ route }] },
    })
  const all = (...objects: Parameters<typeof findingsOf>[0]['objects']) =>
    waysOf('schema.hosts-overlap', [namespace('shop'), plain, ...objects])
  const twice = rule('two', ['a.example.com', '*.example.com'], 2)
  expect(all(twice)).toEqual([['remove-host']])
  expect(all(twice, rule('one', ['b.example.com'], 1))).toEqual([['remove-host']])
  expect(all(twice, rule('one', ['*.example.com'], 1))).toEqual([[]])
})
