import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { compareFindings } from '@orbweaver/istio/findings/judge'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { destinationRules, services, virtualServices } from '@orbweaver/kube/resources'
import type { Resource } from '@orbweaver/kube/client'
import { expect, test } from 'vitest'
import type { Fleet } from '../kube/doors.ts'
import { changingMirror as cluster, fleetOf } from '../testing/changing-mirror.ts'
import { findingsIn, judgeChange } from './mesh-world.ts'

const mesh = readMesh({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: { kind: 'Managed', version: 'v1.30.3', controlPlane: { cluster: 'hub' }, members: [{ cluster: 'east' }] },
})
if (!isMesh(mesh)) throw new Error('not a mesh')

const made = (resource: Resource, name: string, spec: object): KubernetesObject => ({
  apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`,
  kind: resource.kind,
  metadata: { name, namespace: 'shop' },
  spec: { ...spec },
})
const route = made(virtualServices, 'web', { hosts: ['web'], http: [{ route: [{ destination: { host: 'web' } }] }] })
const web = made(services, 'web', { selector: { app: 'web' } })

/** Of rules: services without Pods are found too, and are not their matter. */
const ofRules = (findings: readonly { code: string }[]) =>
  findings.map(({ code }) => code).filter((code) => !code.startsWith('service.'))
const codes = (fleet: Fleet) => ofRules(findingsIn(fleet, mesh))

test('a mesh is judged once for all who look, until something in one of its clusters changes', () => {
  const [hub, east] = [cluster('hub', [route]), cluster('east', [])]
  const fleet = fleetOf(() => [hub.door, east.door])
  const first = findingsIn(fleet, mesh)
  expect(codes(fleet)).toEqual(['virtualservice.host-not-found'])
  const { lists } = hub.counted
  expect(findingsIn(fleet, { ...mesh })).toBe(first)
  expect(hub.counted.lists).toBe(lists)
  east.objects.push(web)
  east.counted.version += 1
  expect(codes(fleet)).toEqual([])
})

test('a cluster that is connected anew, and one that joins or leaves, are other ground', () => {
  const [hub, east] = [cluster('hub', [route]), cluster('east', [web])]
  const doors = [hub.door, east.door]
  const fleet = fleetOf(() => doors)
  expect(codes(fleet)).toEqual([])
  doors[1] = cluster('east', []).door
  expect(codes(fleet)).toEqual(['virtualservice.host-not-found'])
  doors.pop()
  // Nobody knows what a cluster holds that is not read: nothing can be said to be missing.
  expect(codes(fleet)).toEqual([])
  doors.shift()
  expect(codes(fleet)).toEqual([])
})

test('a change is judged as if it were made, and nothing is made of it', () => {
  const hub = cluster('hub', [route, web])
  const fleet = fleetOf(() => [hub.door, cluster('east', []).door])
  const fixed = fleet.all()
  const still = fleetOf(() => [...fixed])
  const broken = made(virtualServices, 'web', {
    hosts: ['web'],
    http: [{ route: [{ destination: { host: 'gone', subset: 'v1' } }] }],
  })
  const change = [{ ref: refOf('hub', route), before: route, after: broken }]
  const { before, after } = judgeChange(still, mesh, change)
  expect(compareFindings(before, after).introduced.map(({ code }) => code)).toEqual([
    'virtualservice.host-not-found',
    'virtualservice.subset-not-found',
  ])
  const rule = made(destinationRules, 'gone', { host: 'gone', subsets: [{ name: 'v1', labels: { version: 'v1' } }] })
  const more = judgeChange(still, mesh, [...change, { ref: refOf('hub', rule), before: undefined, after: rule }])
  expect(ofRules(more.after)).toEqual(['virtualservice.host-not-found', 'destinationrule.host-not-found'])
  const removed = judgeChange(still, mesh, [{ ref: refOf('hub', web), before: web, after: undefined }])
  expect(removed.after.map(({ code }) => code)).toEqual(['virtualservice.host-not-found'])
  expect(codes(still)).toEqual([])
})

test('every kind of object is judged, in every cluster of the mesh, but for the namespaces that Istio leaves alone', () => {
  const namespace = (name: string, labels: Record<string, string> = {}): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  })
  const unlike = { 'istio-injection': 'enabled', 'istio.io/rev': 'canary' }
  const hub = cluster('hub', [namespace('kube-system', unlike)])
  const east = cluster('east', [namespace('shop', unlike)])
  const fleet = fleetOf(() => [hub.door, east.door])
  const places = findingsIn(fleet, mesh).map(({ code, ref }) => `${code} ${ref.cluster} ${ref.name}`)
  expect(places).toContain('namespace.injection-conflict east shop')
  expect(places.filter((each) => each.includes('kube-system'))).toEqual([])
})

test('what the definitions of the product do not know is found too', () => {
  const typo = { hosts: ['web'], http: [{ route: [{ destination: { host: 'web' } }] }], gatways: ['mesh'] }
  const hub = cluster('hub', [made(virtualServices, 'web', typo), web])
  const fleet = fleetOf(() => [hub.door, cluster('east', []).door])
  expect(codes(fleet)).toContain('schema.field-unknown')
})
