import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { meshOf, namespace, object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { readerSecretOf } from './reads.ts'
import type { Observed } from './stage.ts'
import { stillUsed } from './still-used.ts'
import { leaveStages, uninstall } from './uninstall.ts'

const mesh = meshOf({ kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] })
const own = { 'orbweaver.dev/mesh': 'shop' }
const seen = (views: Record<string, KubernetesObject[]>): Observed =>
  new Map(
    Object.entries(views).map(([cluster, objects]) => [
      cluster,
      { view: clusterView(cluster, objects), network: undefined, server: '' },
    ]),
  )
const system = (kind: string, name: string, labels: Record<string, string> = own) =>
  object(kind, name, { namespace: 'istio-system', labels })
const state = (
  stage: { gate: (observed: Observed) => { state: string; code: string } } | undefined,
  observed: Observed,
) => {
  const verdict = stage?.gate(observed)
  return `${verdict?.state} ${verdict?.code}`
}

describe('leaving', () => {
  const member = [
    object('MutatingWebhookConfiguration', 'istio-revision-tag-default', { labels: own }),
    object('Istio', 'shop', { labels: own }),
    system('ServiceAccount', 'istio-reader-service-account'),
    system('Secret', 'istio-reader-service-account-istio-remote-secret-token'),
  ]
  const fleet = seen({ hub: [system('Secret', 'istio-remote-secret-east')], east: member })

  it('forgets the member first, and takes webhooks away before what they call', () => {
    expect(
      leaveStages(mesh, 'east', fleet).map((each) => [
        each.id,
        each.cluster,
        each.removes.map((ref) => ref.kind),
        each.after,
      ]),
    ).toEqual([
      ['forget-member@east', 'hub', ['Secret'], []],
      ['remove-default@east', 'east', ['MutatingWebhookConfiguration'], ['forget-member@east']],
      ['remove-east-west@east', 'east', [], ['remove-default@east']],
      ['remove-control-plane@east', 'east', ['Istio'], ['remove-east-west@east']],
      ['remove-reader@east', 'east', ['ServiceAccount', 'Secret'], ['remove-control-plane@east']],
      ['released@east', 'east', [], ['remove-reader@east']],
    ])
  })

  it('deletes nothing that is not ours, or another mesh’s', () => {
    const foreign = seen({
      hub: [system('Secret', 'istio-remote-secret-east', {})],
      east: [object('Istio', 'shop', { labels: { 'orbweaver.dev/mesh': 'other' } })],
    })
    expect(leaveStages(mesh, 'east', foreign).flatMap((each) => each.removes)).toEqual([])
    expect(state(leaveStages(mesh, 'east', foreign)[0], foreign)).toBe('passed gone')
  })

  it('waits until everything is gone, revisions and their finalizers too', () => {
    const [forget, , , control] = leaveStages(mesh, 'east', fleet)
    expect(state(forget, fleet)).toBe('waiting still-there')
    expect(state(control, fleet)).toBe('waiting still-there')
    const revision = object('IstioRevision', 'shop-v1-30-3')
    revision.metadata.ownerReferences = [{ kind: 'Istio', name: 'shop' }]
    expect(state(control, seen({ hub: [], east: [revision] }))).toBe('waiting revision-finalizing')
    expect(state(control, seen({ hub: [], east: [object('IstioRevision', 'other')] }))).toBe('passed gone')
    expect(state(forget, seen({ hub: [] }))).toBe('passed gone')
    expect(state(forget, new Map())).toBe('waiting cluster-unreachable')
  })
})

it('names accounts unseen where they are not watched, before what is seen', () => {
  const token = system('Secret', 'istio-reader-service-account-istio-remote-secret-token')
  const views = seen({ hub: [], east: [system('Service', 'istio-eastwestgateway'), token] })
  const removes = leaveStages(mesh, 'east', views).flatMap((each) => each.removes)
  expect(removes.map((ref) => [ref.group, ref.kind, ref.namespace])).toEqual([
    ['', 'ServiceAccount', 'istio-system'],
    ['', 'Service', 'istio-system'],
    ['', 'ServiceAccount', 'istio-system'],
    ['', 'Secret', 'istio-system'],
  ])
})

describe('what is still used', () => {
  const asking = namespace('web', { 'istio-injection': 'enabled' })
  const installed = object('Istio', 'shop', { labels: own })
  const fleet = seen({ hub: [system('Secret', 'istio-remote-secret-east')], east: [installed, asking] })

  it('holds every stage that takes something away from a cluster, wherever it lies', () => {
    const held = leaveStages(mesh, 'east', fleet).filter((each) => stillUsed(mesh, each, fleet) !== undefined)
    expect(held.map((each) => each.id)).toEqual(['forget-member@east', 'remove-control-plane@east', 'released@east'])
    const away = seen({ hub: [system('Secret', 'istio-remote-secret-east')] })
    expect(leaveStages(mesh, 'east', away).flatMap((each) => stillUsed(mesh, each, away) ?? [])).toEqual([])
  })

  it('lets nobody go who asks when nothing is left to take away', () => {
    const last = leaveStages(mesh, 'east', fleet).at(-1)
    expect(state(last, seen({ hub: [], east: [asking] }))).toBe('waiting still-used')
    expect(state(last, seen({ hub: [], east: [namespace('web')] }))).toBe('passed unused')
    expect(state(last, new Map())).toBe('waiting cluster-unreachable')
  })

  it('tells no more than which cluster: everybody who sees the mesh reads it', () => {
    const [forget] = leaveStages(mesh, 'east', fleet)
    expect(forget && stillUsed(mesh, forget, fleet)).toEqual({ code: 'still-used', params: { cluster: 'east' } })
  })
})

describe('uninstalling', () => {
  const entrance = system('Service', 'istiod-shop-v1-30-3-entrance', { ...own, 'istio.io/rev': 'shop-v1-30-3' })
  const hub = [
    entrance,
    system('Service', 'other'),
    object('Istio', 'shop', { labels: own }),
    object('IstioRevisionTag', 'default', { labels: own }),
  ]
  const fleet = seen({ hub, east: [] })

  it('takes members out first, then the default, the control plane and every entrance', () => {
    const stages = uninstall(mesh, fleet)
    const after = stages.filter((each) => each.cluster === 'hub' && !each.id.endsWith('@east'))
    expect(after.map((each) => [each.name, each.removes.map((ref) => ref.name)])).toEqual([
      ['remove-discovery-scope', []],
      ['remove-default', ['default']],
      ['remove-east-west', []],
      ['remove-control-plane', ['shop']],
      ['remove-entrance', ['istiod-shop-v1-30-3-entrance']],
      ['released', []],
    ])
    expect(after[0]?.after).toEqual(stages.filter((each) => each.id.endsWith('@east')).map((each) => each.id))
  })

  it('leaves clusters behind that were given up', () => {
    expect(uninstall(mesh, fleet, ['east']).every((each) => each.id.endsWith('@hub'))).toBe(true)
    expect(uninstall(mesh, fleet, ['hub']).every((each) => each.id.endsWith('@east'))).toBe(true)
  })

  it('finds no entrance where the cluster cannot be read, and writes nothing for external meshes', () => {
    expect(uninstall(mesh, new Map()).flatMap((each) => each.removes)).toEqual([])
    expect(uninstall(meshOf({ kind: 'External', version: undefined }), fleet)).toEqual([])
  })
})

it('names the Secret whose values are read', () => {
  expect(readerSecretOf('mesh')).toEqual({
    name: 'istio-reader-service-account-istio-remote-secret-token',
    namespace: 'mesh',
  })
})
