import { expect, test } from 'vitest'
import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, object, pod } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from './cases.ts'
import { bothCertificate, lateCertificate, shopCertificate } from './certificates.ts'

/** Lehmer's generator: the same seed, the same worlds. */
function random(seed: number) {
  let state = seed * 7919 + 1
  const next = () => (state = (state * 48_271) % 2_147_483_647)
  const below = (count: number) => next() % count
  function pick<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[below(values.length)] ?? values[0]
  }
  return { below, pick, chance: (part: number) => below(1000) < part * 1000 }
}
type Random = ReturnType<typeof random>

const hosts = ['shop.example.com', 'api.example.com', '*.example.com', 'far.example.org', '*', 'web'] as const
const labels = [{ istio: 'ingressgateway' }, { istio: 'ingressgateway' }, { app: 'edge' }, { app: 'gone' }] as const

function serverOf({ pick, chance }: Random, index: number): JsonRecord {
  const kind = pick(['http', 'https', 'https', 'tls'] as const)
  const host = `${chance(0.2) ? pick(['shop/', './', '*/'] as const) : ''}${pick(hosts)}`
  const credentialName = pick(['shop', 'both', 'late', 'gone'] as const)
  const port = (number: number, protocol: string) => ({ number, name: `${kind}-${index}`, protocol })
  if (kind === 'http') return { port: port(pick([80, 8080] as const), 'HTTP'), hosts: [host] }
  if (kind === 'tls') return { port: port(443, 'TLS'), hosts: [host], tls: { mode: 'PASSTHROUGH' } }
  const mode = chance(0.2) ? 'MUTUAL' : 'SIMPLE'
  return { port: port(443, 'HTTPS'), hosts: [host], tls: { mode, credentialName } }
}

function gatewayOf(at: Random, name: string): KubernetesObject {
  const servers = Array.from({ length: 1 + at.below(2) }, (_, index): Json => serverOf(at, index))
  const created = `2026-01-0${1 + at.below(3)}T00:00:00Z`
  return object('Gateway', name, {
    namespace: at.pick(['edge', 'shop'] as const),
    created,
    spec: { selector: { ...at.pick(labels) }, servers },
  })
}

function ruleOf(at: Random, name: string): KubernetesObject {
  const destination = { host: 'web.shop.svc.cluster.local', ...(at.chance(0.2) && { subset: 'v1' }) }
  const route = [{ destination }]
  const own = [...new Set([at.pick(hosts), at.pick(hosts)])]
  const gateways = [at.pick(['edge/a', 'edge/b', 'shop/a', 'shop/b'] as const)]
  const sniHosts = [own[0] ?? '*']
  const spec: JsonRecord = at.chance(0.4) ? { tls: [{ match: [{ sniHosts }], route }] } : { http: [{ route }] }
  return object('VirtualService', name, { namespace: 'shop', spec: { hosts: own, gateways, ...spec } })
}

function certificate(name: string, at: string, text: string): KubernetesObject {
  const data = { 'tls.crt': btoa(text), 'tls.key': btoa('key') }
  return { ...object('Secret', name, { namespace: at }), type: 'kubernetes.io/tls', data }
}

function worldOf(seed: number): KubernetesObject[] {
  const at = random(seed)
  const ports = [80, 443, 8080]
    .filter(() => at.chance(0.8))
    .map((port) => ({ name: `p-${port}`, port, protocol: 'TCP' }))
  const entrance = (name: string, selector: Record<string, string>) => [
    pod(`${name}-1`, 'edge', { labels: selector }),
    object('Service', name, { namespace: 'edge', spec: { selector, ports } }),
  ]
  const texts = [
    ['shop', shopCertificate],
    ['both', bothCertificate],
    ['late', lateCertificate],
  ] as const
  return [
    namespace('edge'),
    namespace('shop'),
    ...entrance('ingress', { istio: 'ingressgateway' }),
    ...(at.chance(0.6) ? entrance('other', { app: 'edge' }) : []),
    ...texts.filter(() => at.chance(0.6)).map(([name, text]) => certificate(name, 'edge', text)),
    object('Service', 'web', {
      namespace: 'shop',
      spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
    }),
    pod('web-1', 'shop', { labels: { app: 'web' } }),
    gatewayOf(at, 'a'),
    gatewayOf(at, 'b'),
    ruleOf(at, 'one'),
    ruleOf(at, 'two'),
  ]
}

const seeds = Array.from({ length: 80 }, (_, index) => index + 1)
const ways = / (serve-host|other-secret|ingress-gateway|full-gateway)$/

const proposedIn = (objects: KubernetesObject[]): string[] =>
  findingsOf({ objects }).flatMap(({ code, fixes }) => fixes.map((each) => `${code} ${each.code}`))

test('ways out at the edge are proposed', () => {
  const proposed = seeds.flatMap((seed) => proposedIn(worldOf(seed)))
  expect(proposed).toEqual(
    expect.arrayContaining([
      'virtualservice.host-not-in-gateway serve-host',
      'virtualservice.host-unserved serve-host',
      'gateway.credential-not-found other-secret',
      'gateway.selector-empty ingress-gateway',
    ]),
  )
})

test.each(seeds.filter((seed) => seed % 10 === 1))(
  'those of ten worlds from %i make their finding go, and bring none',
  (first) => {
    const faults = seeds
      .slice(first - 1, first + 9)
      .flatMap((seed) => faultsOfFixes({ objects: worldOf(seed) }, ways).map((each) => `${seed}: ${each}`))
    expect(faults).toEqual([])
  },
)
