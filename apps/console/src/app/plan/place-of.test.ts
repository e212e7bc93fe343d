import type { Intent } from '@orbweaver/contracts/intent'
import { expect, it } from 'vitest'
import { meshOf, placeOf } from './place-of.ts'

const ref = { cluster: 'east', group: '', version: 'v1', kind: 'Namespace', name: 'shop' }
const of = (more: object) => placeOf('prod', { ...ref, ...more })

it('a namespace and a workload are looked at among the sidecars, a rule on its own page', () => {
  expect(of({})).toBe('/meshes/prod/sidecars?cluster=east&search=shop')
  expect(of({ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' })).toBe(
    '/meshes/prod/sidecars?tab=workloads&cluster=east&namespace=shop&search=web',
  )
  expect(of({ group: 'networking.istio.io', kind: 'Gateway', namespace: 'shop', name: 'front' })).toBe(
    '/meshes/prod/objects/east/Gateway.v1.networking.istio.io/shop/front',
  )
  expect(of({ kind: 'Secret', namespace: 'shop' })).toBeUndefined()
})

it('the mesh of an intent is the one it names, once that is there', () => {
  const rights: [Intent, string | undefined][] = [
    [{ type: 'sidecars.restart', mesh: 'prod', workloads: [] }, 'prod'],
    [{ type: 'meshes.repair', name: 'prod' }, 'prod'],
    [{ type: 'clusters.remove', name: 'east' }, undefined],
  ]
  expect(rights.map(([intent]) => meshOf(intent))).toEqual(rights.map(([, mesh]) => mesh))
})
