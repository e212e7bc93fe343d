import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { capabilities } from './capabilities.ts'

const region = 'topology.kubernetes.io/region'
const zone = 'topology.kubernetes.io/zone'
const subzone = 'topology.istio.io/subzone'

type NodeParts = { labels?: Record<string, string>; podCIDRs?: string[] }
function node(name: string, kubeletVersion: string, { labels = {}, podCIDRs = [] }: NodeParts = {}): KubernetesObject {
  const status = { nodeInfo: { kubeletVersion } }
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { podCIDRs }, status }
}
function service(name: string, spec: JsonRecord, status: JsonRecord = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec, status }
}
function definition(name: string, versions: string[], annotations: Record<string, string> = {}): KubernetesObject {
  const group = name.slice(name.indexOf('.') + 1)
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name, annotations },
    spec: { group, versions: versions.map((name) => ({ name, served: name !== 'v1alpha3' })) },
  }
}
const of = (objects: KubernetesObject[], apiServer?: string) => capabilities(clusterView('east', objects), apiServer)

describe('what a cluster has', () => {
  it('is not known of kinds that were not read, and empty of those that were', () => {
    expect(of([])).toEqual({})
    const read = clusterView('east', [], [kinds.node, kinds.service, kinds.crd])
    const known = capabilities(read, 'v1.34.1')
    expect(known).toMatchObject({
      localities: [],
      podRanges: { first: [], total: 0 },
      loadBalancers: { assigned: 0, total: 0 },
    })
    expect(known.apis?.every(({ served }) => served.length === 0)).toBe(true)
    for (const part of ['kubelets', 'serviceAddresses', 'gatewayApi']) expect(known).not.toHaveProperty(part)
  })

  it('counts nodes by locality, most first, those without labels too', () => {
    const place = { [region]: 'eu', [zone]: 'eu-1' }
    const nodes = [
      node('a', 'v1.34.1'),
      node('b', 'v1.34.1', { labels: place }),
      node('c', 'v1.34.1', { labels: place }),
      node('d', 'v1.34.1', { labels: { ...place, [subzone]: 'rack-7' } }),
    ]
    expect(of(nodes).localities).toEqual([
      { region: 'eu', zone: 'eu-1', nodes: 2 },
      { nodes: 1 },
      { region: 'eu', zone: 'eu-1', subzone: 'rack-7', nodes: 1 },
    ])
  })

  it.each([
    ['within', 'v1.34.1', ['v1.34.1', 'v1.31.9']],
    ['older', 'v1.34.1', ['v1.34.1', 'v1.30.9']],
    ['newer', 'v1.34.1', ['v1.35.0', 'v1.34.1']],
    ['unknown', undefined, ['v1.34.1']],
  ] as const)('kubelets are %s the skew that is supported', (skew, apiServer, versions) => {
    const nodes = versions.map((version, index) => node(`n${index}`, version))
    expect(of(nodes, apiServer).kubelets).toEqual({ oldest: versions.at(-1), newest: versions[0], skew })
  })

  it('shows the first ranges of Pods, and says of how many', () => {
    const nodes = [1, 2, 3, 4, 5].map((n) => node(`n${n}`, 'v1.34.1', { podCIDRs: [`10.0.${n}.0/24`] }))
    const first = ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24', '10.0.4.0/24']
    expect(of(nodes).podRanges).toEqual({ first, total: 5 })
  })

  it('takes Services with addresses for evidence of a LoadBalancer', () => {
    const ingress = { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } }
    const services = [
      service('kubernetes', { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00::1'] }),
      service('web', { type: 'LoadBalancer' }, ingress),
      service('api', { type: 'LoadBalancer' }),
    ]
    expect(of(services)).toEqual({
      loadBalancers: { assigned: 1, total: 2 },
      prometheus: { candidates: [] },
      serviceAddresses: ['10.96.0.1', 'fd00::1'],
    })
    expect(of([service('kubernetes', { clusterIP: '10.96.0.1' })]).serviceAddresses).toEqual(['10.96.0.1'])
  })

  it('reads the version and channel of Gateway API off its Gateway', () => {
    const group = 'gateway.networking.k8s.io'
    const bundle = (version: string, channel: string) => ({
      [`${group}/bundle-version`]: version,
      [`${group}/channel`]: channel,
    })
    const known = of([
      definition(`backends.${group}`, ['v1alpha2'], bundle('v1.5.0', 'experimental')),
      definition(`gateways.${group}`, ['v1', 'v1beta1', 'v1alpha3'], bundle('v1.4.1', 'standard')),
    ])
    expect(known.gatewayApi).toEqual({ version: 'v1.4.1', channel: 'standard' })
    expect(known.apis?.find((each) => each.group === group)?.served).toEqual(['v1', 'v1beta1', 'v1alpha2'])
    expect(of([definition(`gateways.${group}`, ['v1'])]).gatewayApi).toEqual({})
  })
})
