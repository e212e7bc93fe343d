import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import type { Case } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

type More = { name?: string; namespace?: string; created?: string }
const entry = (spec: JsonRecord, { name = 'one', namespace: at = 'shop', created }: More = {}) =>
  object('ServiceEntry', name, {
    namespace: at,
    ...(created === undefined ? {} : { created }),
    spec: {
      hosts: ['a.example.com'],
      resolution: 'DNS',
      location: 'MESH_EXTERNAL',
      ports: [port(80, 'HTTP')],
      ...spec,
    },
  })
const port = (number: number, protocol: string, more: JsonRecord = {}) => ({
  number,
  name: `p-${number}`,
  protocol,
  ...more,
})
const said = (slugs: string[], objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects, ...more }, 'serviceentry', slugs)

describe('one port of one host', () => {
  const of = (one: JsonRecord, two: JsonRecord, more: More = {}) =>
    said(['port-twice'], [entry(one), entry(two, { name: 'two', ...more })])
  const both = (severity: string) => [`${severity} port-twice /spec/hosts/0`, `${severity} port-twice /spec/hosts/0`]
  it('is said once', () => {
    expect(of({}, {})).toEqual(both('info'))
    expect(of({}, {}, { namespace: 'far' })).toEqual(both('warning'))
    expect(of({}, { hosts: ['b.example.com'] })).toEqual([])
    expect(of({}, { ports: [port(81, 'HTTP')] })).toEqual([])
    expect(of({}, { ports: [port(81, 'HTTP'), port(80, 'HTTP')] })).toEqual(both('info'))
    expect(of({ exportTo: ['.'] }, { exportTo: ['.'] }, { namespace: 'far' })).toEqual([])
    expect(of({}, { exportTo: ['.'] }, { namespace: 'far' })).toEqual(both('warning'))
    expect(of({ exportTo: ['third'] }, { exportTo: ['third'] }, { namespace: 'far' })).toEqual(both('warning'))
    expect(said(['port-twice'], [entry({})])).toEqual([])
  })
})

describe('endpoints', () => {
  const of = (spec: JsonRecord, others: KubernetesObject[] = [], more: Omit<Case, 'objects'> = {}) =>
    said(['no-endpoints', 'selector-empty'], [entry(spec), ...others], more)
  it('are listed', () => {
    expect(of({ resolution: 'STATIC' })).toEqual(['error no-endpoints /spec/resolution [by-name]'])
    expect(of({ resolution: 'STATIC', hosts: ['db'] })).toEqual(['error no-endpoints /spec/resolution'])
    expect(of({ resolution: 'STATIC', hosts: ['*.example.com'] })).toEqual(['error no-endpoints /spec/resolution'])
    expect(of({ resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }] })).toEqual([])
    expect(of({ resolution: 'STATIC', workloadSelector: {} })).toEqual([])
    expect(of({ resolution: 'NONE' })).toEqual([])
    expect(of({})).toEqual([])
  })
  it('are selected', () => {
    const labels = { app: 'db' }
    const selecting = { resolution: 'STATIC', workloadSelector: { labels } }
    const nobody = ['error selector-empty /spec/workloadSelector/labels']
    const workload = (of: JsonRecord, at = 'shop') =>
      object('WorkloadEntry', 'w', { namespace: at, spec: { address: '10.0.0.1', labels: of } })
    expect(of(selecting)).toEqual(nobody)
    expect(of(selecting, [pod('db-1', 'shop', { labels })])).toEqual([])
    expect(of(selecting, [pod('db-1', 'far', { labels })])).toEqual(nobody)
    expect(of(selecting, [pod('db-1', 'shop', { labels, phase: 'Failed' })])).toEqual(nobody)
    expect(of(selecting, [workload(labels)])).toEqual([])
    expect(of(selecting, [workload({ app: 'x' })])).toEqual(nobody)
    expect(of(selecting, [workload(labels, 'far')])).toEqual(nobody)
    expect(
      of(selecting, [object('WorkloadEntry', 'w', { namespace: 'shop', labels, spec: { address: '10.0.0.1' } })]),
    ).toEqual([])
    expect(of(selecting, [], { unread: ['east'] })).toEqual([])
    expect(of(selecting, [], { without: [kinds.workloadEntry] })).toEqual([])
  })
})

