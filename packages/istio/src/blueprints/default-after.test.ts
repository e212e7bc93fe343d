import { expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { simulate } from '../injection/simulate.ts'
import { injectionWorld } from '../injection/world.ts'
import { meshOf, namespace, object, pod, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blueprint } from './blueprint.ts'
import { defaultNotes } from './default-after.ts'
import type { Observed } from './stage.ts'

const spec = { kind: 'Managed', members: [{ cluster: 'east' }] }
const [old, moved] = [meshOf(spec), meshOf({ ...spec, version: 'v1.31.0' })]
const tag = object('IstioRevisionTag', 'default', {
  spec: { targetRef: { kind: 'IstioRevision', name: 'shop-v1-30-3' } },
})
const revision = object('IstioRevision', 'shop-v1-30-3')
const fleet = (...hub: KubernetesObject[]): Observed =>
  new Map(
    Object.entries({ hub, east: [] }).map(([cluster, objects]) => [
      cluster,
      { view: clusterView(cluster, objects), network: undefined, server: '' },
    ]),
  )

it('after an upgrade the default stays with the control plane, and is the new version’s in members', () => {
  expect(defaultNotes(old, moved, fleet(tag, revision))).toEqual([
    { code: 'meshes.default_stays', params: { cluster: 'hub', revision: 'shop-v1-30-3', to: 'shop-v1-31-0' } },
    { code: 'meshes.default_moves', params: { clusters: 'east', count: 1, to: 'shop-v1-31-0' } },
  ])
})

it('says nothing where nothing is upgraded, of what cannot be read, and of a default that is new as well', () => {
  const alone = meshOf({ kind: 'Dedicated' })
  expect(defaultNotes(old, old, fleet(tag, revision))).toEqual([])
  expect(defaultNotes(old, moved, new Map())).toEqual([])
  expect(defaultNotes(alone, meshOf({ kind: 'Dedicated', version: 'v1.31.0' }), fleet(tag))).toEqual([])
})

it('a member’s default calls the revision that the operator there never prunes, whatever the tag of the control plane says', () => {
  const stages = blueprint(moved, fleet(tag, revision))
  const [webhook] = stages.find((each) => each.id === 'member-default@east')?.objects ?? []
  const [kept] = stages.find((each) => each.id === 'default-tag@hub')?.objects ?? []
  if (webhook === undefined || kept === undefined) return expect.fail('no default')
  expect(kept.spec).toEqual({ targetRef: { kind: 'IstioRevision', name: 'shop-v1-30-3' } })
  const asks = [namespace('web', { 'istio-injection': 'enabled' }), webhooks('old', { revision: 'shop-v1-30-3' })]
  const member = injectionWorld(clusterView('east', [...asks, webhook]))
  expect(simulate(member, pod('a', 'web')).by?.revision).toBe('shop-v1-31-0')
})
