import { describe, expect, it } from 'vitest'
import { at } from '@orbweaver/contracts/json'
import { meshOf, object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blueprint } from './blueprint.ts'
import { find, nothing, unread, values } from './samples.ts'

describe('a dedicated mesh', () => {
  const mesh = meshOf({ kind: 'Dedicated' })

  it('is a namespace, a control plane and its default tag', () => {
    expect(blueprint(mesh, nothing).map((each) => [each.id, each.after])).toEqual([
      ['namespace@hub', []],
      ['control-plane@hub', ['namespace@hub']],
      ['default-tag@hub', ['control-plane@hub']],
    ])
  })

  it('is pinned, revision-based, and keeps old revisions a day', () => {
    const istio = find(blueprint(mesh, nothing), 'control-plane@hub').objects[0]
    expect(istio).toMatchObject({
      apiVersion: 'sailoperator.io/v1',
      metadata: { name: 'shop', labels: { 'orbweaver.dev/mesh': 'shop' } },
      spec: {
        version: 'v1.30.3',
        namespace: 'istio-system',
        updateStrategy: { type: 'RevisionBased', inactiveRevisionDeletionGracePeriodSeconds: 86_400 },
        values: { global: { meshID: 'shop', multiCluster: { clusterName: 'hub' } } },
      },
    })
    expect(at(istio, 'spec', 'values', 'global', 'network')).toBeUndefined()
  })

  it('says the network of its FleetCluster, twice', () => {
    const stages = blueprint(mesh, new Map([['hub', unread('n1')]]))
    expect(find(stages, 'namespace@hub').objects[0]?.metadata.labels).toMatchObject({
      'topology.istio.io/network': 'n1',
    })
    expect(at(values(find(stages, 'control-plane@hub')), 'global', 'network')).toBe('n1')
  })

  it('does not let values change who it is', () => {
    const named = meshOf({
      kind: 'Dedicated',
      values: { global: { meshID: 'other', multiCluster: { clusterName: 'x' } } },
    })
    expect(values(find(blueprint(named, nothing), 'control-plane@hub'))).toMatchObject({
      global: { meshID: 'shop', multiCluster: { clusterName: 'hub' } },
    })
    const stated = meshOf({ kind: 'Dedicated', settings: { system: { meshId: 'old-name' } } })
    expect(at(values(find(blueprint(stated, nothing), 'control-plane@hub')), 'global', 'meshID')).toBe('old-name')
  })

  it('points the default tag at the revision', () => {
    expect(find(blueprint(mesh, nothing), 'default-tag@hub').objects[0]?.spec).toEqual({
      targetRef: { kind: 'IstioRevision', name: 'shop-v1-30-3' },
    })
  })

  it('leaves the default tag where it is while that revision lives', () => {
    const tag = (kind: string, name: string) =>
      object('IstioRevisionTag', 'default', { spec: { targetRef: { kind, name } } })
    const target = (...objects: ReturnType<typeof object>[]) => {
      const seen = new Map([['hub', { ...unread(), view: clusterView('hub', objects) }]])
      return at(find(blueprint(mesh, seen), 'default-tag@hub').objects[0]?.spec, 'targetRef', 'name')
    }
    const old = object('IstioRevision', 'shop-v1-29-0')
    expect(target(tag('IstioRevision', 'shop-v1-29-0'), old)).toBe('shop-v1-29-0')
    expect(target(tag('IstioRevision', 'shop-v1-29-0'))).toBe('shop-v1-30-3')
    expect(target(tag('Istio', 'shop'), old)).toBe('shop-v1-30-3')
  })

  it('narrows what sidecars learn of, when asked to', () => {
    const isolated = meshOf({ kind: 'Dedicated', settings: { sidecar: { discoveryIsolation: true } } })
    const scope = find(blueprint(isolated, nothing), 'discovery-scope@hub')
    expect(scope.objects[0]).toMatchObject({
      kind: 'Sidecar',
      spec: { egress: [{ hosts: ['./*', 'istio-system/*'] }] },
    })
    expect(scope.after).toEqual(['default-tag@hub'])
  })
})
