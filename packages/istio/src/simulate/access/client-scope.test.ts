import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { accessMatrix } from './matrix.ts'
import { call, namespace, peers, pod, refTo, service, shop, worldOf } from './samples.ts'

const networking = (kind: string, name: string, spec: JsonRecord): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace: 'shop' },
  spec,
})
const sidecar = (spec: JsonRecord) => networking('Sidecar', 'default', spec)
const onlyOther = { egress: [{ hosts: ['./other.shop.svc.cluster.local'] }] }
const registryOnly = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }

const ask = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}, config: JsonRecord = {}) =>
  access(worldOf([...shop, ...objects], config), call(more))
const codes = (...asked: Parameters<typeof ask>) => ask(...asked).trail.map(({ code }) => code)

describe('a host that the Sidecar of the client leaves out', () => {
  it('is called as it is, which is plain text', () => {
    expect(ask([sidecar(onlyOther)])).toMatchObject({ verdict: 'allowed', principal: null, hops: [{ mtls: false }] })
    expect(codes([sidecar(onlyOther)])).toContain('client-not-told')
    expect(ask([sidecar(onlyOther), peers('strict', { mtls: { mode: 'STRICT' } })]).verdict).toBe('refused-plaintext')
  })
  it('is not called at all where only known hosts are let out', () => {
    expect(ask([sidecar({ ...onlyOther, ...registryOnly })])).toMatchObject({
      verdict: 'denied',
      decidedBy: { ref: { kind: 'Sidecar', name: 'default' }, pointer: '/spec/outboundTrafficPolicy' },
      hops: [{ at: 'sidecar', ref: { name: 'web' }, trail: [{ code: 'client-stopped' }] }],
    })
    expect(ask([sidecar(onlyOther)], {}, registryOnly)).toMatchObject({
      verdict: 'denied',
      decidedBy: { ref: { kind: 'Sidecar' }, pointer: '' },
    })
  })
  it('is nothing to other clients, nor to a connection that is described', () => {
    const selecting = { workloadSelector: { labels: { app: 'other' } }, ...onlyOther, ...registryOnly }
    expect(ask([sidecar(selecting)]).principal).toBe('cluster.local/ns/shop/sa/web')
    expect(ask([sidecar({ ...onlyOther, ...registryOnly })], { mtls: true }).verdict).toBe('allowed')
    const bare = [pod('web', 'none'), sidecar({ ...onlyOther, ...registryOnly })]
    const all = [...shop.filter(({ metadata }) => metadata.name !== 'web'), ...bare]
    expect(access(worldOf(all), call()).verdict).toBe('allowed')
  })
  it('is unknown behind the egress proxy that the Sidecar names', () => {
    const egressProxy = { host: 'proxy.shop.svc.cluster.local', port: { number: 80 } }
    const spec = { ...onlyOther, outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy } }
    expect(ask([sidecar(spec)])).toMatchObject({ verdict: 'unknown', hops: [{ trail: [{ code: 'client-by-proxy' }] }] })
  })
})

describe('a host that the Sidecar of the client lets in', () => {
  const api = './api.shop.svc.cluster.local'
  it('is called with mutual TLS, whatever else is let out', () => {
    expect(ask([sidecar({ egress: [{ hosts: ['./*'] }], ...registryOnly })]).hops[0]?.mtls).toBe(true)
    expect(ask([], {}, registryOnly).hops[0]?.mtls).toBe(true)
  })
  it('has routes of HTTP by the first listener of its port, and others by any', () => {
    const port = (number: number, protocol: string) => ({ number, protocol, name: 'own' })
    const split = (number: number, protocol: string) => ({
      egress: [{ port: port(number, protocol), hosts: ['./other.shop.svc.cluster.local'] }, { hosts: [api] }],
      ...registryOnly,
    })
    expect(ask([sidecar(split(80, 'HTTP'))]).verdict).toBe('denied')
    expect(ask([sidecar(split(81, 'HTTP'))]).verdict).toBe('allowed')
    const tcp: Partial<AccessCall> = { to: { ref: refTo('Pod', 'api'), port: 9000 }, protocol: 'tcp' }
    expect(ask([sidecar(split(9000, 'TCP'))], tcp).verdict).toBe('allowed')
    const asHttp = { egress: [{ port: port(9000, 'HTTP'), hosts: [api] }], ...registryOnly }
    expect(ask([sidecar(asHttp)], tcp).verdict).toBe('denied')
  })
})

describe('where only known hosts are let out', () => {
  const entry = (more: JsonRecord = {}): KubernetesObject =>
    networking('ServiceEntry', 'own', {
      hosts: ['api.internal'],
      addresses: ['192.0.2.1'],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ number: 7070, name: 'own', protocol: 'HTTP', targetPort: 7777 }],
      workloadSelector: { labels: { app: 'api' } },
      ...more,
    })
  const own: Partial<AccessCall> = { to: { ref: refTo('Pod', 'api'), port: 7777 } }
  it('a port that no host has is closed, unless others have its number', () => {
    expect(ask([], own, registryOnly)).toMatchObject({ verdict: 'denied', decidedBy: null })
    expect(ask([], own).verdict).toBe('allowed')
    const shared = service('else', [{ name: 'tcp', port: 7777 }])
    expect(ask([shared], own, registryOnly)).toMatchObject({
      verdict: 'unknown',
      hops: [{ trail: [{ code: 'client-port-shared' }] }],
    })
  })
  it('a ServiceEntry makes a host known, to those that it is exported to', () => {
    expect(ask([entry()], own, registryOnly).hops[0]?.mtls).toBe(true)
    const far = [namespace('far'), pod('web', 'sidecar', { namespace: 'far' })]
    const fromFar = { ...own, from: { kind: 'workload' as const, ref: refTo('Pod', 'web', 'far') } }
    expect(ask([...far, entry()], fromFar, registryOnly).verdict).toBe('allowed')
    expect(ask([...far, entry({ exportTo: ['.'] })], fromFar, registryOnly).verdict).toBe('denied')
  })
  it('cells of the matrix say so', () => {
    const cells = accessMatrix(worldOf([...shop, sidecar({ ...onlyOther, ...registryOnly })]))
    const toApi = cells.filter(({ to, from }) => to.port === 8080 && from.principal?.endsWith('/web') === true)
    expect(toApi.map(({ verdict }) => verdict)).toEqual(['denied'])
  })
})
