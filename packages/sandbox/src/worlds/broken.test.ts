import { listAt, textAt } from '@orbweaver/contracts/json'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { judge } from '@orbweaver/istio/findings/judge'
import { meshParts } from '@orbweaver/istio/findings/world'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fleet, startFleet } from '../fleet.ts'
import { brokenWorld } from './broken.ts'
import { meshesOf, viewOf } from './world-under-test.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet(brokenWorld())
}, 180_000)
afterAll(() => fleet.stop())

test('each mesh waits for what its cluster is named after', () => {
  const waits = meshesOf(fleet).map(({ mesh }) => {
    const reader = { token: 'x', ca: 'x' }
    const observed = new Map(
      clustersOf(mesh).map((name) => [name, { view: viewOf(fleet, name), network: 'lab', server: '', reader }]),
    )
    const open = blueprint(mesh, observed).map((each) => each.gate(observed))
    return [mesh.name, open.find((each) => each.state !== 'passed')?.code]
  })
  expect(Object.fromEntries(waits)).toEqual({
    degraded: 'istiod-not-ready',
    drifted: undefined,
    'end-of-life': 'version-end-of-life',
    gone: 'control-plane-not-found',
    'name-taken': 'name-taken',
    'no-address': 'address-pending',
    'no-images': 'istiod-not-ready',
    'no-operator': 'not-applied',
    silent: 'operator-silent',
    split: undefined,
    stuck: undefined,
    terminating: 'namespace-terminating',
  })
})

test('clusters that cannot be read, a namespace that is held, and a mesh that does not go', () => {
  const faults = (name: string) => fleet.clusters.get(name)?.server.faults.state
  expect(faults('unreachable')).toMatchObject({ blackHole: true })
  expect(faults('unauthorized')).toMatchObject({ unauthorized: true })
  expect(faults('forbidden')).toMatchObject({ forbidden: true })
  const { store } = fleet.clusters.get('terminating')?.server ?? {}
  const held = store?.get({ apiVersion: 'v1', kind: 'Namespace', name: 'istio-system' })
  const remaining = listAt(held, 'status', 'conditions').find(
    (each) => textAt(each, 'type') === 'NamespaceFinalizersRemaining',
  )
  expect(textAt(remaining, 'message')).toContain('example.com/backup in 1 resource instances')
  const stuck = meshesOf(fleet).find(({ mesh }) => mesh.name === 'stuck')
  expect([stuck?.mesh.deleting, stuck?.mesh.deletionPolicy]).toEqual([true, 'Uninstall'])
})

/** What any fleet of many namespaces has. */
const everywhere = /^(pod|service|istiod)\.|^namespace\.not-injected$/
const codesOf = (cluster: string): Set<string> => {
  const view = viewOf(fleet, cluster)
  const found = judge(meshParts({ config: view, version: '1.31.0' })).filter(({ code }) => !everywhere.test(code))
  return new Set(found.map((each) => each.code))
}

test('the hub has Changes that ended in every way but well', () => {
  const { store } = fleet.clusters.get('hub')?.server ?? {}
  const changes = store?.list({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change' }) ?? []
  const ended = changes.map((each) => [
    textAt(each, 'status', 'phase'),
    listAt(each, 'status', 'items').map((item) => textAt(item, 'state')),
  ])
  expect(ended).toEqual(
    expect.arrayContaining([
      ['Failed', ['Done', 'Failed']],
      ['Failed', ['Conflict']],
      ['Running', ['Done', 'Running']],
      ['Paused', []],
      ['Stopped', ['Done']],
    ]),
  )
})

test('there is a rule for each finding about rules, and a namespace for each about injection', () => {
  expect(codesOf('silent')).toEqual(new Set(['namespace.default-unserved']))
  expect([...codesOf('drifted')].toSorted((a, b) => a.localeCompare(b))).toEqual([
    'authorizationpolicy.denies-all',
    'destinationrule.host-not-found',
    'destinationrule.subset-empty',
    'gateway.no-routes',
    'gateway.selector-empty',
    'namespace.injected-twice',
    'namespace.injection-blocked',
    'namespace.injection-conflict',
    'namespace.revision-unserved',
    'peerauthentication.disabled',
    'peerauthentication.duplicate',
    'peerauthentication.root-selector',
    'schema.weight-negative',
    'schema.weights-zero',
    'virtualservice.destination-twice',
    'virtualservice.gateway-not-found',
    'virtualservice.host-not-found',
    'virtualservice.subset-not-found',
    'virtualservice.weight-ignored',
    'virtualservice.weight-sum',
    'workload.missing',
    'workload.older-proxy',
    'workload.other-revision',
    'workload.unwanted',
  ])
})
