import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const codes = /^service\.(no-endpoints|target|partly|protocol-conflict|headless|export|app-protocol)/
const serviceOf = (ports: JsonRecord[], more: JsonRecord & { name?: string; created?: string } = {}) => {
  const { name = 'web', created, ...spec } = more
  return object('Service', name, {
    namespace: 'shop',
    ...(created !== undefined && { created }),
    spec: { selector: { app: 'web' }, ports: [...ports], ...spec },
  })
}
const http = { name: 'http', port: 80 }
const podOf = (
  ports: JsonRecord[],
  more: { name?: string; labels?: Record<string, string>; at?: string; phase?: string } = {},
) =>
  pod(more.name ?? 'web-1', more.at ?? 'shop', {
    labels: more.labels ?? { app: 'web' },
    ...(more.phase !== undefined && { phase: more.phase }),
    spec: { containers: [{ name: 'app', image: 'a', ports: [...ports] }] },
  })
const deployment = (
  labels: Record<string, string>,
  more: { name?: string; selector?: JsonRecord; ports?: JsonRecord[] } = {},
) =>
  object('Deployment', more.name ?? 'web', {
    namespace: 'shop',
    spec: {
      selector: { matchLabels: more.selector ?? labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'a', ports: more.ports ?? [] }] } },
    },
  })
const of = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => told(codes, { objects, ...more })

describe('endpoints', () => {
  const none = 'warning no-endpoints /spec/selector'
  it('are Pods, workloads that make some, or machines, in any cluster', () => {
    expect(of([serviceOf([http])])).toEqual([none])
    expect(of([serviceOf([http]), podOf([])])).toEqual([])
    expect(of([serviceOf([http]), podOf([], { at: 'far' })])).toEqual([none])
    expect(of([serviceOf([http]), podOf([], { labels: { app: 'api' } })])).toEqual([none])
    expect(of([serviceOf([http]), podOf([], { phase: 'Failed' })])).toEqual([none])
    expect(of([serviceOf([http]), deployment({ app: 'web' })])).toEqual([])
    expect(of([serviceOf([http])], { members: [podOf([])] })).toEqual([])
    const machine = (spec: JsonRecord, labels: Record<string, string> = {}) =>
      object('WorkloadEntry', 'm', { namespace: 'shop', labels, spec: { address: '10.0.0.1', ...spec } })
    expect(of([serviceOf([http]), machine({ labels: { app: 'web' } })])).toEqual([])
    expect(of([serviceOf([http]), machine({}, { app: 'web' })])).toEqual([])
    expect(of([serviceOf([http]), machine({})])).toEqual([none])
    const both = serviceOf([http], { selector: { app: 'web', tier: 'x' } })
    expect(of([both, machine({ labels: { app: 'web' } })])).toEqual([none])
  })
  it('are not missed where nobody selects, or not all was read', () => {
    expect(of([serviceOf([http], { selector: {} })])).toEqual([])
    expect(of([serviceOf([{ name: 'http', port: 80 }], { type: 'ExternalName' })])).toEqual([])
    expect(of([serviceOf([http])], { unread: ['east'] })).toEqual([])
    expect(of([serviceOf([http])], { without: ['apps/Deployment'] })).toEqual([])
  })
  it('are those of the workload of its name', () => {
    expect(of([serviceOf([http]), deployment({ app: 'shop-web' })])).toEqual([`${none} (select-workload)`])
    expect(of([serviceOf([http]), deployment({ app: 'shop-web' }, { name: 'other' })])).toEqual([none])
    expect(of([serviceOf([http]), deployment({ app: 'shop-web' }, { selector: {} })])).toEqual([none])
    expect(of([serviceOf([http]), deployment({ app: 'shop-web' }, { selector: { app: 'x' } })])).toEqual([none])
    const set = { ...deployment({ app: 'shop-web' }), kind: 'StatefulSet' }
    expect(of([serviceOf([http]), deployment({ app: 'shop-web' }), set])).toEqual([none])
  })
})

