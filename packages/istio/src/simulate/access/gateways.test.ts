import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, pod, policy, refTo, service, tokens, worldOf } from './samples.ts'

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
        { port: { number: 445, protocol: 'HTTPS', name: 'mtls' }, hosts: ['*'], tls: { mode: 'MUTUAL' } },
        { port: { number: 446, protocol: 'TLS', name: 'tls' }, hosts: ['*'], tls: { mode: 'ISTIO_MUTUAL' } },
        { port: { number: 447, protocol: 'HTTPS', name: 'any' }, hosts: ['*'], tls: { mode: 'OPTIONAL_MUTUAL' } },
        { port: { number: 447, protocol: 'TLS', name: 'one' }, hosts: ['*/pass.test'], tls: {} },
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
  it('know who shows a certificate where they ask for one', () => {
    const principal = 'cluster.local/ns/shop/sa/web'
    const only = at({ rules: [{ from: [{ source: { principals: [principal] } }] }] })
    const shown = { from: { kind: 'identity', principal }, mtls: true } satisfies Partial<AccessCall>
    const verdicts = (more: Partial<AccessCall>) =>
      [80, 443, 445, 446, 447].map((port) => ask([only], { ...more, to: to(port) }).verdict)
    expect(verdicts({ mtls: false })).toEqual([
      'needs-mtls',
      'needs-mtls',
      'refused-plaintext',
      'refused-plaintext',
      'needs-mtls',
    ])
    expect(verdicts(shown)).toEqual(['refused-tls', 'needs-mtls', 'allowed', 'allowed', 'allowed'])
    expect(verdicts({ ...shown, mtls: 'auto' })).toEqual(['needs-mtls', 'needs-mtls', 'allowed', 'allowed', 'allowed'])
    expect(ask([only], { ...shown, to: to(80) }).hops[0]?.trail).toContainEqual({ code: 'server-plain', params: {} })
  })
  it('take certificates of certain names', () => {
    const named = (...subjectAltNames: string[]): KubernetesObject => ({
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'named', namespace: 'edge' },
      spec: {
        selector: { istio: 'gw' },
        servers: [
          {
            port: { number: 443, protocol: 'HTTPS', name: 'https' },
            hosts: ['*'],
            tls: { mode: 'MUTUAL', subjectAltNames },
          },
        ],
      },
    })
    const shown = {
      from: { kind: 'identity', principal: 'cluster.local/ns/shop/sa/web' },
      mtls: true,
      to: { ref: refTo('Gateway', 'named', 'edge'), port: 443 },
    } satisfies Partial<AccessCall>
    expect(ask([named('spiffe://cluster.local/ns/shop/sa/web')], shown).verdict).toBe('allowed')
    expect(ask([named('spiffe://cluster.local/ns/shop/sa/api')], shown).verdict).toBe('refused-tls')
    expect(ask([named()], shown).verdict).toBe('allowed')
  })
  it('have several servers at a port, of which the name that is called says one', () => {
    expect(ask([], { to: to(447), host: 'pass.test' })).toMatchObject({ hops: [{ layer: 'tcp' }] })
    expect(ask([], { to: to(447), host: 'other.test' })).toMatchObject({ hops: [{ layer: 'http' }] })
    expect(ask([], { to: to(447), host: 'other.test', sni: 'pass.test' })).toMatchObject({ hops: [{ layer: 'tcp' }] })
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
  it('take certificates as their listener says, or they themselves for all', () => {
    const listening = (tls: JsonRecord, more: JsonRecord = {}) => {
      const listeners = [{ name: 'tls', port: 443, protocol: 'HTTPS', tls }]
      const own = { ...gateway, spec: { gatewayClassName: 'istio', listeners, ...more } }
      return ask([own], { to: { ref, port: 443 }, mtls: false }).verdict
    }
    const validation = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] }
    const frontend = (said: JsonRecord) => ({ tls: { frontend: said } })
    expect(listening({})).toBe('allowed')
    expect(listening({ mode: 'Passthrough' })).toBe('allowed')
    expect(listening({ options: { 'gateway.istio.io/tls-terminate-mode': 'MUTUAL' } })).toBe('refused-plaintext')
    expect(listening({}, frontend({ default: { validation } }))).toBe('refused-plaintext')
    const lenient = { ...validation, mode: 'AllowInsecureFallback' }
    expect(listening({}, frontend({ default: { validation: lenient } }))).toBe('allowed')
    const perPort = [{ port: 443, tls: { validation } }]
    expect(listening({}, frontend({ default: { validation: lenient }, perPort }))).toBe('refused-plaintext')
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
  it('trusts as many proxies before the gateway as its Pod says', () => {
    const own = pod('gw', 'sidecar', {
      namespace: 'edge',
      labels: { istio: 'gw' },
      annotations: {
        'inject.istio.io/templates': 'gateway',
        'proxy.istio.io/config': '{"gatewayTopology": {"numTrustedProxies": 1}}',
      },
    })
    const client = at({ rules: [{ from: [{ source: { remoteIpBlocks: ['198.51.100.1'] } }] }] })
    expect(reach([own, client], { headers: { 'x-forwarded-for': '198.51.100.1' } }).verdict).toBe('allowed')
  })
  it('leaves a token behind that the gateway has accepted, unless it is to forward it', () => {
    const issuer = { issuer: 'https://id.test', jwks: '{"keys":[]}' }
    const taking = (jwtRule: JsonRecord) =>
      tokens('t', { selector: { matchLabels: { istio: 'gw' } }, jwtRules: [jwtRule] }, { namespace: 'edge' })
    const inside = tokens('own', { jwtRules: [issuer] })
    const needs = only({ requestPrincipals: ['*'] })
    const claims = { iss: 'https://id.test', sub: 'ann' }
    expect(reach([inside, needs], { claims }).verdict).toBe('allowed')
    expect(reach([inside, needs, taking(issuer)], { claims }).verdict).toBe('needs-token')
    expect(reach([inside, needs, taking({ ...issuer, forwardOriginalToken: true })], { claims }).verdict).toBe(
      'allowed',
    )
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
