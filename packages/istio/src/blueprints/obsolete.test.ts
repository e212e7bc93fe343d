import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { meshOf, object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blueprint } from './blueprint.ts'
import type { Observed, Stage } from './stage.ts'
import { uninstall } from './uninstall.ts'

const own = { 'orbweaver.dev/mesh': 'shop' }
const system = (kind: string, name: string, labels: Record<string, string> = own) =>
  object(kind, name, { namespace: 'istio-system', labels })
const scope = (labels = own) => ({ ...system('Sidecar', 'default', labels), apiVersion: 'networking.istio.io/v1' })
const seen = (views: Record<string, KubernetesObject[]>): Observed =>
  new Map(
    Object.entries(views).map(([cluster, objects]) => [
      cluster,
      { view: clusterView(cluster, objects), network: 'n1', server: '' },
    ]),
  )
const removals = (stages: Stage[]) =>
  stages
    .filter((each) => each.calm === true)
    .map((each) => [each.id, each.removes.map((ref) => `${ref.kind}/${ref.name}`), each.after])

const gateways = [
  system('Service', 'istio-eastwestgateway'),
  system('Deployment', 'istio-eastwestgateway'),
  system('Gateway', 'cross-network-gateway'),
]
const managed = (network: string, more: object = {}) =>
  meshOf({ kind: 'Managed', members: [{ cluster: 'east', network }], ...more })

describe('discovery isolation that was turned off', () => {
  const isolated = { settings: { sidecar: { discoveryIsolation: true } } }

  it.each(['Dedicated', 'Managed'])('takes its Sidecar away in a %s mesh', (kind) => {
    const fleet = seen({ hub: [scope()] })
    expect(removals(blueprint(meshOf({ kind }), fleet))).toEqual([
      ['remove-discovery-scope@hub', ['Sidecar/default'], ['default-tag@hub']],
    ])
    expect(removals(blueprint(meshOf({ kind, ...isolated }), fleet))).toEqual([])
  })

  it('leaves a Sidecar that is somebody else’s, and one of another mesh', () => {
    for (const labels of [{}, { 'orbweaver.dev/mesh': 'other' }]) {
      const theirs = { ...scope(), metadata: { ...scope().metadata, labels } }
      expect(removals(blueprint(meshOf({ kind: 'Dedicated' }), seen({ hub: [theirs] })))).toEqual([])
    }
  })

  it('goes with the mesh, too', () => {
    const stages = uninstall(meshOf({ kind: 'Dedicated', ...isolated }), seen({ hub: [scope()] }))
    const found = stages.find((each) => each.name === 'remove-discovery-scope')
    expect(found?.removes.map((ref) => ref.name)).toEqual(['default'])
  })
})

describe('two networks that became one', () => {
  const fleet = seen({ hub: gateways, east: gateways.slice(0, 1) })

  it('lose their gateways when every cluster is served on the new one', () => {
    const ready = ['control-plane@hub', 'member-ready@east']
    const unseen = 'ServiceAccount/istio-eastwestgateway-service-account'
    expect(removals(blueprint(managed('n1'), fleet))).toEqual([
      [
        'remove-east-west@hub',
        [unseen, 'Gateway/cross-network-gateway', 'Deployment/istio-eastwestgateway', 'Service/istio-eastwestgateway'],
        ready,
      ],
      ['remove-east-west@east', [unseen, 'Service/istio-eastwestgateway'], ready],
    ])
  })

  it('keep them while they are two, and what is not ours for ever', () => {
    expect(removals(blueprint(managed('n2'), fleet))).toEqual([])
    const theirs = seen({ hub: [system('Service', 'istio-eastwestgateway', {})], east: [] })
    expect(removals(blueprint(managed('n1'), theirs))).toEqual([])
  })

  it('are done when everything is gone', () => {
    const [stage] = blueprint(managed('n1'), fleet).filter((each) => each.name === 'remove-east-west')
    expect(stage?.gate(fleet).state).toBe('waiting')
    expect(stage?.gate(seen({ hub: [] })).state).toBe('passed')
  })
})

it('a load balancer goes when the entrance has a given address and every member was moved there', () => {
  const fleet = seen({
    hub: [
      system('Service', 'istiod-shop-v1-30-3-entrance', { ...own, 'istio.io/rev': 'shop-v1-30-3' }),
      system('Service', 'istiod-shop-v1-29-4-entrance', { ...own, 'istio.io/rev': 'shop-v1-29-4' }),
    ],
    east: [],
  })
  const given = managed('n1', {
    controlPlane: { cluster: 'hub', entrance: { type: 'Address', address: '192.0.2.9' } },
  })
  expect(removals(blueprint(given, fleet))).toEqual([
    ['remove-entrance@hub', ['Service/istiod-shop-v1-30-3-entrance'], ['control-plane@hub', 'member-ready@east']],
  ])
  expect(removals(blueprint(managed('n1'), fleet))).toEqual([])
})

it('takes nothing away in a cluster that was not read, and nothing of an external mesh', () => {
  expect(removals(blueprint(managed('n1'), new Map()))).toEqual([])
  expect(removals(blueprint(meshOf({ kind: 'External' }), seen({ hub: [scope()] })))).toEqual([])
})
