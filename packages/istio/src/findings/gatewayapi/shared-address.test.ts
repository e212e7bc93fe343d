import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

type Made = { at?: string; created?: string; annotations?: Record<string, string>; class?: string }
const gateway = (...[name, addresses, listeners, more = {}]: [string, JsonRecord[], JsonRecord[], Made?]) => ({
  ...object('Gateway', name, {
    namespace: more.at ?? 'edge',
    created: more.created ?? '2026-01-01T00:00:00Z',
    ...(more.annotations !== undefined && { annotations: more.annotations }),
    spec: { gatewayClassName: more.class ?? 'istio', addresses, listeners },
  }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const later = { created: '2026-02-01T00:00:00Z' }
const http = { name: 'http', port: 80, protocol: 'HTTP' }
const https = { name: 'https', port: 443, protocol: 'HTTPS', hostname: 'a.example.com' }
const say = (...objects: ReturnType<typeof gateway>[]) =>
  told(/^k8sgateway\.(listener-dropped|listener-shared|address-taken)$/, { objects })

describe('Gateways that name one Service', () => {
  const service = (value: string) => [{ type: 'Hostname', value }]
  const edge = service('edge.edge.svc.cluster.local')
  it('are put together', () => {
    expect(say(gateway('a', edge, [http]), gateway('b', edge, [http], later))).toEqual([
      'info listener-shared /spec/listeners/0',
      'info listener-shared /spec/listeners/0',
    ])
    expect(say(gateway('a', edge, [http, https]), gateway('b', edge, [https], later))).toEqual([
      'error listener-dropped /spec/listeners/0',
      'info listener-shared /spec/listeners/1',
    ])
    expect(say(gateway('a', service('edge'), [http]), gateway('b', edge, [http]))).toHaveLength(2)
  })
  it('are so with the same port and host, in the namespace of the Service', () => {
    const on = (more: JsonRecord) => gateway('b', edge, [{ ...https, ...more }], later)
    expect(say(gateway('a', edge, [https]), on({ port: 444 }))).toEqual([])
    expect(say(gateway('a', edge, [https]), on({ hostname: 'b.example.com' }))).toEqual([])
    expect(say(gateway('a', edge, [{ ...https, hostname: '' }]), on({ hostname: '' }))).toHaveLength(2)
    expect(say(gateway('a', edge, [https]), gateway('b', edge, [https], { at: 'far' }))).toEqual([])
    expect(say(gateway('a', edge, [https]), gateway('b', service('other'), [https]))).toEqual([])
    expect(say(gateway('a', edge, [https]), gateway('b', edge, [https], { class: 'else' }))).toEqual([])
    expect(say(gateway('a', edge, [https]), gateway('b', [], [https]))).toEqual([])
  })
})

describe('Gateways that ask for one address', () => {
  const ip = (value: string) => [{ type: 'IPAddress', value }]
  const taken = ['warning address-taken /spec/addresses/0']
  const first = gateway('a', ip('10.0.0.1'), [http, https])
  it('cannot all have it', () => {
    expect(say(first, gateway('b', ip('10.0.0.1'), [http], later))).toEqual(taken)
    expect(say(first, gateway('b', [{ value: '10.0.0.1' }], [http], { ...later, at: 'far' }))).toEqual(taken)
  })
  it('go without it where they are younger, for the ports of both', () => {
    const told = (...listeners: JsonRecord[]) =>
      findingsOf({ objects: [first, gateway('b', ip('10.0.0.1'), listeners, later)] })
        .filter(({ code }) => code === 'k8sgateway.address-taken')
        .map(({ ref, params }) => `${ref.name} ${params['other']} ${params['ports']}`)
    expect(told(http)).toEqual(['b edge/a 80'])
    expect(told({ ...http, port: 81 }, https)).toEqual(['b edge/a 443'])
    expect(told(https, http)).toEqual(['b edge/a 80, 443'])
  })
  it('may differ in ports, addresses or kinds of Services', () => {
    const other = (addresses: JsonRecord[], more: Made = {}, listener: JsonRecord = http) =>
      say(first, gateway('b', addresses, [listener], { ...later, ...more }))
    expect(other(ip('10.0.0.1'), {}, { ...http, port: 81 })).toEqual([])
    expect(other(ip('10.0.0.2'))).toEqual([])
    expect(other([])).toEqual([])
    expect(other(ip(''))).toEqual([])
    expect(other(ip('10.0.0.1'), { annotations: { 'networking.istio.io/service-type': 'ClusterIP' } })).toEqual([])
    expect(other(ip('10.0.0.1'), { class: 'else' })).toEqual([])
    expect(other([{ type: 'Hostname', value: '10.0.0.1' }])).toEqual([])
  })
})
