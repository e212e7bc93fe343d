import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, httpPort, namespace, pod, policy, refTo, service, tcpPort, worldOf } from './samples.ts'

const edge: readonly KubernetesObject[] = [
  pod('gw', 'sidecar', {
    namespace: 'edge',
    ip: '10.1.0.9',
    labels: { istio: 'gw' },
    annotations: { 'inject.istio.io/templates': 'gateway' },
  }),
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'edge' },
    spec: {
      selector: { istio: 'gw' },
      servers: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['*'] }],
    },
  },
]

const waypoint: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'wp', namespace: 'shop' },
  spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
}

type Altered = { labels?: Record<string, string>; spec?: JsonRecord }

const ports = [httpPort, tcpPort, { name: 'metrics', port: 8000 }]

const ambient = ({ labels = {}, spec = {} }: Altered = {}): readonly KubernetesObject[] => [
  ...edge,
  namespace('shop', { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'wp' }),
  pod('api', 'ambient', { ip: '10.1.0.2' }),
  { ...service('api', [], { labels }), spec: { selector: { app: 'api' }, clusterIP: '10.96.0.1', ports, ...spec } },
  waypoint,
]

const asked = { labels: { 'istio.io/ingress-use-waypoint': 'true' } }
const ask = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}) =>
  access(
    worldOf(objects),
    call({
      from: { kind: 'identity', ip: '203.0.113.7' },
      through: { ref: refTo('Gateway', 'public', 'edge'), port: 80 },
      ...more,
    }),
  )
const hops = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}) =>
  ask(objects, more).hops.map(({ at, verdict }) => `${at} ${verdict}`)
const only = (rule: JsonRecord) => policy('l7', { targetRefs: [{ kind: 'Service', name: 'api' }], rules: [rule] })
const onlyGet = only({ to: [{ operation: { methods: ['GET'] } }] })
const from = (source: JsonRecord) => policy('l4', { rules: [{ from: [{ source }] }] })

describe('a call by a gateway to ambient', () => {
  it('passes by a waypoint that no label sends it to', () => {
    expect(hops([...ambient(), onlyGet], { method: 'POST' })).toEqual(['gateway allowed', 'ztunnel allowed'])
    const no = { labels: { 'istio.io/ingress-use-waypoint': 'false' } }
    expect(hops([...ambient(no), onlyGet], { method: 'POST' })).toEqual(['gateway allowed', 'ztunnel allowed'])
  })
  it('shows ztunnel the identity of the gateway', () => {
    expect(ask([...ambient(), from({ principals: ['cluster.local/ns/edge/sa/gw'] })])).toMatchObject({
      verdict: 'allowed',
      principal: 'cluster.local/ns/edge/sa/gw',
    })
    expect(hops([...ambient(), from({ ipBlocks: ['10.1.0.9'] })])).toEqual(['gateway allowed', 'ztunnel allowed'])
  })
  it('is judged by the waypoint where a Service, or its namespace, asks for it', () => {
    expect(hops([...ambient(asked), onlyGet])).toEqual(['gateway allowed', 'waypoint allowed', 'ztunnel allowed'])
    expect(hops([...ambient(asked), onlyGet], { method: 'POST' })[1]).toBe('waypoint denied')
    const home = namespace('shop', {
      'istio.io/dataplane-mode': 'ambient',
      'istio.io/use-waypoint': 'wp',
      'istio.io/ingress-use-waypoint': 'true',
    })
    const all = [...ambient().filter(({ kind }) => kind !== 'Namespace'), home]
    expect(hops([...all, onlyGet], { method: 'POST' })[1]).toBe('waypoint denied')
  })
  it('shows the waypoint the identity of the gateway, and ztunnel that of the waypoint', () => {
    const principals = ['cluster.local/ns/edge/sa/gw']
    expect(hops([...ambient(asked), only({ from: [{ source: { principals } }] })])[1]).toBe('waypoint allowed')
    expect(hops([...ambient(asked), from({ principals })])).toEqual([
      'gateway allowed',
      'waypoint allowed',
      'ztunnel denied',
    ])
  })
  it('to a Service without an address comes to its waypoint all the same', () => {
    const headless = ambient({ ...asked, spec: { clusterIP: 'None' } })
    expect(hops([...headless, onlyGet], { method: 'POST' })[1]).toBe('waypoint denied')
    const at = (ip: string) => only({ when: [{ key: 'destination.ip', values: [ip] }] })
    expect(hops([...headless, at('0.0.0.0')])[1]).toBe('waypoint allowed')
    expect(hops([...headless, at('10.1.0.2')])[1]).toBe('waypoint denied')
  })
})

describe('TLS that a rule asks gateways for', () => {
  const rule = (mode: string): KubernetesObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { host: 'api.shop.svc.cluster.local', trafficPolicy: { tls: { mode } } },
  })
  it('goes through the tunnel, where a waypoint does not see into it', () => {
    expect(hops([...ambient(asked), rule('SIMPLE')])).toEqual([
      'gateway allowed',
      'waypoint refused-tls',
      'ztunnel allowed',
    ])
    const sniffed = { to: { ref: refTo('Pod', 'api'), port: 8000 } }
    expect(hops([...ambient(asked), rule('SIMPLE')], sniffed)[1]).toBe('waypoint allowed')
    expect(hops([...ambient(asked), rule('SIMPLE'), onlyGet], sniffed)[1]).toBe('waypoint denied')
    expect(ask([...ambient(asked), rule('SIMPLE')]).hops[1]?.trail.map(({ code }) => code)).toContain('client-rule')
  })
  it('of the mesh is the tunnel itself, whether asked for or not', () => {
    for (const mode of ['ISTIO_MUTUAL', 'DISABLE']) {
      expect(hops([...ambient(asked), rule(mode), onlyGet])[1]).toBe('waypoint allowed')
    }
  })
  it('is nothing to a node, which sees connections alone', () => {
    expect(hops([...ambient(), rule('SIMPLE')])).toEqual(['gateway allowed', 'ztunnel allowed'])
  })
})
