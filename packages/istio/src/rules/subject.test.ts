import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import {
  attachedTo,
  firstPort,
  gatewayOf,
  hostIn,
  isPolicy,
  portOfEntry,
  selectedAmong,
  serverOf,
  serviceAt,
} from './subject.ts'

const rule = (kind: string, spec: JsonRecord): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { namespace: 'shop', name: 'rule' },
  spec,
})
const server = (
  protocol: string,
  number: number,
  { hosts = ['*'], mode }: { hosts?: string[]; mode?: string } = {},
) => ({
  port: { number, name: protocol.toLowerCase(), protocol },
  hosts,
  ...(mode !== undefined && { tls: { mode } }),
})

it.each([
  ['VirtualService', { hosts: ['*.example.com', 'shop.example.com'] }, 'shop.example.com'],
  ['DestinationRule', { host: 'reviews' }, 'reviews'],
  [
    'Gateway',
    { servers: [server('HTTP', 80), server('HTTP', 81, { hosts: ['team/shop.example.com'] })] },
    'shop.example.com',
  ],
  ['ServiceEntry', { hosts: ['*.example.com'] }, undefined],
])('the first host without a wildcard in a %s', (kind, spec, host) => {
  expect(hostIn(rule(kind, spec))).toBe(host)
})

it.each([
  [undefined, undefined],
  [['public', 'mesh'], undefined],
  [['public'], { namespace: 'shop', name: 'public' }],
  [['ingress/public', 'other'], { namespace: 'ingress', name: 'public' }],
])('gateways %j lead in by %j', (gateways, target) => {
  expect(gatewayOf(rule('VirtualService', { gateways }))).toEqual(target)
})

it.each([
  [server('HTTP', 80), { port: 80, protocol: 'http' }],
  [server('GRPC-Web', 80), { port: 80, protocol: 'http' }],
  [server('HTTPS', 443, { mode: 'SIMPLE' }), { port: 443, protocol: 'https' }],
  [server('HTTPS', 443, { mode: 'PASSTHROUGH' }), { port: 443, protocol: 'tls' }],
  [server('TLS', 443), { port: 443, protocol: 'tls' }],
  [server('MONGO', 27_017), { port: 27_017, protocol: 'tcp' }],
  [{ hosts: ['*'] }, {}],
])('a server %j is asked by %j', (one, entry) => {
  expect(serverOf(rule('Gateway', { servers: [one] }))).toEqual(entry)
})

it('takes the server that has the host, and the first where none has', () => {
  const gateway = rule('Gateway', {
    servers: [
      server('HTTP', 80, { hosts: ['other.example.com'] }),
      server('HTTP', 81, { hosts: ['shop/*.example.com'] }),
    ],
  })
  expect(serverOf(gateway, 'web.example.com').port).toBe(81)
  expect(serverOf(gateway, 'web.example.org').port).toBe(80)
  expect(serverOf(rule('Gateway', {}))).toEqual({})
})

it.each([
  [
    { number: 443, protocol: 'HTTPS' },
    { port: 443, protocol: 'tls' },
  ],
  [
    { number: 8080, protocol: 'HTTP' },
    { port: 8080, protocol: 'http' },
  ],
  [
    { number: 5432, protocol: 'TCP' },
    { port: 5432, protocol: 'tcp' },
  ],
  [undefined, {}],
])('a port %j of a ServiceEntry is asked by %j', (port, entry) => {
  expect(portOfEntry(rule('ServiceEntry', { ports: port === undefined ? [] : [port] }))).toEqual(entry)
})

it.each([
  ['reviews', { namespace: 'shop', name: 'reviews' }],
  ['reviews.books', { namespace: 'books', name: 'reviews' }],
  ['reviews.books.svc.cluster.local', { namespace: 'books', name: 'reviews' }],
  ['api.example.com', undefined],
])('%s stands for %j', (host, target) => {
  expect(serviceAt(host, rule('VirtualService', {}))).toEqual(target)
})

it('takes the first port of a Service that is there', () => {
  expect(firstPort(rule('Service', { ports: [{ port: 9080 }, { port: 1 }] }))).toEqual({ port: 9080 })
  expect(firstPort(undefined)).toEqual({})
})

it.each([
  [{ targetRefs: [{ kind: 'Service', name: 'web' }] }, { group: '', kind: 'Service', namespace: 'shop', name: 'web' }],
  [
    { targetRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' } },
    { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shop', name: 'waypoint' },
  ],
  [{ targetRefs: [{ kind: 'GatewayClass', name: 'istio-waypoint' }] }, undefined],
  [{}, undefined],
])('a policy with %j is attached to %j', (spec, target) => {
  const attached = attachedTo(rule('AuthorizationPolicy', spec), 'east')
  expect(attached).toEqual(target === undefined ? undefined : { cluster: 'east', version: 'v1', ...target })
})

describe('the workload that a policy is about', () => {
  const workload = (labels: Record<string, string>) => rule('Deployment', { template: { metadata: { labels } } })
  const selecting = (matchLabels: Record<string, string>) => rule('AuthorizationPolicy', { selector: { matchLabels } })

  it('is the first whose Pods have all of its labels', () => {
    const cart = workload({ app: 'cart', version: 'v2' })
    const orders = ['v1', 'v2', 'v2'].map((version) => workload({ app: 'orders', version }))
    const first = selectedAmong([cart, ...orders])
    expect(first(selecting({ app: 'orders' }))).toBe(orders[0])
    expect(first(selecting({ version: 'v2', app: 'orders' }))).toBe(orders[1])
    expect(first(selecting({ app: 'web' }))).toBeUndefined()
    expect(first(selecting({ app: 'cart', version: 'v1' }))).toBeUndefined()
    expect(first(rule('PeerAuthentication', {}))).toBe(cart)
    expect(selectedAmong([])(rule('PeerAuthentication', {}))).toBeUndefined()
  })

  it('is found without reading all workloads again for each policy', () => {
    const apps = Array.from({ length: 500 }, (_, index) => `app-${index}`)
    let read = 0
    const workloads = apps.map((app) => {
      const made = workload({ app, team: 'shop' })
      const { spec } = made
      return Object.defineProperty(made, 'spec', { get: () => ((read += 1), spec) })
    })
    const first = selectedAmong(workloads)
    const found = apps.map((app) => first(selecting({ team: 'shop', app })))
    expect(found).toEqual(workloads)
    expect(read).toBeLessThanOrEqual(2 * apps.length)
  })
})

it('knows policies from rules for traffic', () => {
  const security = (kind: string) => ({ ...rule(kind, {}), apiVersion: 'security.istio.io/v1' })
  expect(
    ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map((each) => isPolicy(security(each))),
  ).toEqual([true, true, true])
  expect(isPolicy(rule('VirtualService', {}))).toBe(false)
})
