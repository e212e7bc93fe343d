import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, httpPort, namespace, peers, pod, policy, refTo, service, tcpPort, tokens, worldOf } from './samples.ts'

const mesh: readonly KubernetesObject[] = [
  namespace('shop', { 'istio.io/dataplane-mode': 'ambient' }),
  pod('web', 'ambient', { ip: '10.1.0.1' }),
  pod('api', 'ambient', { ip: '10.1.0.2' }),
  service('api', [httpPort, tcpPort]),
]

const ask = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}) =>
  access(worldOf(objects), call(more))
const verdict = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}) =>
  ask([...mesh, ...objects], more).verdict
const allow = (rule: JsonRecord) => policy('p', { rules: [rule] })
const deny = (rule: JsonRecord) => policy('p', { action: 'DENY', rules: [rule] })

describe('ztunnel', () => {
  it('judges connections, by identity, address and port', () => {
    expect(ask(mesh)).toMatchObject({ verdict: 'allowed', hops: [{ at: 'ztunnel', layer: 'tcp', mtls: true }] })
    expect(verdict([allow({ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] })])).toBe('allowed')
    expect(verdict([allow({ from: [{ source: { principals: ['*'] } }] })])).toBe('allowed')
    expect(verdict([allow({ from: [{ source: { principals: ['*/sa/api'] } }] })])).toBe('denied')
    expect(verdict([allow({ from: [{ source: { namespaces: ['shop'] } }] })])).toBe('allowed')
    expect(verdict([allow({ from: [{ source: { serviceAccounts: ['web'] } }] })])).toBe('allowed')
    expect(verdict([allow({ from: [{ source: { serviceAccounts: ['other/web'] } }] })])).toBe('denied')
    expect(verdict([allow({ from: [{ source: { ipBlocks: ['10.1.0.1'] } }] })])).toBe('allowed')
    expect(verdict([allow({ from: [{ source: { notIpBlocks: ['10.1.0.0/16'] } }] })])).toBe('denied')
    expect(verdict([allow({ to: [{ operation: { ports: ['8080'] } }] })])).toBe('allowed')
    expect(verdict([allow({ to: [{ operation: { notPorts: ['8080'] } }] })])).toBe('denied')
    expect(verdict([allow({ when: [{ key: 'source.namespace', values: ['shop'] }] })])).toBe('allowed')
    expect(verdict([allow({ when: [{ key: 'destination.port', notValues: ['8080'] }] })])).toBe('denied')
    expect(verdict([allow({ when: [{ key: 'destination.ip', values: ['10.1.0.2'] }] })])).toBe('allowed')
  })
  it('leaves out rules that allow by HTTP', () => {
    const get = { to: [{ operation: { methods: ['GET'] } }] }
    expect(verdict([allow(get)])).toBe('denied')
    expect(verdict([policy('p', { rules: [get, {}] })])).toBe('allowed')
    expect(verdict([allow({ when: [{ key: 'request.headers[x]', values: ['a'] }] })])).toBe('denied')
  })
  it('denies without HTTP, and nothing where only HTTP is said', () => {
    expect(verdict([deny({ to: [{ operation: { methods: ['POST'] } }] })])).toBe('allowed')
    expect(verdict([deny({ to: [{ operation: { methods: ['POST'], ports: ['8080'] } }] })])).toBe('denied')
    expect(verdict([deny({ from: [{ source: { notRequestPrincipals: ['*'] } }] })])).toBe('allowed')
    expect(verdict([deny({})])).toBe('denied')
    expect(verdict([policy('p', { action: 'DENY' })])).toBe('allowed')
  })
  it('does not see trust domains, CUSTOM, AUDIT, trials and tokens', () => {
    expect(verdict([allow({ from: [{ source: { trustDomains: ['cluster.local'] } }] })])).toBe('denied')
    expect(verdict([policy('p', { action: 'CUSTOM', provider: { name: 'x' }, rules: [{}] })])).toBe('allowed')
    expect(
      verdict([policy('p', { action: 'DENY', rules: [{}] }, { annotations: { 'istio.io/dry-run': 'true' } })]),
    ).toBe('allowed')
    expect(verdict([tokens('t', { jwtRules: [{ issuer: 'a' }] })], { claims: { iss: 'b' } })).toBe('allowed')
  })
  it('takes policies without targetRefs of its namespace and of the root', () => {
    const all = { action: 'DENY', rules: [{}] }
    expect(verdict([policy('p', all, { namespace: 'istio-system' })])).toBe('denied')
    expect(verdict([policy('p', all, { namespace: 'other' })])).toBe('allowed')
    expect(verdict([policy('p', { ...all, selector: { matchLabels: { app: 'web' } } })])).toBe('allowed')
    expect(verdict([policy('p', { ...all, selector: {} })])).toBe('allowed')
    expect(verdict([policy('p', { ...all, targetRefs: [{ kind: 'Service', name: 'api' }] })])).toBe('allowed')
  })
})

