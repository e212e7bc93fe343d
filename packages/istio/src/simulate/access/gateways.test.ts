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

describe('a call from outside through a gateway', () => {
  const behind: readonly KubernetesObject[] = [
    pod('api', 'sidecar', { ip: '10.1.0.2' }),
    service('api', [{ name: 'http', port: 80, targetPort: 8080 }]),
  ]
  const only = (source: JsonRecord) =>
    policy('q', { selector: { matchLabels: { app: 'api' } }, rules: [{ from: [{ source }] }] })
  const reach = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}, config: JsonRecord = {}) =>
    ask(
      [...behind, ...objects],
      {
        through: { ref: refTo('Gateway', 'public', 'edge'), port: 80 },
        to: { ref: refTo('Pod', 'api'), port: 8080 },
        ...more,
      },
      config,
    )

  it('is judged at the gateway and then at the workload, which sees the identity of the gateway', () => {
    expect(reach([only({ principals: ['cluster.local/ns/edge/sa/gw'] })])).toMatchObject({
      verdict: 'allowed',
      principal: 'cluster.local/ns/edge/sa/gw',
      hops: [
        { at: 'gateway', mtls: false },
        { at: 'sidecar', mtls: true, peer: 'PERMISSIVE' },
      ],
    })
    const closed = at({ action: 'DENY', rules: [{ from: [{ source: { ipBlocks: ['203.0.113.0/24'] } }] }] })
    expect(reach([closed])).toMatchObject({ verdict: 'denied', decidedBy: { ref: { namespace: 'edge' } } })
  })
  it('comes from the gateway, and by its header from whom the gateway saw', () => {
    expect(reach([only({ ipBlocks: ['10.1.0.1'] })]).verdict).toBe('allowed')
    expect(reach([only({ ipBlocks: ['203.0.113.7'] })]).verdict).toBe('denied')
    expect(reach([only({ remoteIpBlocks: ['203.0.113.7'] })]).verdict).toBe('allowed')
  })
  it('is told to come from the proxy before the gateway where there is one, which only the gateway looks behind', () => {
    const headers = { 'x-forwarded-for': '198.51.100.1' }
    const trusting = { defaultConfig: { gatewayTopology: { numTrustedProxies: 1 } } }
    const client = { from: [{ source: { remoteIpBlocks: ['198.51.100.1'] } }] }
    expect(reach([at({ rules: [client] })], { headers }, trusting).verdict).toBe('allowed')
    expect(reach([only({ remoteIpBlocks: ['198.51.100.1'] })], { headers }, trusting).verdict).toBe('denied')
    expect(reach([only({ remoteIpBlocks: ['203.0.113.7'] })], { headers }, trusting).verdict).toBe('allowed')
  })
  it('depends on an address that nobody has said', () => {
    const unsaid = { from: { kind: 'identity' } } satisfies Partial<AccessCall>
    expect(reach([only({ remoteIpBlocks: ['203.0.113.7'] })], unsaid)).toMatchObject({
      verdict: 'depends',
      depends: ['ip'],
    })
  })
  it('is unknown where the gateway is not there or does not listen', () => {
    const through = (name: string, port: number) => ({ through: { ref: refTo('Gateway', name, 'edge'), port } })
    expect(reach([], through('other', 80)).verdict).toBe('unknown')
    expect(reach([], through('public', 81))).toMatchObject({ verdict: 'unknown', trail: [{ code: 'no-such-port' }] })
  })
})
