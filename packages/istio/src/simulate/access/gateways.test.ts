import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, pod, policy, refTo, service, worldOf } from './samples.ts'

const edge: readonly KubernetesObject[] = [
  pod('gw', 'sidecar', {
    namespace: 'edge',
    labels: { istio: 'gw' },
    annotations: { 'inject.istio.io/templates': 'gateway' },
  }),
  service('gw', [{ name: 'http2', port: 80, targetPort: 8080 }], { namespace: 'edge' }),
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'edge' },
    spec: {
      selector: { istio: 'gw' },
      servers: [
        { port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['*'] },
        { port: { number: 443, protocol: 'HTTPS', name: 'https' }, hosts: ['*'], tls: { mode: 'SIMPLE' } },
        { port: { number: 444, protocol: 'HTTPS', name: 'pass' }, hosts: ['*'], tls: { mode: 'PASSTHROUGH' } },
      ],
    },
  },
]

const outside = { from: { kind: 'identity', ip: '203.0.113.7' } } satisfies Partial<AccessCall>
const to = (port: number) => ({ ref: refTo('Gateway', 'public', 'edge'), port })
const ask = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}, config: JsonRecord = {}) =>
  access(worldOf([...edge, ...objects], config), call({ ...outside, to: to(80), ...more }))
const at = (spec: JsonRecord) =>
  policy('p', { selector: { matchLabels: { istio: 'gw' } }, ...spec }, { namespace: 'edge' })

describe('gateways', () => {
  it('judge by the policies that select their workload', () => {
    expect(ask([])).toMatchObject({ verdict: 'allowed', principal: null, hops: [{ at: 'gateway', layer: 'http' }] })
    expect(
      ask([at({ action: 'DENY', rules: [{ to: [{ operation: { paths: ['/admin*'] } }] }] })], { path: '/admin' })
        .verdict,
    ).toBe('denied')
    expect(ask([policy('p', { action: 'DENY', rules: [{}] }, { namespace: 'shop' })]).verdict).toBe('allowed')
  })
  it('listen where their Service leads to', () => {
    const ports = (port: string) => at({ rules: [{ to: [{ operation: { ports: [port] } }] }] })
    expect(ask([ports('8080')]).verdict).toBe('allowed')
    expect(ask([ports('80')]).verdict).toBe('denied')
  })
  it('see HTTP where they end TLS, and connections where they do not', () => {
    expect(ask([], { to: to(443) })).toMatchObject({ hops: [{ layer: 'http' }] })
    expect(ask([], { to: to(444) })).toMatchObject({ hops: [{ layer: 'tcp' }] })
    expect(ask([], { to: to(81) })).toMatchObject({ verdict: 'unknown', trail: [{ code: 'no-such-port' }] })
  })
  it('take the address of the connection, or what proxies before them say', () => {
    const from = (ip: string) => at({ rules: [{ from: [{ source: { remoteIpBlocks: [ip] } }] }] })
    const headers = { 'x-forwarded-for': '198.51.100.1, 198.51.100.2' }
    expect(ask([from('203.0.113.7')], { headers }).verdict).toBe('allowed')
    const trusting = { defaultConfig: { gatewayTopology: { numTrustedProxies: 2 } } }
    expect(ask([from('198.51.100.1')], { headers }, trusting).verdict).toBe('allowed')
    expect(ask([from('198.51.100.9')], { headers, remoteIp: '198.51.100.9' }).verdict).toBe('allowed')
  })
  it('know who shows a certificate', () => {
    const only = at({ rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] }] })
    expect(ask([only]).verdict).toBe('needs-mtls')
    expect(
      ask([only], { from: { kind: 'identity', principal: 'cluster.local/ns/shop/sa/web' }, mtls: true }).verdict,
    ).toBe('allowed')
  })
})

describe('gateways of the Gateway API', () => {
  const gateway: KubernetesObject = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'api-gw', namespace: 'edge' },
    spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  }
  const ref = {
    cluster: 'one',
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    kind: 'Gateway',
    namespace: 'edge',
    name: 'api-gw',
  }
  const denied = (spec: JsonRecord) =>
    ask([gateway, policy('p', { action: 'DENY', rules: [{}], ...spec }, { namespace: 'edge' })], {
      to: { ref, port: 80 },
    }).verdict
  it('are named by targetRefs', () => {
    expect(denied({ targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'api-gw' }] })).toBe(
      'denied',
    )
    expect(denied({ targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'api-gw' } })).toBe(
      'denied',
    )
    expect(denied({ targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'other' }] })).toBe(
      'allowed',
    )
    expect(denied({ targetRefs: [{ kind: 'Gateway', name: 'api-gw' }] })).toBe('allowed')
    expect(denied({})).toBe('denied')
  })
})