describe('target ports', () => {
  const to = (targetPort: string | number) => serviceOf([{ ...http, targetPort }])
  const named = 'error target-name-not-found /spec/ports/0'
  const numbered = 'warning target-port-not-found /spec/ports/0'
  const own = { name: 'main', containerPort: 8080 }
  it.each<[string | number, JsonRecord[], string[]]>([
    ['main', [own], []],
    [8080, [own], []],
    ['lost', [own], [`${named} (declared-port)`]],
    ['lost', [], [named]],
    ['lost', [own, { containerPort: 9090 }], [named]],
    ['lost', [own, { containerPort: 80 }], [`${named} (declared-port)`]],
    [8081, [own], [`${numbered} (declared-port)`]],
    [8081, [], []],
    [8081, [own, { containerPort: 9090 }], [numbered]],
    [8080, [{ ...own, protocol: 'UDP' }], []],
    [8081, [{ containerPort: 15090 }], []],
    [8081, [{ containerPort: 15100 }], [`${numbered} (declared-port)`]],
    [8081, [{ containerPort: 14999 }], [`${numbered} (declared-port)`]],
  ])('%s of %j', (target, ports, expected) => {
    expect(of([to(target), podOf(ports)])).toEqual(expected)
    expect(of([to(target), deployment({ app: 'web' }, { ports })])).toEqual(expected)
  })
  it('are said to be none where Pods declare none', () => {
    const found = findingsOf({ objects: [to('lost'), podOf([])] })
    expect(found.find(({ code }) => code === 'service.target-name-not-found')?.params['ports']).toBe('none')
  })
  it('are not put behind two ports', () => {
    const two = serviceOf([http, { ...http, name: 'more', port: 81, targetPort: 8080 }])
    expect(of([two, podOf([own])]).filter((each) => each.startsWith(numbered))).toEqual([numbered])
  })
  it('are the port itself where nothing else is said', () => {
    expect(of([serviceOf([http]), podOf([own])])).toEqual([`${numbered} (declared-port)`])
    expect(of([serviceOf([http]), podOf([{ containerPort: 80 }])])).toEqual([])
  })
  it('are told apart by protocol', () => {
    const dns = serviceOf([{ name: 'dns', port: 53, protocol: 'UDP' }])
    expect(of([dns, podOf([{ containerPort: 53, protocol: 'UDP' }])])).toEqual([])
    expect(of([dns, podOf([{ containerPort: 53 }, { containerPort: 54, protocol: 'UDP' }])])).toEqual([
      `${numbered} (declared-port)`,
    ])
  })
  it('are not asked of gateways, which declare what they like', () => {
    const gateway = pod('web-1', 'shop', {
      labels: { app: 'web' },
      spec: { containers: [{ name: 'istio-proxy', image: 'a', ports: [{ containerPort: 9090 }] }] },
    })
    expect(of([to(8080), gateway])).toEqual([])
  })
})

describe('Pods inside and outside of the mesh', () => {
  const inside = pod('web-2', 'shop', { labels: { app: 'web' }, by: 'default' })
  it('are behind one service', () => {
    expect(of([serviceOf([http]), podOf([]), inside])).toEqual(['warning partly-in-mesh /spec/selector'])
    const [first] = findingsOf({ objects: [serviceOf([http]), podOf([]), inside] }).filter(({ code }) =>
      codes.test(code),
    )
    expect(first?.params).toMatchObject({ outside: 1, total: 2, pod: 'web-1' })
    expect(of([serviceOf([http]), inside])).toEqual([])
    expect(of([serviceOf([http]), podOf([])])).toEqual([])
    const ambient = pod('web-1', 'shop', {
      labels: { app: 'web' },
      annotations: { 'ambient.istio.io/redirection': 'enabled' },
    })
    expect(of([serviceOf([http]), ambient, inside])).toEqual([])
  })
})

