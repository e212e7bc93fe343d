import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const told = (of: Case) => {
  expect(faultsOfFixes(of)).toEqual([])
  return findingsOf(of).filter(({ code }) => /^(multicluster|meshnetworks)\./.test(code))
}

describe('Services of several clusters', () => {
  const web = (spec: JsonRecord, namespace = 'shop') => object('Service', 'web', { namespace, spec })
  const both = (one: JsonRecord, other: JsonRecord, namespace = 'shop') =>
    told({ objects: [web(one, namespace)], members: [web(other, namespace)] }).map(({ code, ref, pointer, params }) =>
      [code.split('.')[1], ref.cluster, pointer, params['fields']].join(' '),
    )
  const on = (how: string, pointer: string, fields: string) =>
    ['east', 'hub'].map((cluster) => `${how} ${cluster} ${pointer} ${fields}`)
  const http = { name: 'http', port: 80, targetPort: 8080 }
  const grpc = { name: 'grpc', port: 90, targetPort: 9090 }
  it.each<[JsonRecord, JsonRecord, string[]]>([
    [{ ports: [http] }, { ports: [http] }, []],
    [{ ports: [http, grpc] }, { ports: [grpc, http] }, []],
    [{ ports: [http, grpc, { ...http, port: 81 }] }, { ports: [grpc, http, { ...http, port: 81 }] }, []],
    [{ ports: [http, http] }, { ports: [http] }, on('service-differs', '/spec/ports', 'ports')],
    [{ ports: [http] }, { ports: [grpc] }, on('service-differs', '/spec/ports', 'ports')],
    [{ ports: [http] }, { ports: [{ ...http, protocol: 'TCP' }] }, on('service-differs', '/spec/ports', 'ports')],
    [{ ports: [http] }, { ports: [{ ...http, port: 81 }] }, on('service-differs', '/spec/ports', 'ports')],
    [{ ports: [http] }, { ports: [{ ...http, targetPort: '8080' }] }, on('service-differs', '/spec/ports', 'ports')],
    [{ ports: [http] }, { ports: [{ ...http, appProtocol: 'http' }] }, on('service-differs', '/spec/ports', 'ports')],
    [{ ports: [{ name: 'tcp', port: 1 }] }, { ports: [{ name: 'tcp', port: 1, targetPort: 0 }] }, []],
    [{ ports: [] }, {}, on('service-differs', '/spec/ports', 'ports')],
    [{}, {}, []],
    [{ type: 'NodePort' }, {}, on('service-differs', '/spec', 'type')],
    [{ clusterIP: 'None' }, { clusterIP: '10.0.0.1' }, on('service-differs', '/spec', 'clusterIP')],
    [{ clusterIP: '10.0.0.2' }, { clusterIP: '10.0.0.1' }, []],
    [
      { ports: [{ ...http, nodePort: 30_000 }] },
      { ports: [{ ...http, nodePort: 30_001 }] },
      on('node-ports-differ', '/spec/ports', 'nodePort'),
    ],
  ])('%j and %j', (one, other, expected) => {
    expect(both(one, other)).toEqual(expected)
  })
  it('are those of one name, outside of what Kubernetes keeps for itself', () => {
    expect(both({ type: 'NodePort' }, {}, 'kube-system')).toEqual([])
    expect(told({ objects: [web({ type: 'NodePort' })], members: [web({}, 'other')] })).toEqual([])
    expect(told({ objects: [web({ type: 'NodePort' })] })).toEqual([])
  })
  it.each<[string, string, Record<string, string>]>([
    ['istiod', 'istio-system', { istio: 'pilot' }],
    ['istiod-shop-v1-30-3', 'istio-system', { 'app.kubernetes.io/name': 'istiod' }],
    ['edge', 'shop', { istio: 'ingressgateway' }],
    ['edge-istio', 'shop', { 'gateway.istio.io/managed': 'istio.io-gateway-controller' }],
    ['east-west', 'istio-system', { 'topology.istio.io/network': 'n1' }],
    ['kubernetes', 'default', {}],
  ])('are not %s, which each cluster has for itself', (name, namespace, labels) => {
    const of = (type: string) => object('Service', name, { namespace, labels, spec: { type } })
    const plain = object('Service', name, { namespace, spec: { type: 'NodePort' } })
    expect(told({ objects: [of('NodePort')], members: [of('ClusterIP')] })).toEqual([])
    expect(told({ objects: [of('ClusterIP')], members: [plain] })).toEqual([])
  })
  it('are not those that the mesh keeps to their cluster', () => {
    const of = (serviceSettings: JsonRecord[]) =>
      told({
        objects: [web({ type: 'NodePort' })],
        members: [web({})],
        settings: { config: { serviceSettings } },
      }).length
    const setting = (clusterLocal: boolean, ...hosts: string[]) => ({ settings: { clusterLocal }, hosts })
    const all = '*.shop.svc.cluster.local'
    const own = 'web.shop.svc.cluster.local'
    expect(of([setting(true, own)])).toBe(0)
    expect(of([setting(true, all)])).toBe(0)
    expect(of([setting(true, all), setting(false, own)])).toBe(2)
    expect(of([setting(false, all), setting(true, own)])).toBe(0)
    expect(of([setting(true, '*.other.svc.cluster.local')])).toBe(2)
    expect(of([setting(false, all)])).toBe(2)
    expect(of([{ hosts: [own] }])).toBe(2)
  })
  it('name the other', () => {
    const [first] = told({ objects: [web({ type: 'NodePort' })], members: [web({})] })
    expect(first).toMatchObject({ params: { clusters: 'hub' }, evidence: [{ cluster: 'hub' }], aliases: ['IST0170'] })
  })
})

