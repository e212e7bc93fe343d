import type { RouteExplanation } from '@orbweaver/contracts/explain'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { ask, codes } from './samples.ts'

/** Two clusters, each on a network of its own: `reviews` runs in both. */
const near = `
{apiVersion: v1, kind: Namespace, metadata: {name: istio-system, labels: {topology.istio.io/network: east}}}
---
`
const far = ({ tls = 'istio', entrance = true, ingress = '[{ip: 192.0.2.1}]', port = 15443, label = '' } = {}) => `
{apiVersion: v1, kind: Namespace, metadata: {name: istio-system, labels: {topology.istio.io/network: west}}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {clusterIP: 10.9.0.1, selector: {app: reviews}, ports: [{name: http, port: 9080}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: w1, namespace: shop, labels: {app: reviews, security.istio.io/tlsMode: ${tls}}}, spec: {}, status: {podIP: 10.8.0.1, conditions: [{type: Ready, status: 'True'}]}}
---
${
  entrance
    ? `{apiVersion: v1, kind: Service, metadata: {name: eastwest, namespace: istio-system, labels: {topology.istio.io/network: west${label}}}, spec: {type: LoadBalancer, ports: [{port: ${port}}]}, status: {loadBalancer: {ingress: ${ingress}}}}`
    : ''
}
---
`
const about = (remote: string, yaml = near) => ask({ yaml, remote, question: {} })
const dialled = ({ outcome }: RouteExplanation): string[] =>
  outcome.kind === 'routed'
    ? outcome.destinations.flatMap(({ endpoints }) =>
        endpoints
          .filter(({ cluster }) => cluster === 'west')
          .map((each) => (each.gateways ?? [{ address: each.address }]).map(({ address }) => address).join(' ')),
      )
    : []

describe('endpoints on another network', () => {
  it('are reached by its entrance, which is told', () => {
    expect(dialled(about(far()))).toEqual(['192.0.2.1:15443'])
    expect(about(far()).trail.find(({ code }) => code === 'network-gateway')?.ref).toMatchObject({
      cluster: 'west',
      name: 'eastwest',
    })
  })
  it('are reached by every address that the entrance has', () => {
    expect(dialled(about(far({ ingress: '[{ip: 192.0.2.1}, {hostname: west.example.com}]' })))).toEqual([
      '192.0.2.1:15443 west.example.com:15443',
    ])
  })
  it('are reached at the port that a label names, if the Service has it', () => {
    const label = ", networking.istio.io/gatewayPort: '443'"
    expect(dialled(about(far({ port: 443, label })))).toEqual(['192.0.2.1:443'])
    expect(dialled(about(far({ port: 15443, label })))).toEqual(['10.8.0.1'])
  })
  it('are left out where the host is kept to the cluster of who asks', () => {
    const serviceSettings = [
      { settings: { clusterLocal: true }, hosts: ['*.shop.svc.cluster.local'] },
      { settings: { clusterLocal: false }, hosts: ['other.shop.svc.cluster.local'] },
    ]
    const kept = (settings: JsonRecord) => dialled(ask({ yaml: near, remote: far(), question: {}, config: settings }))
    expect(kept({ serviceSettings })).toEqual([])
    expect(kept({})).toEqual(['192.0.2.1:15443'])
    const again = { settings: { clusterLocal: false }, hosts: ['reviews.shop.svc.cluster.local'] }
    expect(kept({ serviceSettings: [...serviceSettings, again] })).toEqual(['192.0.2.1:15443'])
  })
  it('are reached by a waypoint of theirs whatever a rule says of TLS to the host as a whole', () => {
    const ratings = (labels: string) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ratings, namespace: shop${labels}}, spec: {clusterIP: 10.0.0.8, selector: {app: reviews}, ports: [{name: http, port: 9080}]}}\n---\n`
    const bound = `${near}${ratings(', labels: {istio.io/use-waypoint: k8s-wp, istio.io/use-waypoint-namespace: edge}')}
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: k8s-wp, namespace: edge}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]}}
---
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: ratings, namespace: shop}, spec: {host: ratings, trafficPolicy: {tls: {mode: DISABLE}}}}
---
`
    const asked = (question: { gateway?: string }) =>
      dialled(ask({ yaml: bound, remote: `${far()}${ratings('')}`, question: { ...question, host: 'ratings.shop' } }))
    expect(asked({ gateway: 'k8s-wp' })).toEqual(['192.0.2.1:15443'])
    expect(asked({})).toEqual([])
  })
  it('are dialled themselves where no entrance is known, or it has no address', () => {
    expect(dialled(about(far({ entrance: false })))).toEqual(['10.8.0.1'])
    expect(dialled(about(far({ ingress: '[]' })))).toEqual(['10.8.0.1'])
  })
  it('are left out where they do not take mutual TLS, which the entrance needs', () => {
    expect(dialled(about(far({ tls: 'disabled' })))).toEqual([])
    expect(codes(about(far({ tls: 'disabled' })))).toContain('network-without-mtls')
    const off = `${near}{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: off, namespace: shop}, spec: {mtls: {mode: DISABLE}}}\n---\n`
    expect(dialled(about(far(), off))).toEqual([])
    const rule = (mode: string) =>
      `${near}{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: shop}, spec: {host: reviews, trafficPolicy: {tls: {mode: ${mode}}}}}\n---\n`
    expect(dialled(about(far(), rule('DISABLE')))).toEqual([])
    expect(dialled(about(far({ tls: 'disabled' }), rule('ISTIO_MUTUAL')))).toEqual(['192.0.2.1:15443'])
  })
  it('are on the network of a client that says so itself', () => {
    const client = near.replace('topology.istio.io/network: east', 'topology.istio.io/network: west')
    expect(dialled(about(far(), client))).toEqual(['10.8.0.1'])
  })
  it('are reached by the entrance by clients that do not know their network', () => {
    expect(dialled(about(far(), ''))).toEqual(['192.0.2.1:15443'])
  })
})
