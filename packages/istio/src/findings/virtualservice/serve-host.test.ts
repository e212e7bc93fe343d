import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod, service } from '../../samples.ts'
import { saidOf } from '../fixes/said.ts'

const labels = { istio: 'edge' }
const rule = object('VirtualService', 'rule', {
  namespace: 'shop',
  spec: {
    hosts: ['a.example.com', 'b.example.com'],
    gateways: ['edge/public'],
    http: [{ route: [{ destination: { host: 'web.shop.svc.cluster.local' } }] }],
  },
})
type More = { name?: string; selector?: JsonRecord }
const gateway = (servers: JsonRecord[], { name = 'public', selector = labels }: More = {}) =>
  object('Gateway', name, { namespace: 'edge', spec: { selector, servers } })
const server = (number: number, protocol: string, hosts: string[]) => ({
  port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol },
  hosts,
})
const unserved = 'warning host-unserved /spec/hosts/1'
const said = (...objects: KubernetesObject[]) =>
  saidOf({ objects: [service('web', 'shop'), pod('edge-1', 'edge', { labels }), rule, ...objects] }, 'virtualservice', [
    'host-unserved',
  ])

describe('a host that a Gateway lacks', () => {
  const other = { name: 'other' }
  it('is served there where no Gateway of the same proxies has it at the port', () => {
    const of = (theirs: JsonRecord, more: More = {}) =>
      said(gateway([server(80, 'HTTP', ['a.example.com'])]), gateway([theirs], { ...other, ...more }))
    const taken = server(80, 'HTTP', ['shop/b.example.com'])
    expect(of(taken)).toEqual([unserved])
    expect(of(taken, { selector: { istio: 'else' } })).toEqual([`${unserved} [serve-host]`])
    expect(of({ ...taken, port: { number: 8080, name: 'http', protocol: 'HTTP' } })).toEqual([
      `${unserved} [serve-host]`,
    ])
    expect(of({ ...taken, hosts: ['shop/c.example.com'] })).toEqual([`${unserved} [serve-host]`])
  })
  it('is served over TLS where nobody serves it without', () => {
    const own = { ...server(443, 'HTTPS', ['a.example.com']), tls: { mode: 'SIMPLE', credentialName: 'a' } }
    const of = (theirs: JsonRecord, more: More = {}) => said(gateway([own]), gateway([theirs], { ...other, ...more }))
    const plain = server(80, 'HTTP', ['b.example.com'])
    expect(of(plain)).toEqual([unserved])
    expect(of({ ...plain, hosts: ['c.example.com', 'b.example.com'] })).toEqual([unserved])
    expect(of({ ...plain, hosts: ['c.example.com'] })).toEqual([`${unserved} [serve-host]`])
    expect(of(plain, { selector: { istio: 'else' } })).toEqual([`${unserved} [serve-host]`])
    expect(of({ ...plain, tls: { httpsRedirect: true } })).toEqual([`${unserved} [serve-host]`])
    expect(of(server(80, 'TCP', ['b.example.com']))).toEqual([`${unserved} [serve-host]`])
  })
})