describe('networks', () => {
  const networks = (registry: string) => `networks:\n  n1:\n    endpoints:\n    - fromRegistry: ${registry}\n`
  const map = (text: string, name = 'istio', labels: Record<string, string> = {}): KubernetesObject => ({
    ...object('ConfigMap', name, { namespace: 'istio-system', labels }),
    data: { meshNetworks: text },
  })
  const secret = (labels: Record<string, string>): KubernetesObject => ({
    ...object('Secret', 'remote', { namespace: 'istio-system', labels }),
    data: { east: '' },
  })
  const said = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
    told({ objects, ...more }).map(({ code, pointer, params, aliases }) =>
      [code, pointer, params['registry'], ...aliases].join(' '),
    )
  const unknown = ['meshnetworks.registry-unknown /data/meshNetworks east IST0126']
  it('are of clusters that remote secrets name', () => {
    expect(said([map(networks('east'))])).toEqual(unknown)
    expect(said([map(networks('east')), secret({ 'istio/multiCluster': 'true' })])).toEqual([])
    expect(said([map(networks('east')), secret({ 'istio/multiCluster': 'false' })])).toEqual(unknown)
    expect(said([map(networks('east'))], { unread: ['west'] })).toEqual([])
  })
  it('are read from the mesh’s own ConfigMap', () => {
    expect(said([map(networks('east'), 'other')])).toEqual([])
    expect(said([map(networks('east'), 'istio-v1')])).toEqual([])
    expect(said([map(networks('east'), 'istio-v1', { 'istio.io/rev': 'v1' })])).toEqual(unknown)
    expect(said([map('networks: {n1: {endpoints: [{fromCidr: 10.0.0.0/8}]}}')])).toEqual([])
    for (const each of ['', '[]', 'networks: x']) expect(said([map(each)])).toEqual([])
    expect(said([map('{')])).toHaveLength(1)
    expect(said([map('{', 'other')])).toEqual([])
  })
  const of = (network: string) => said([map(`networks: { n1: ${network} }`)]).map((each) => each.split(' ')[0])
  it.each<[string, boolean]>([
    ['{ endpoints: [{ fromRegistry: Kubernetes }, { fromRegistry: Mock }, { fromRegistry: External }] }', true],
    ['{ endpoints: [{ fromRegistry: a.b }] }', false],
    ['{ endpoints: [{ fromRegistry: "" }] }', false],
    ['{ endpoints: [{ fromCidr: 10.0.0.0/8 }, { fromCidr: 10.0.0.1 }] }', true],
    ['{ endpoints: [{ fromCidr: 10.0.0 }] }', false],
    ['{ gateways: [{ address: 10.0.0.1, port: 443 }, { address: a.example.com, port: 1 }] }', true],
    ['{ gateways: [{ address: "a b", port: 443 }] }', false],
    ['{ gateways: [{ registryServiceName: gw.istio-system.svc.cluster.local, port: "443" }] }', true],
    ['{ gateways: [{ registryServiceName: "a b", port: 443 }] }', false],
    ['{ gateways: [{ address: 10.0.0.1 }] }', false],
    ['{ gateways: [{ address: 10.0.0.1, port: 65536 }] }', false],
    ['{}', true],
  ])('%s is taken: %s', (network, isGood) => {
    expect(of(network)).toEqual(isGood ? [] : ['meshnetworks.invalid'])
  })
})
