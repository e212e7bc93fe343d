import { type Json, listAt } from '@orbweaver/contracts/json'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildProxies } from '../build.ts'
import { make } from '../agreement/draft.ts'
import { freePorts } from '../ports.ts'
import { fetchEnvoy } from './binary.ts'
import { identities } from './certificates.ts'
import { isTwofold, listenerOf, listenerOfPort } from './chains.ts'
import { configurations } from './configuration.ts'
import { plainListener } from './plain-config.ts'
import { startEnvoy } from './plain-envoy.ts'

const programs = { proxies: '', envoy: '' }
beforeAll(async () => {
  const say = () => undefined
  programs.proxies = await buildProxies(say)
  programs.envoy = await fetchEnvoy(say)
})

const labels = { istio: 'edge' }
const pod = (kind: 'router' | 'sidecar') =>
  make('Pod', 'edge-1', {
    namespace: 'shop',
    labels,
    spec: { serviceAccountName: 'edge', containers: [{ name: 'istio-proxy', image: 'proxy', args: ['proxy', kind] }] },
    status: { phase: 'Running', podIP: '10.244.0.9', podIPs: [{ ip: '10.244.0.9' }] },
  })
const service = make('Service', 'web', {
  namespace: 'shop',
  spec: { clusterIP: '10.96.0.9', ports: [{ name: 'https', port: 443, protocol: 'TCP' }] },
})
const server = (host: string, mode: string, protocol: string) => ({
  port: { number: 443, name: mode.toLowerCase(), protocol },
  hosts: [host],
  tls: mode === 'PASSTHROUGH' ? { mode } : { mode, credentialName: 'edge' },
})
const gateway = (...servers: ReturnType<typeof server>[]) =>
  make('Gateway', 'edge', { namespace: 'shop', spec: { selector: labels, servers } })
const route = (name: string, ...names: string[]) =>
  make('VirtualService', name, {
    namespace: 'shop',
    spec: {
      hosts: ['*.example.com'],
      gateways: ['edge'],
      tls: [{ match: [{ sniHosts: names }], route: [{ destination: { host: 'web', port: { number: 443 } } }] }],
    },
  })

/** The listener of port 443; of a sidecar's, which come in any order, the one that is of no Service's own address. */
const taking = (kind: 'router' | 'sidecar', listeners: readonly Json[]) =>
  kind === 'router'
    ? listenerOfPort(listeners, 443)
    : listenerOf(listeners, 'outbound', { address: '192.0.2.1', port: 443 })

/** What istiod makes of port 443 of a proxy, and what Envoy says to it. */
async function tried(kind: 'router' | 'sidecar', ...objects: ReturnType<typeof make>[]) {
  const world = { id: 'names', objects: [pod(kind), service, ...objects], meshConfig: '' }
  const [configured] = await configurations(programs.proxies, [
    { ...world, proxies: [{ namespace: 'shop', name: 'edge-1' }] },
  ])
  const listener = taking(kind, configured?.proxies[0]?.listeners ?? []) ?? null
  const own = identities()
  const [port = 0] = await freePorts(1)
  const plain = plainListener(listener, configured?.proxies[0]?.routes ?? [], {
    server: await own.of('spiffe://cluster.local/ns/lab/sa/server'),
    root: own.root,
    jwks: '{"keys":[]}',
    portFor: (same) => same,
    name: 'tried',
    address: '127.0.0.1',
    port,
    bound: true,
  })
  const refusal = await startEnvoy(programs.envoy, [plain], port).then(
    (running) => running.stop().then(() => ''),
    String,
  )
  const chains = listAt(listener, 'filter_chains').length
  return {
    chains,
    twofold: isTwofold(listener),
    refused: /(?:same|overlapping) matching rules/u.exec(refusal)?.[0] ?? refusal,
  }
}

const overlapping = 'overlapping matching rules'
const same = 'same matching rules'

describe('a server name that two filter chains of a gateway would take', () => {
  const passes = server('*.example.com', 'PASSTHROUGH', 'TLS')
  test('istiod leaves the second of two routes out', async () => {
    expect(
      await tried('router', gateway(passes), route('one', 'a.example.com'), route('two', 'a.example.com')),
    ).toEqual({
      chains: 1,
      twofold: false,
      refused: '',
    })
  })
  test('istiod keeps the chain that ends TLS beside the one that passes it on; Envoy refuses the listener', async () => {
    const both = gateway(passes, server('a.example.com', 'SIMPLE', 'HTTPS'))
    expect(await tried('router', both, route('one', 'a.example.com'))).toEqual({
      chains: 2,
      twofold: true,
      refused: same,
    })
    expect(await tried('router', both, route('one', 'b.example.com', 'a.example.com'))).toEqual({
      chains: 2,
      twofold: true,
      refused: overlapping,
    })
  })
  test('TLS that ends for a TCP route is such a chain too', async () => {
    const both = gateway(passes, server('a.example.com', 'SIMPLE', 'TLS'))
    const ended = make('VirtualService', 'ended', {
      namespace: 'shop',
      spec: {
        hosts: ['a.example.com'],
        gateways: ['edge'],
        tcp: [{ route: [{ destination: { host: 'web', port: { number: 443 } } }] }],
      },
    })
    const own = route('one', 'a.example.com')
    expect(await tried('router', both, own)).toEqual({ chains: 1, twofold: false, refused: '' })
    expect(await tried('router', both, own, ended)).toEqual({ chains: 2, twofold: true, refused: same })
  })
  test('a name below a wildcard is not the same', async () => {
    const both = gateway(passes, server('a.example.com', 'SIMPLE', 'HTTPS'))
    expect(await tried('router', both, route('one', '*.example.com'))).toEqual({
      chains: 2,
      twofold: false,
      refused: '',
    })
  })
})

describe('a server name that two filter chains of a sidecar would take', () => {
  const outside = make('ServiceEntry', 'outside', {
    namespace: 'shop',
    spec: {
      hosts: ['a.example.com', 'b.example.com'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    },
  })
  const rule = (...matches: string[][]) =>
    make('VirtualService', 'outside', {
      namespace: 'shop',
      spec: {
        hosts: ['a.example.com', 'b.example.com'],
        tls: matches.map((sniHosts) => ({
          match: [{ sniHosts }],
          route: [{ destination: { host: 'b.example.com', port: { number: 443 } } }],
        })),
      },
    })
  test('istiod leaves out a match of the very same names', async () => {
    const said = await tried('sidecar', outside, rule(['a.example.com'], ['a.example.com'], ['b.example.com']))
    expect(said).toEqual({ chains: 2, twofold: false, refused: '' })
  })
  test('it keeps one of some of the same names; Envoy refuses the listener', async () => {
    const said = await tried('sidecar', outside, rule(['a.example.com'], ['a.example.com', 'b.example.com']))
    expect(said).toEqual({ chains: 2, twofold: true, refused: overlapping })
  })
})