describe('what is somebody else’s', () => {
  const web = {
    ...service('web', 'shop'),
    spec: { clusterIP: '10.0.0.1', ports: [{ port: 3306, name: 'tcp', protocol: 'TCP' }] },
  }
  it('by its host', () => {
    const of = (host: string, ...others: KubernetesObject[]) =>
      said(['host-of-service'], [entry({ hosts: [host] }), ...others])
    const service_ = ['warning host-of-service /spec/hosts/0']
    expect(of('web.shop.svc.cluster.local', web)).toEqual(service_)
    expect(of('web.shop.svc.cluster.local')).toEqual([])
    expect(of('web.shop', web)).toEqual([])
    const hidden = {
      ...web,
      metadata: { ...web.metadata, namespace: 'far', annotations: { 'networking.istio.io/exportTo': '.' } },
    }
    expect(of('web.far.svc.cluster.local', hidden)).toEqual([])
  })
  const tcp = (spec: JsonRecord = {}) => ({ addresses: ['10.0.0.1'], ports: [port(3306, 'TCP')], ...spec })
  const old = { created: '2026-01-01T00:00:00Z' }
  const young = { name: 'two', created: '2026-02-01T00:00:00Z' }
  it('by its address', () => {
    const of = (spec: JsonRecord, ...others: KubernetesObject[]) =>
      said(['address-taken'], [entry(tcp(spec), old), ...others])
    const taken = ['warning address-taken /spec/addresses']
    expect(of({}, web)).toEqual(taken)
    expect(of({ ports: [port(3306, 'MONGO')] }, web)).toEqual(taken)
    expect(of({ ports: [port(3306, '')] }, web)).toEqual(taken)
    expect(of({ ports: [port(3306, 'HTTP')] }, web)).toEqual([])
    expect(of({ ports: [port(3307, 'TCP')] }, web)).toEqual([])
    expect(of({ addresses: ['10.0.0.2'] }, web)).toEqual([])
    const headless = { ...web, spec: { ...web.spec, clusterIP: 'None' } }
    expect(of({ addresses: ['None'] }, headless)).toEqual([])
  })
  it('by an address of several entries, of which the oldest is first', () => {
    const of = (spec: JsonRecord, more: More = {}, others: Omit<Case, 'objects'> = {}) =>
      said(
        ['address-taken'],
        [entry(tcp(), old), entry(tcp({ hosts: ['b.example.com'], ...spec }), { ...young, ...more })],
        others,
      )
    const both = ['warning address-taken /spec/addresses', 'info address-taken /spec/addresses']
    expect(of({})).toEqual(both)
    expect(of({ hosts: ['a.example.com'] })).toEqual([])
    expect(of({ exportTo: ['.'] }, { namespace: 'far' })).toEqual(['warning address-taken /spec/addresses'])
    const elsewhere = { members: [entry(tcp({ hosts: ['b.example.com'] }), young)] }
    expect(saidOf({ objects: [entry(tcp(), old)], ...elsewhere }, 'serviceentry', ['address-taken'])).toEqual([])
  })
})

describe('port 443', () => {
  const of = (spec: JsonRecord, others: KubernetesObject[] = [], more: Omit<Case, 'objects'> = {}) =>
    said(['plain-on-443'], [entry({ ports: [port(443, 'HTTP')], ...spec }), ...others], more)
  const rule = (trafficPolicy: JsonRecord, host = 'a.example.com') =>
    object('DestinationRule', 'r', { namespace: 'shop', spec: { host, trafficPolicy } })
  const plain = 'warning plain-on-443 /spec/ports/0/protocol'
  it('is of TLS, or made so', () => {
    expect(of({})).toEqual([`${plain} [https]`])
    expect(of({ ports: [port(443, 'GRPC')] })).toEqual([`${plain} [https]`])
    expect(of({ ports: [port(443, 'HTTPS')] })).toEqual([])
    expect(of({ ports: [port(80, 'HTTP')] })).toEqual([])
    expect(of({ ports: [port(80, 'HTTP', { targetPort: 443 })] })).toEqual([plain])
    expect(of({ ports: [port(443, 'HTTP', { targetPort: 8443 })] })).toEqual([])
    expect(of({ location: 'MESH_INTERNAL' })).toEqual([])
    const tls = { mode: 'SIMPLE', caCertificates: '/ca' }
    expect(of({}, [rule({ tls })])).toEqual([])
    expect(of({}, [rule({ tls }, '*.example.com')])).toEqual([])
    expect(of({}, [rule({ tls: { mode: 'DISABLE' } })])).toEqual([`${plain} [https]`])
    expect(of({}, [rule({ portLevelSettings: [{ port: { number: 443 }, tls }] })])).toEqual([])
    expect(of({}, [rule({ loadBalancer: { simple: 'RANDOM' } })])).toEqual([`${plain} [https]`])
  })
  it('is made so by a BackendTLSPolicy', () => {
    const policy = (name: string): KubernetesObject => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'BackendTLSPolicy',
      metadata: { name: 'tls', namespace: 'shop' },
      spec: {
        targetRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name, sectionName: 'p443' }],
        validation: { hostname: 'a.example.com', wellKnownCACertificates: 'System' },
      },
    })
    expect(of({}, [policy('one')])).toEqual([])
    expect(of({}, [policy('other')])).toEqual([`${plain} [https]`])
  })
  it('stays HTTP where requests are routed to it', () => {
    const route = (destination: JsonRecord, spec: JsonRecord = {}) =>
      object('VirtualService', 'r', {
        namespace: 'shop',
        spec: {
          hosts: ['b.example.com'],
          http: [{ route: [{ destination: { host: 'a.example.com', ...destination } }] }],
          ...spec,
        },
      })
    const elsewhere = { port: { number: 80 } }
    expect(of({}, [entry({ ports: [port(80, 'HTTP')] }, { name: 'two' })])).toEqual([plain])
    expect(of({}, [route({})])).toEqual([plain])
    expect(of({}, [route({ port: { number: 443 } })])).toEqual([plain])
    expect(of({}, [route(elsewhere)])).toEqual([`${plain} [https]`])
    expect(of({}, [route(elsewhere, { hosts: ['a.example.com'] })])).toEqual([plain])
    expect(of({}, [route(elsewhere, { hosts: ['a.example.com'], exportTo: ['.'] })])).toEqual([plain])
    expect(of({}, [], { without: [kinds.destinationRule] })).toEqual([])
    expect(of({}, [], { without: [kinds.virtualService] })).toEqual([])
  })
})

it('is exported to namespaces that exist', () => {
  expect(said(['export-nowhere'], [namespace('shop'), entry({ exportTo: ['.', 'gone'] })])).toEqual([
    'warning export-nowhere /spec/exportTo/1 [not-there]',
  ])
  expect(said(['export-nowhere'], [namespace('shop'), entry({ exportTo: ['shop'] })])).toEqual([])
})
