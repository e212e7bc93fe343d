import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { backendsOf, type Directory, parseAuthority, resolve } from './connect-target.ts'

const service = (name: string, ports: { name: string; port: number }[]): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'istio-system' },
  spec: { ports },
})

const slice = (addresses: string[], ports: { name: string; port: number }[], ready = true): KubernetesObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 's', namespace: 'istio-system' },
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready } })),
  ports,
})

const webhook = { name: 'https-webhook', port: 443 }
const istiod = service('istiod', [{ name: 'grpc-xds', port: 15010 }, webhook])
const remote = service('istiod-remote', [webhook])
const entrance = service('entrance', [{ name: 'webhook', port: 15017 }])

/** member-1 runs istiod at 10.33.0.5 and shows it at 192.0.2.7; member-2 is its remote. */
const directory: Directory = {
  serviceWithClusterIp: async (cluster, address) =>
    new Map([
      ['member-1 10.97.0.10', istiod],
      ['member-2 10.98.0.10', remote],
    ]).get(`${cluster} ${address}`),
  serviceWithLoadBalancer: async (address) =>
    ['192.0.2.7', 'entrance.example'].includes(address) ? { cluster: 'member-1', service: entrance } : undefined,
  endpointSlices: async (_cluster, { metadata }) => {
    if (metadata.name === 'istiod-remote') return [slice(['192.0.2.7'], [{ name: 'https-webhook', port: 15017 }])]
    if (metadata.name === 'entrance') return [slice(['10.33.0.5'], [{ name: 'webhook', port: 15017 }])]
    return [slice(['10.33.0.4', '10.33.0.5'], [{ name: 'https-webhook', port: 15017 }])]
  },
  istiodPort: (cluster, podIp, port) =>
    cluster === 'member-1' && podIp === '10.33.0.5' && port === 15017 ? 40001 : undefined,
  kubeletPort: () => 40002,
}

describe('where a CONNECT leads', () => {
  it("leads a Service's address to the istiod behind it", async () => {
    expect(await resolve(directory, { cluster: 'member-1', host: '10.97.0.10', port: 443 })).toEqual({ port: 40001 })
  })

  it('leads a remote cluster through the load balancer to the control plane elsewhere', async () => {
    expect(await resolve(directory, { cluster: 'member-2', host: '10.98.0.10', port: 443 })).toEqual({ port: 40001 })
  })

  it('leads the host name of an ExternalName Service there as well', async () => {
    expect(await resolve(directory, { cluster: 'member-2', host: 'entrance.example', port: 15017 })).toEqual({
      port: 40001,
    })
  })

  it('leads the kubelet port of any node to the fake kubelet', async () => {
    expect(await resolve(directory, { cluster: 'hub', host: '10.32.255.1', port: 10250 })).toEqual({ port: 40002 })
  })

  it.each([
    ['10.97.0.10', 15010, 'no endpoint is ready behind port 15010 of istio-system/istiod'],
    ['203.0.113.9', 443, 'no load balancer of the lab has the address 203.0.113.9'],
    ['192.0.2.7', 443, 'no istiod is ready behind port 443'],
  ])('says why %s:%i leads nowhere', async (host, port, reason) => {
    const resolution = await resolve(directory, { cluster: 'member-1', host, port })
    expect('refusal' in resolution && resolution.refusal).toContain(reason)
  })
})

describe('backendsOf', () => {
  it('leaves out endpoints that are not ready', () => {
    const ports = [{ name: 'https-webhook', port: 15017 }]
    expect(backendsOf(istiod, 443, [slice(['10.0.0.1'], ports, false), slice(['10.0.0.2'], ports)])).toEqual([
      { address: '10.0.0.2', port: 15017 },
    ])
  })
})

describe('parseAuthority', () => {
  it.each([
    ['10.0.0.1:443', { host: '10.0.0.1', port: 443 }],
    ['istiod.svc:15017', { host: 'istiod.svc', port: 15017 }],
    ['[2001:db8::1]:443', { host: '2001:db8::1', port: 443 }],
  ])('reads %s', (authority, expected) => {
    expect(parseAuthority(authority)).toEqual(expected)
  })

  it.each(['', '10.0.0.1', ':443', 'host:0', 'host:x', 'host:70000'])('refuses %j', (authority) => {
    expect(parseAuthority(authority)).toBeUndefined()
  })
})
