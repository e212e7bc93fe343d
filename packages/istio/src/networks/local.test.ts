import { expect, it } from 'vitest'
import { meshOf } from '../samples.ts'
import { hostOf, localHosts } from './local.ts'

const web = 'web.shop.svc.cluster.local'
const managed = (more: object) => meshOf({ kind: 'Managed', ...more })

it('a service is named with the domain of the mesh', () => {
  const of = { namespace: 'shop', name: 'web' }
  expect(hostOf(managed({}), of)).toBe(web)
  const values = { global: { proxy: { clusterDomain: 'corp.example' } } }
  expect(hostOf(managed({ values }), of)).toBe('web.shop.svc.corp.example')
})

it('the host that keeps a service local is the one that says most', () => {
  const local = localHosts(managed({ networks: { clusterLocal: ['*.svc.cluster.local', '*.shop.svc.cluster.local'] } }))
  expect(local(web)).toBe('*.shop.svc.cluster.local')
  expect(local('web.other.svc.cluster.local')).toBe('*.svc.cluster.local')
  expect(localHosts(managed({ networks: { clusterLocal: ['*.shop.svc.cluster.local', web] } }))(web)).toBe(web)
  expect(localHosts(managed({}))(web)).toBeUndefined()
})

it('values that a person gave have the last word', () => {
  const serviceSettings = [
    { settings: { clusterLocal: false }, hosts: ['other.shop.svc.cluster.local'] },
    { settings: { clusterLocal: true }, hosts: ['cart.shop.svc.cluster.local'] },
  ]
  const local = localHosts(managed({ networks: { clusterLocal: [web] }, values: { meshConfig: { serviceSettings } } }))
  expect(['web', 'other', 'cart'].map((name) => local(`${name}.shop.svc.cluster.local`))).toEqual([
    undefined,
    undefined,
    'cart.shop.svc.cluster.local',
  ])
})
