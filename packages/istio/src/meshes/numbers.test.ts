import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, service } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { gatewaysOf, servicesOf } from './numbers.ts'

const views = (...clusters: KubernetesObject[][]) =>
  clusters.map((objects, index) => clusterView(['east', 'west'][index] ?? 'north', objects))

function slice(of: string, endpoints: JsonRecord[], namespace = 'shop'): KubernetesObject {
  return {
    ...object('EndpointSlice', `${of}-x`, { namespace, labels: { 'kubernetes.io/service-name': of } }),
    apiVersion: 'discovery.k8s.io/v1',
    endpoints,
  }
}
const ready = { addresses: ['10.0.0.1'], conditions: { ready: true } }
const late = { addresses: ['10.0.0.2'], conditions: { ready: false } }
const services = (...clusters: KubernetesObject[][]) => {
  const { healthy, total, failing } = servicesOf(views(...clusters))
  return [`${healthy}/${total}`, ...failing.map((each) => `${each.cluster} ${each.namespace ?? ''}/${each.name}`)]
}

describe('services', () => {
  it('are healthy with one endpoint that is ready', () => {
    expect(services([service('web', 'shop'), slice('web', [late, ready])])).toEqual(['1/1'])
    expect(services([service('web', 'shop'), slice('web', [late])])).toEqual(['0/1', 'east shop/web'])
    expect(services([service('web', 'shop'), slice('web', [])])).toEqual(['0/1', 'east shop/web'])
    expect(services([service('web', 'shop')])).toEqual(['0/1', 'east shop/web'])
    expect(services([service('web', 'shop'), slice('web', [{ addresses: ['10.0.0.1'] }])])).toEqual(['1/1'])
    expect(services([service('web', 'shop'), slice('web', [ready], 'bank')])).toEqual(['0/1', 'east shop/web'])
  })
  it('are one in all clusters, and called where they can be', () => {
    const web = service('web', 'shop')
    expect(services([web, slice('web', [late])], [web, slice('web', [ready])])).toEqual(['1/1'])
    expect(services([web, slice('web', [ready])], [web])).toEqual(['1/1'])
    expect(services([web], [web])).toEqual(['0/1', 'east shop/web'])
    expect(services([web, slice('web', [ready])], [service('web', 'bank')])).toEqual(['1/2', 'west bank/web'])
  })
  it('may be of machines', () => {
    const machine = (labels: Record<string, string>, spec: JsonRecord = {}) =>
      object('WorkloadEntry', 'm', { namespace: 'shop', labels, spec: { address: '10.1.0.1', ...spec } })
    expect(services([service('web', 'shop'), machine({ app: 'web' })])).toEqual(['1/1'])
    expect(services([service('web', 'shop'), machine({}, { labels: { app: 'web' } })])).toEqual(['1/1'])
    expect(services([service('web', 'shop')], [machine({ app: 'web' })])).toEqual(['1/1'])
    expect(services([service('web', 'shop'), machine({ app: 'api' })])).toEqual(['0/1', 'east shop/web'])
    expect(services([service('web', 'shop', {}), machine({ app: 'web' })])).toEqual(['0/1', 'east shop/web'])
  })
  it('without endpoints of their own are not counted', () => {
    const outside = object('Service', 'outside', { namespace: 'shop', spec: { type: 'ExternalName' } })
    expect(services([outside, service('kubernetes', 'default')])).toEqual(['0/0'])
    expect(services([service('kubernetes', 'shop')])).toEqual(['0/1', 'east shop/kubernetes'])
  })
})

describe('gateways', () => {
  type Of = { labels?: Record<string, string>; templates?: string; status?: JsonRecord; kind?: string }
  const gateway = (
    name: string,
    { labels = {}, templates, status = { readyReplicas: 1 }, kind = 'Deployment' }: Of,
  ) => {
    const annotations = templates === undefined ? {} : { 'inject.istio.io/templates': templates }
    const spec = { template: { metadata: { labels, annotations } } }
    return { ...object(kind, name, { namespace: 'edge', spec }), status }
  }
  const counts = (...objects: KubernetesObject[]) => {
    const { ingress, egress } = gatewaysOf(views(objects))
    return `${ingress.ready}/${ingress.total} in, ${egress.ready}/${egress.total} out`
  }
  it('are told by the template of injection, by who made them, or by the labels of older charts', () => {
    expect(counts(gateway('a', { templates: 'gateway' }))).toBe('1/1 in, 0/0 out')
    expect(counts(gateway('a', { templates: 'sidecar, gateway' }))).toBe('1/1 in, 0/0 out')
    expect(counts(gateway('a', { labels: { istio: 'ingressgateway' } }))).toBe('1/1 in, 0/0 out')
    const made = { 'gateway.istio.io/managed': 'istio.io-gateway-controller' }
    expect(counts(gateway('shop-istio', { labels: made }))).toBe('1/1 in, 0/0 out')
    expect(counts(gateway('a', { labels: { app: 'web' } }), gateway('b', { templates: 'sidecar' }))).toBe(
      '0/0 in, 0/0 out',
    )
  })
  it('face outwards by their names', () => {
    expect(counts(gateway('a', { labels: { istio: 'egressgateway' } }))).toBe('0/0 in, 1/1 out')
    expect(counts(gateway('a', { templates: 'gateway', labels: { istio: 'my-egress' } }))).toBe('0/0 in, 1/1 out')
    expect(counts(gateway('a', { templates: 'gateway', labels: { app: 'egress-tls' } }))).toBe('0/0 in, 1/1 out')
    expect(counts(gateway('egress', { templates: 'gateway' }))).toBe('0/0 in, 1/1 out')
  })
  it('between networks, and waypoints, are no edge', () => {
    const managed = (by: string) => ({ labels: { 'gateway.istio.io/managed': by } })
    const all = [
      gateway('east', { templates: 'gateway', labels: { istio: 'eastwestgateway' } }),
      gateway('ew', managed('istio.io-eastwest-controller')),
      gateway('waypoint', { ...managed('istio.io-mesh-controller'), templates: 'gateway' }),
    ]
    expect(counts(...all)).toBe('0/0 in, 0/0 out')
  })
  it('are ready with one Pod, whatever kind makes it', () => {
    const of = (status: JsonRecord, kind?: string) =>
      gateway('a', { templates: 'gateway', status, ...(kind !== undefined && { kind }) })
    expect(counts(of({}))).toBe('0/1 in, 0/0 out')
    expect(counts(of({ readyReplicas: 0 }))).toBe('0/1 in, 0/0 out')
    expect(counts(of({ numberReady: 2 }, 'DaemonSet'), of({ readyReplicas: 1 }, 'StatefulSet'))).toBe('2/2 in, 0/0 out')
  })
})
