import { discover } from '@orbweaver/istio/meshes/discover'
import { istiod, meshOf, object } from '@orbweaver/istio/samples'
import { clusterView } from '@orbweaver/istio/world/view'
import { expect, it } from 'vitest'
import { toldIstio } from './told-istio.ts'

it('is governed by the mesh whose label it has, for as long as there is its record', () => {
  const revision = object('IstioRevision', 'shop-v1-30-3')
  revision.metadata.ownerReferences = [{ kind: 'Istio', name: 'shop', controller: true }]
  const istio = object('Istio', 'shop', { labels: { 'orbweaver.dev/mesh': 'shop' } })
  const [found] = discover(clusterView('east', [istiod('shop-v1-30-3'), revision, istio]))
  if (found === undefined) throw new Error('nothing was found')
  expect(toldIstio(found, [meshOf({ kind: 'Dedicated' }, 'shop')])).toMatchObject({ mesh: 'shop' })
  expect(toldIstio(found, [meshOf({ kind: 'Dedicated' }, 'other')])).not.toHaveProperty('mesh')
})
