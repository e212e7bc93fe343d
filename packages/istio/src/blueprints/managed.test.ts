import { describe, expect, it } from 'vitest'
import { at, textAt } from '@orbweaver/contracts/json'
import { meshOf, object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blueprint } from './blueprint.ts'
import { holesIn } from './holes.ts'
import { find, nothing, unread, values } from './samples.ts'
import type { Observed, ObservedCluster } from './stage.ts'

describe('a managed mesh', () => {
  const mesh = meshOf({ kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] })
  const fleet = (hub: Partial<ObservedCluster> = {}, east: Partial<ObservedCluster> = {}): Observed =>
    new Map([
      ['hub', { ...unread('n1'), ...hub }],
      ['east', { ...unread(), server: 'https://east.example.com', ...east }],
    ])

  it('makes the control plane, then each member, readiness last', () => {
    expect(blueprint(mesh, fleet()).map((each) => [each.id, each.cluster, each.after])).toEqual([
      ['namespace@hub', 'hub', []],
      ['entrance@hub', 'hub', ['namespace@hub']],
      ['control-plane@hub', 'hub', ['namespace@hub', 'entrance@hub']],
      ['default-tag@hub', 'hub', ['control-plane@hub']],
      ['member-namespace@east', 'east', []],
      ['reader@east', 'east', ['member-namespace@east']],
      ['member-control-plane@east', 'east', ['control-plane@hub', 'member-namespace@east']],
      ['remote-secret@east', 'hub', ['reader@east', 'member-control-plane@east']],
      ['member-ready@east', 'east', ['remote-secret@east']],
      ['member-default@east', 'east', ['member-ready@east']],
    ])
  })

  it('gives the entrance of the revision three ports', () => {
    const { objects } = find(blueprint(mesh, fleet()), 'entrance@hub')
    expect(objects[0]).toMatchObject({
      kind: 'Service',
      metadata: { name: 'istiod-shop-v1-30-3-entrance', namespace: 'istio-system' },
      spec: {
        type: 'LoadBalancer',
        selector: { app: 'istiod', 'istio.io/rev': 'shop-v1-30-3' },
        ports: [
          { port: 15012, targetPort: 15012 },
          { port: 15017, targetPort: 15017 },
          { port: 443, targetPort: 15017 },
        ],
      },
    })
    expect(objects[0]?.metadata.annotations).toBeUndefined()
    const annotated = meshOf({
      kind: 'Managed',
      controlPlane: { cluster: 'hub', entrance: { annotations: { internal: 'true' } } },
    })
    expect(find(blueprint(annotated, fleet()), 'entrance@hub').objects[0]?.metadata.annotations).toEqual({
      internal: 'true',
    })
  })

  it('serves other clusters, in the spelling that stops Sail from pruning', () => {
    const overridden = meshOf({
      kind: 'Managed',
      values: { pilot: { env: { EXTERNAL_ISTIOD: 'false', OTHER: 'x' } } },
    })
    expect(at(values(find(blueprint(overridden, fleet()), 'control-plane@hub')), 'pilot', 'env')).toEqual({
      EXTERNAL_ISTIOD: 'true',
      OTHER: 'x',
    })
  })

  it('tells the member who serves it and on which network it is', () => {
    expect(find(blueprint(mesh, fleet()), 'member-namespace@east').objects[0]?.metadata).toMatchObject({
      name: 'istio-system',
      labels: { 'topology.istio.io/network': 'n1' },
      annotations: { 'topology.istio.io/controlPlaneClusters': 'hub' },
    })
  })

  it('writes version and address of a member in one object', () => {
    const stage = find(blueprint(mesh, fleet()), 'member-control-plane@east')
    expect(stage.objects).toHaveLength(1)
    expect(stage.objects[0]).toMatchObject({
      metadata: { name: 'shop' },
      spec: { profile: 'remote', version: 'v1.30.3' },
    })
    expect(values(stage)).toEqual({
      global: {
        meshID: 'shop',
        multiCluster: { clusterName: 'east' },
        network: 'n1',
        remotePilotAddress: '⟨entrance address⟩',
      },
      istiodRemote: { injectionPath: '/inject/cluster/east/net/n1' },
    })
    expect(stage.objects.flatMap(holesIn)).toEqual(['entrance address'])
  })

  it.each([
    [[{ hostname: 'lb.example.com' }], 'lb.example.com'],
    [[{ hostname: 'lb.example.com' }, { ip: '192.0.2.7' }], '192.0.2.7'],
  ])('fills in the address the load balancer gave: %j', (ingress, address) => {
    const service = Object.assign(object('Service', 'istiod-shop-v1-30-3-entrance', { namespace: 'istio-system' }), {
      status: { loadBalancer: { ingress } },
    })
    const stages = blueprint(mesh, fleet({ view: clusterView('hub', [service]) }))
    expect(at(values(find(stages, 'member-control-plane@east')), 'global', 'remotePilotAddress')).toBe(address)
  })

  it('takes a given address, and makes no entrance', () => {
    const entrance = { type: 'Address', address: '10.0.0.9' }
    const given = meshOf({
      kind: 'Managed',
      controlPlane: { cluster: 'hub', entrance },
      members: [{ cluster: 'east' }],
    })
    const stages = blueprint(given, fleet())
    expect(stages.some((each) => each.name === 'entrance')).toBe(false)
    expect(find(stages, 'control-plane@hub').after).toEqual(['namespace@hub'])
    expect(at(values(find(stages, 'member-control-plane@east')), 'global', 'remotePilotAddress')).toBe('10.0.0.9')
    const missing = meshOf({
      kind: 'Managed',
      controlPlane: { cluster: 'hub', entrance: { type: 'Address' } },
      members: [{ cluster: 'east' }],
    })
    expect(find(blueprint(missing, fleet()), 'member-control-plane@east').objects.flatMap(holesIn)).toEqual([
      'entrance address',
    ])
  })

  it('makes the reader account itself: Sail makes it only with a default tag', () => {
    const { objects } = find(blueprint(mesh, fleet()), 'reader@east')
    expect(objects.map((each) => [each.kind, each.metadata.name])).toEqual([
      ['ServiceAccount', 'istio-reader-service-account'],
      ['Secret', 'istio-reader-service-account-istio-remote-secret-token'],
    ])
    expect(objects[1]).toMatchObject({
      type: 'kubernetes.io/service-account-token',
      metadata: { annotations: { 'kubernetes.io/service-account.name': 'istio-reader-service-account' } },
    })
  })

  it('plans the remote Secret with a hole, and writes it with a kubeconfig', () => {
    const secret = (observed: Observed) => find(blueprint(mesh, observed), 'remote-secret@east').objects[0]
    expect(secret(fleet())).toMatchObject({
      metadata: {
        name: 'istio-remote-secret-east',
        labels: { 'istio/multiCluster': 'true' },
        annotations: { 'networking.istio.io/cluster': 'east' },
      },
      data: { east: '⟨reader token⟩' },
    })
    const written = textAt(secret(fleet({}, { reader: { token: 'tök', ca: 'PEM' } })), 'data', 'east') ?? ''
    expect(JSON.parse(Buffer.from(written, 'base64').toString('utf8'))).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'east', cluster: { server: 'https://east.example.com', 'certificate-authority-data': 'UEVN' } },
      ],
      users: [{ name: 'east', user: { token: 'tök' } }],
      contexts: [{ name: 'east', context: { cluster: 'east', user: 'east' } }],
      'current-context': 'east',
    })
  })

  it('plans a member that the fleet does not know', () => {
    expect(find(blueprint(mesh, nothing), 'remote-secret@east').objects.flatMap(holesIn)).toEqual(['reader token'])
  })

  it('gives the member a default that answers there', () => {
    const { objects } = find(blueprint(mesh, fleet()), 'member-default@east')
    expect(objects[0]?.metadata).toMatchObject({
      name: 'istio-revision-tag-default',
      labels: { 'istio.io/tag': 'default', 'istio.io/rev': 'shop-v1-30-3' },
    })
    expect(at(objects[0], 'webhooks', 0, 'clientConfig', 'service')).toEqual({
      name: 'istiod-shop-v1-30-3',
      namespace: 'istio-system',
      path: '/inject/cluster/east/net/n1',
      port: 443,
    })
  })

  it('makes east-west gateways only between networks', () => {
    const two = meshOf({ kind: 'Managed', members: [{ cluster: 'east', network: 'n2' }] })
    const stages = blueprint(two, fleet())
    const made = stages.filter((each) => each.name === 'east-west' || each.name === 'cross-network')
    expect(made.map((each) => [each.id, each.after])).toEqual([
      ['east-west@hub', ['control-plane@hub']],
      ['east-west@east', ['member-ready@east']],
      ['cross-network@hub', ['default-tag@hub']],
    ])
    const service = find(stages, 'east-west@east').objects.find((each) => each.kind === 'Service')
    expect(service?.metadata.labels).toMatchObject({ 'topology.istio.io/network': 'n2' })
    const deployment = find(stages, 'east-west@east').objects.find((each) => each.kind === 'Deployment')
    expect(at(deployment, 'spec', 'template', 'metadata', 'labels')).toMatchObject({
      'sidecar.istio.io/inject': 'true',
      'istio.io/rev': 'shop-v1-30-3',
    })
  })

  it('finds holes however deep, in lists too', () => {
    const deep = { ...object('ConfigMap', 'x'), list: [1, { a: ['x ⟨reader token⟩ y'] }], none: null }
    expect(holesIn(deep)).toEqual(['reader token'])
  })

  it('takes clusters that say nothing to be on one network, named after the mesh', () => {
    const silent = meshOf({ kind: 'Managed', members: [{ cluster: 'east' }, { cluster: 'west' }] })
    const stages = blueprint(silent, nothing)
    expect(stages.some((each) => each.name === 'east-west')).toBe(false)
    expect(at(values(find(stages, 'member-control-plane@west')), 'istiodRemote', 'injectionPath')).toBe(
      '/inject/cluster/west/net/shop',
    )
  })
})
