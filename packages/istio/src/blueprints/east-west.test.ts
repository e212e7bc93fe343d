import { describe, expect, it } from 'vitest'
import { at } from '@orbweaver/contracts/json'
import { meshOf, object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blueprint } from './blueprint.ts'
import { find, unread, values } from './samples.ts'
import type { Observed } from './stage.ts'

const fleet: Observed = new Map([
  ['hub', unread('n1')],
  ['east', unread('n2')],
  ['west', unread('n2')],
])
const mesh = (networks: object) =>
  meshOf({ kind: 'Managed', members: [{ cluster: 'east' }, { cluster: 'west' }], networks: { ...networks } })
const gateway = (more: object) => mesh({ eastWestGateways: [{ cluster: 'east', ...more }] })
const made = (of: ReturnType<typeof mesh>, kind: string, cluster = 'east') =>
  find(blueprint(of, fleet), `east-west@${cluster}`).objects.find((each) => each.kind === kind)

describe('an east-west gateway', () => {
  it('has the replicas, resources and annotations that the mesh gives it, and no other has', () => {
    const resources = { requests: { cpu: '200m', memory: '256Mi' } }
    const of = gateway({ replicas: 3, resources, annotations: { internal: 'true' } })
    expect(at(made(of, 'Deployment'), 'spec', 'replicas')).toBe(3)
    expect(at(made(of, 'Deployment'), 'spec', 'template', 'spec', 'containers', 0, 'resources')).toEqual(resources)
    expect(made(of, 'Service')?.metadata.annotations).toEqual({ internal: 'true' })
    const [deployment, service] = [made(of, 'Deployment', 'west'), made(of, 'Service', 'west')]
    expect(at(deployment, 'spec')).not.toHaveProperty('replicas')
    expect(at(deployment, 'spec', 'template', 'spec', 'containers', 0)).not.toHaveProperty('resources')
    expect(service?.metadata).not.toHaveProperty('annotations')
  })

  it('with given addresses asks no load balancer, and istiod is told of them by its networks', () => {
    const of = gateway({ addresses: ['203.0.113.7', 'gw.example.com'], port: 31443 })
    expect(at(made(of, 'Service'), 'spec', 'type')).toBe('NodePort')
    expect(at(made(of, 'Service', 'west'), 'spec', 'type')).toBe('LoadBalancer')
    expect(at(values(find(blueprint(of, fleet), 'control-plane@hub')), 'global', 'meshNetworks')).toEqual({
      n2: {
        endpoints: [{ fromRegistry: 'east' }, { fromRegistry: 'west' }],
        gateways: [
          { address: '203.0.113.7', port: 31443 },
          { address: 'gw.example.com', port: 31443 },
        ],
      },
    })
  })

  it('with given addresses is ready when its Service is there', () => {
    const service = object('Service', 'istio-eastwestgateway', { namespace: 'istio-system' })
    const seen = new Map(fleet).set('east', { ...unread('n2'), view: clusterView('east', [service]) })
    const verdict = (of: ReturnType<typeof mesh>) => find(blueprint(of, seen), 'east-west@east').gate(seen)
    expect(verdict(mesh({}))).toMatchObject({ state: 'waiting', code: 'address-pending' })
    expect(verdict(gateway({ addresses: ['203.0.113.7'] })).state).toBe('passed')
  })

  it('leaves values without networks where no address was given, or there is one network', () => {
    expect(values(find(blueprint(mesh({}), fleet), 'control-plane@hub')).global).not.toHaveProperty('meshNetworks')
    const one = new Map([...fleet].map(([name]) => [name, unread('n1')]))
    const of = gateway({ addresses: ['203.0.113.7'] })
    expect(values(find(blueprint(of, one), 'control-plane@hub')).global).not.toHaveProperty('meshNetworks')
  })
})

describe('the rule that exposes services', () => {
  const rule = { ...object('Gateway', 'cross-network-gateway', { namespace: 'istio-system' }) }
  const own = { ...rule, metadata: { ...rule.metadata, labels: { 'orbweaver.dev/mesh': 'shop' } } }
  const seen = new Map(fleet).set('hub', { ...unread('n1'), view: clusterView('hub', [own]) })

  it('is made by default, and removed when services are exposed no more; the gateways stay', () => {
    expect(find(blueprint(mesh({}), seen), 'cross-network@hub').objects[0]?.metadata.name).toBe('cross-network-gateway')
    const stages = blueprint(mesh({ exposeServices: false }), seen)
    expect(stages.some((each) => each.name === 'cross-network')).toBe(false)
    expect(find(stages, 'remove-cross-network@hub').removes.map((each) => each.name)).toEqual(['cross-network-gateway'])
    expect(stages.filter((each) => each.name === 'east-west')).toHaveLength(3)
    expect(stages.some((each) => each.name === 'remove-east-west')).toBe(false)
  })
})

it('the control-plane cluster is on the network that the mesh gives it, whatever its registration says', () => {
  const stages = blueprint(mesh({ controlPlane: 'n2' }), fleet)
  expect(find(stages, 'namespace@hub').objects[0]?.metadata.labels).toMatchObject({ 'topology.istio.io/network': 'n2' })
  expect(values(find(stages, 'control-plane@hub')).global).toMatchObject({ network: 'n2' })
  expect(stages.some((each) => each.name === 'east-west')).toBe(false)
})

it('hosts that are kept local are so for every caller of the mesh', () => {
  const hosts = ['web.shop.svc.cluster.local', '*.test.svc.cluster.local']
  const of = mesh({ clusterLocal: hosts })
  expect(values(find(blueprint(of, fleet), 'control-plane@hub')).meshConfig).toEqual({
    serviceSettings: [{ settings: { clusterLocal: true }, hosts }],
  })
  expect(values(find(blueprint(mesh({}), fleet), 'control-plane@hub'))).not.toHaveProperty('meshConfig')
})