describe('two services before one port of the same Pods', () => {
  const running = podOf([{ containerPort: 8080 }], { labels: { app: 'web', tier: 'x' } })
  const old = serviceOf([{ name: 'http', port: 80, targetPort: 8080 }], { created: '2026-01-01T00:00:00Z' })
  const young = (port: JsonRecord, more: JsonRecord = {}) =>
    serviceOf([{ port: 81, targetPort: 8080, ...port }], { name: 'other', created: '2026-02-01T00:00:00Z', ...more })
  const conflict = ['warning protocol-conflict /spec/ports/0 (same-protocol)']
  it.each<[JsonRecord, string[]]>([
    [{ name: 'tcp' }, conflict],
    [{ name: 'grpc' }, []],
    [{ name: 'any' }, []],
    [{ name: 'tcp', protocol: 'UDP' }, []],
    [{ name: 'x', appProtocol: 'mongo' }, conflict],
  ])('%j', (port, expected) => {
    expect(of([running, old, young(port)])).toEqual(expected)
  })
  it('say the same where one of them says nothing', () => {
    const silent = young({ name: 'any' })
    const ways = (...objects: KubernetesObject[]) =>
      told(/^service\.port-name$/, { objects: [running, ...objects] }).map((each) => each.split(' ').at(-1))
    expect(ways(old, silent)).toEqual(['(say-http)'])
    expect(ways(silent)).toEqual(['(say-tcp)'])
    const tcp = serviceOf([{ name: 'tcp', port: 80, targetPort: 8080 }], { created: '2026-01-01T00:00:00Z', name: 'c' })
    expect(ways(tcp, silent)).toEqual(['(say-tcp)'])
    expect(ways(old, tcp, silent)[0]).toBe('/spec/ports/0/name')
  })
  it('are told of the younger one', () => {
    const told = findingsOf({ objects: [running, old, young({ name: 'tcp' })] })
    expect(told.filter(({ code }) => code === 'service.protocol-conflict')).toMatchObject([
      { ref: { name: 'other' }, params: { service: 'web', application: 'http' }, evidence: [{ name: 'web' }] },
    ])
  })
  it('have one protocol, that of the older', () => {
    expect(of([running, old, young({ name: 'tcp' }, { selector: { tier: 'x' } })])).toEqual(conflict)
    const apart = podOf([{ containerPort: 8080 }], { name: 'api-1', labels: { app: 'api' } })
    expect(of([running, apart, old, young({ name: 'tcp' }, { selector: { app: 'api' } })])).toEqual([])
    const far = { ...young({ name: 'tcp' }), metadata: { name: 'other', namespace: 'far' } }
    expect(of([running, old, far, podOf([{ containerPort: 8080 }], { at: 'far' })])).toEqual([])
    expect(
      of([running, podOf([{ containerPort: 8081 }], { name: 'b' }), old, young({ name: 'tcp', targetPort: 8081 })]),
    ).toEqual([])
  })
})

describe('headless services', () => {
  const headless = (ports: JsonRecord[]) => serviceOf(ports, { clusterIP: 'None' })
  const wrong = 'warning headless-port /spec/ports/0/port'
  it('do not translate ports', () => {
    const running = podOf([{ name: 'main', containerPort: 8080 }, { containerPort: 9090 }])
    expect(of([running, headless([{ ...http, targetPort: 8080 }])])).toEqual([`${wrong} (port-of-pods)`])
    expect(of([running, headless([{ name: 'http', port: 8080 }])])).toEqual([])
    expect(of([running, headless([{ ...http, targetPort: 'main' }])])).toEqual([])
    expect(of([running, serviceOf([{ ...http, targetPort: 8080 }])])).toEqual([])
    const two = [
      { ...http, targetPort: 8080 },
      { name: 'http-b', port: 9090 },
    ]
    expect(of([running, headless(two)])).toEqual([wrong])
  })
})

describe('namespaces that a service is shown to', () => {
  const shown = (to: string) =>
    object('Service', 'web', {
      namespace: 'shop',
      annotations: { 'networking.istio.io/exportTo': to },
      spec: { ports: [http] },
    })
  const lost = 'warning export-to-not-found /metadata/annotations/networking.istio.io~1exportTo'
  it.each<[string, string[]]>([
    ['*', []],
    ['.', []],
    ['~', []],
    ['', []],
    ['shop', []],
    ['shop, .', []],
    ['shpo', [`${lost} (near-name)`]],
    ['shop,shpo', [`${lost} (near-name)`]],
    ['elsewhere', [lost]],
  ])('%j', (to, expected) => {
    expect(of([namespace('shop'), shown(to)])).toEqual(expected)
  })
  it('are not missed where they were not read', () => {
    expect(of([shown('gone')], { without: ['Namespace'] })).toEqual([])
  })
})

describe('appProtocol', () => {
  const at = 'warning app-protocol /spec/ports/0/appProtocol'
  it('hides the name', () => {
    expect(of([podOf([]), serviceOf([{ ...http, appProtocol: 'web' }])])).toEqual([`${at} (by-name)`])
    expect(of([podOf([]), serviceOf([{ ...http, name: 'x', appProtocol: 'web' }])])).toEqual([`${at} (say-tcp)`])
    expect(of([podOf([]), serviceOf([{ ...http, appProtocol: 'http' }])])).toEqual([])
    expect(of([podOf([]), serviceOf([{ ...http, port: 3306, appProtocol: 'web' }])])).toEqual([])
  })
})