describe('plain text to ztunnel', () => {
  const stranger = { mtls: false } satisfies Partial<AccessCall>
  const own = (spec: JsonRecord) => peers('own', { selector: { matchLabels: { app: 'api' } }, ...spec })
  const strict = { mode: 'STRICT' }
  it('is taken unless something is STRICT', () => {
    expect(verdict([], stranger)).toBe('allowed')
    expect(ask([...mesh, peers('p', { mtls: strict })], stranger)).toMatchObject({
      verdict: 'refused-plaintext',
      decidedBy: { ref: { name: 'p' } },
    })
    expect(verdict([peers('p', { mtls: strict })])).toBe('allowed')
    expect(verdict([peers('p', { mtls: { mode: 'DISABLE' } })])).toBe('allowed')
  })
  it('follows ports', () => {
    expect(verdict([own({ mtls: strict, portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } })], stranger)).toBe('allowed')
    expect(verdict([own({ mtls: strict, portLevelMtls: { 9000: { mode: 'PERMISSIVE' } } })], stranger)).toBe(
      'refused-plaintext',
    )
    expect(verdict([own({ portLevelMtls: { 8080: strict } })], stranger)).toBe('refused-plaintext')
    expect(verdict([own({ portLevelMtls: { 9000: strict } })], stranger)).toBe('allowed')
    expect(verdict([own({ mtls: strict, portLevelMtls: { 8080: { mode: 'DISABLE' } } })], stranger)).toBe('allowed')
  })
  it('is as istiod tells it where that differs from sidecars', () => {
    const meshStrict = peers('default', { mtls: strict }, { namespace: 'istio-system' })
    const permissive = own({ mtls: { mode: 'PERMISSIVE' }, portLevelMtls: { 8080: strict } })
    expect(verdict([permissive], stranger)).toBe('refused-plaintext')
    expect(verdict([meshStrict, permissive], stranger)).toBe('allowed')
    expect(verdict([meshStrict, own({ portLevelMtls: { 8080: { mode: 'DISABLE' } } })], stranger)).toBe(
      'refused-plaintext',
    )
    expect(verdict([meshStrict, own({ portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } })], stranger)).toBe('allowed')
    expect(
      verdict([meshStrict, peers('ns', {}), own({ portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } })], stranger),
    ).toBe('allowed')
  })
})

describe('waypoints', () => {
  const waypoint = (spec: JsonRecord = {}, more: JsonRecord = {}): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'wp', namespace: 'shop' },
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
      ...spec,
    },
    ...more,
  })
  const used = (labels: Record<string, string> = { 'istio.io/use-waypoint': 'wp' }) => [
    ...mesh.filter(({ kind }) => kind !== 'Service'),
    service('api', [httpPort, tcpPort], { labels }),
  ]
  const bound = (kind: string, name: string, more: JsonRecord = {}) =>
    policy('l7', { targetRefs: [{ kind, name, ...more }], rules: [{ to: [{ operation: { methods: ['GET'] } }] }] })
  const hops = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}) =>
    ask(objects, more).hops.map(({ at, verdict: said }) => `${at} ${said}`)

  it('judge HTTP by what is bound to the Service, with the identity of the client', () => {
    const objects = [...used(), waypoint(), bound('Service', 'api')]
    expect(hops(objects)).toEqual(['waypoint allowed', 'ztunnel allowed'])
    expect(ask(objects)).toMatchObject({
      verdict: 'allowed',
      decidedBy: { ref: { name: 'l7' } },
      principal: 'cluster.local/ns/shop/sa/web',
    })
    expect(hops(objects, { method: 'POST' })).toEqual(['waypoint denied', 'ztunnel allowed'])
    expect(hops([...used(), waypoint(), bound('Service', 'other')], { method: 'POST' })).toEqual([
      'waypoint allowed',
      'ztunnel allowed',
    ])
  })
  it('judge by what is bound to themselves, or to their class from the root namespace', () => {
    const group = 'gateway.networking.k8s.io'
    expect(hops([...used(), waypoint(), bound('Gateway', 'wp', { group })], { method: 'POST' })[0]).toBe(
      'waypoint denied',
    )
    const classed = {
      ...bound('GatewayClass', 'istio-waypoint', { group }),
      metadata: { name: 'l7', namespace: 'istio-system' },
    }
    expect(hops([...used(), waypoint(), classed], { method: 'POST' })[0]).toBe('waypoint denied')
    expect(
      hops([...used(), waypoint(), bound('GatewayClass', 'istio-waypoint', { group })], { method: 'POST' })[0],
    ).toBe('waypoint allowed')
    expect(hops([...used(), waypoint(), policy('p', { action: 'DENY', rules: [{}] })])).toEqual([
      'waypoint allowed',
      'ztunnel denied',
    ])
  })
  it('are who ztunnel sees then', () => {
    const only = (account: string) => policy('l4', { rules: [{ from: [{ source: { serviceAccounts: [account] } }] }] })
    expect(hops([...used(), waypoint(), only('web')])).toEqual(['waypoint allowed', 'ztunnel denied'])
    expect(hops([...used(), waypoint(), only('wp')])).toEqual(['waypoint allowed', 'ztunnel allowed'])
  })
  it('see the port of the Service', () => {
    const ports = (port: string) =>
      policy('l7', {
        targetRefs: [{ kind: 'Service', name: 'api' }],
        rules: [{ to: [{ operation: { ports: [port] } }] }],
      })
    expect(hops([...used(), waypoint(), ports('80')])[0]).toBe('waypoint allowed')
    expect(hops([...used(), waypoint(), ports('8080')])[0]).toBe('waypoint denied')
  })
  it('are left out where they are not there, not ready, closed, or for other traffic', () => {
    const first = (objects: readonly KubernetesObject[]) => ask(objects).trail[0]?.code
    expect(first(used())).toBe('waypoint-not-there')
    expect(first([...used(), waypoint({}, { status: {} })])).toBe('waypoint-not-ready')
    const elsewhere = used({ 'istio.io/use-waypoint': 'wp', 'istio.io/use-waypoint-namespace': 'edge' })
    const away = (allowed: JsonRecord) => ({
      ...waypoint({ listeners: [{ port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: allowed } }] }),
      metadata: { name: 'wp', namespace: 'edge' },
    })
    expect(first([...elsewhere, away({})])).toBe('waypoint-closed')
    expect(first([...elsewhere, away({ from: 'All' })])).toBe('client-hbone')
    const picky = away({ from: 'Selector', selector: { matchLabels: { 'istio.io/dataplane-mode': 'ambient' } } })
    expect(first([...elsewhere, picky])).toBe('client-hbone')
    expect(
      first([
        ...used(),
        { ...waypoint(), metadata: { name: 'wp', namespace: 'shop', labels: { 'istio.io/waypoint-for': 'workload' } } },
      ]),
    ).toBe('waypoint-other-traffic')
    expect(hops([...used({ 'istio.io/use-waypoint': 'none' }), waypoint()])).toEqual(['ztunnel allowed'])
  })
  it('are asked for by a namespace too', () => {
    const home = namespace('shop', { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'wp' })
    const objects = [...mesh.filter(({ kind }) => kind !== 'Namespace'), home, waypoint()]
    expect(hops(objects)).toEqual(['waypoint allowed', 'ztunnel allowed'])
  })
  it('answer nothing to what is no HTTP at a port of HTTP', () => {
    expect(hops([...used(), waypoint()], { protocol: 'tcp' })).toEqual(['waypoint denied', 'ztunnel allowed'])
    const port = {
      to: { ref: refTo('Service', 'api'), port: tcpPort.port },
      protocol: 'tcp',
    } satisfies Partial<AccessCall>
    expect(hops([...used(), waypoint()], port)).toEqual(['waypoint allowed', 'ztunnel allowed'])
  })
  it('of Services are not met by who dials a Pod of a headless one, those of workloads are', () => {
    const headless = { clusterIP: 'None', selector: { app: 'api' }, ports: [httpPort] }
    const bare = (labels: Record<string, string> = {}) => [
      ...used().filter(({ kind }) => kind !== 'Service'),
      { ...service('api', [], { labels: { 'istio.io/use-waypoint': 'wp' } }), spec: headless },
      { ...waypoint(), metadata: { name: 'wp', namespace: 'shop', labels } },
    ]
    expect(hops(bare())).toEqual(['ztunnel allowed'])
    const home = namespace('shop', { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'wp' })
    const all = [...bare({ 'istio.io/waypoint-for': 'all' }).filter(({ kind }) => kind !== 'Namespace'), home]
    expect(hops(all)).toEqual(['waypoint allowed', 'ztunnel allowed'])
    expect(hops([...all, bound('Service', 'api')], { method: 'POST' })[0]).toBe('waypoint allowed')
  })
  it('are passed by by sidecars and by strangers', () => {
    const objects = [...used().filter(({ metadata }) => metadata.name !== 'web'), waypoint(), bound('Service', 'api')]
    expect(hops([...objects, pod('web', 'sidecar')], { method: 'POST' })).toEqual(['ztunnel allowed'])
    expect(hops([...objects, pod('web', 'none')], { method: 'POST' })).toEqual(['ztunnel allowed'])
  })
  it('check tokens by what is bound to the Service', () => {
    const checked = tokens('t', { targetRefs: [{ kind: 'Service', name: 'api' }], jwtRules: [{ issuer: 'a' }] })
    expect(ask([...used(), waypoint(), checked], { claims: { iss: 'b' } }).verdict).toBe('invalid-token')
  })
})

describe('sidecars beside ambient', () => {
  const sidecar = (labels: Record<string, string> = {}) => [
    ...mesh.filter(({ metadata }) => metadata.name !== 'api'),
    service('api', [httpPort]),
    pod('api', 'sidecar', { labels }),
  ]
  it('are sent plain text where they do not take HBONE', () => {
    expect(ask(sidecar())).toMatchObject({ principal: null, hops: [{ at: 'sidecar', mtls: false }] })
    expect(ask(sidecar({ 'networking.istio.io/tunnel': 'http' }))).toMatchObject({
      hops: [{ at: 'sidecar', mtls: true }],
    })
  })
  it('send HBONE to ambient', () => {
    const objects = [...mesh.filter(({ metadata }) => metadata.name !== 'web'), pod('web', 'sidecar')]
    expect(ask(objects)).toMatchObject({
      principal: 'cluster.local/ns/shop/sa/web',
      hops: [{ at: 'ztunnel', mtls: true }],
    })
  })
})

describe('addresses', () => {
  it('of a Service are its ports', () => {
    expect(ask(mesh, { to: { ref: refTo('Service', 'api'), port: 80 } })).toMatchObject({
      verdict: 'allowed',
      hops: [{ at: 'ztunnel' }],
    })
    expect(ask(mesh, { to: { ref: refTo('Service', 'api'), port: 81 } })).toMatchObject({
      verdict: 'unknown',
      trail: [{ code: 'no-such-port' }],
    })
  })
})
