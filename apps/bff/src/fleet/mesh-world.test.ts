import { once } from 'node:events'
import { createServer } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { compareFindings } from '@orbweaver/istio/findings/judge'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { destinationRules, services, virtualServices } from '@orbweaver/kube/resources'
import type { Resource } from '@orbweaver/kube/client'
import { expect, test } from 'vitest'
import type { Fleet } from '../kube/doors.ts'
import { call } from '../testing/call.ts'
import { changingMirror as cluster, fleetOf } from '../testing/changing-mirror.ts'
import { findingsIn, judgeChange, withSoundWaysIn } from './mesh-world.ts'

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
const codes = async (fleet: Fleet) => ofRules(await findingsIn(fleet, mesh))

test('a mesh is judged once for all who look, until something in one of its clusters changes', async () => {
  const [hub, east] = [cluster('hub', [route]), cluster('east', [])]
  const fleet = fleetOf(() => [hub.door, east.door])
  const first = await findingsIn(fleet, mesh)
  expect(await codes(fleet)).toEqual(['virtualservice.host-not-found'])
  const { lists } = hub.counted
  expect(await findingsIn(fleet, { ...mesh })).toBe(first)
  expect(hub.counted.lists).toBe(lists)
  east.objects.push(web)
  east.counted.version += 1
  expect(await codes(fleet)).toEqual([])
})

test('a cluster that is connected anew, and one that joins or leaves, are other ground', async () => {
  const [hub, east] = [cluster('hub', [route]), cluster('east', [web])]
  const doors = [hub.door, east.door]
  const fleet = fleetOf(() => doors)
  expect(await codes(fleet)).toEqual([])
  doors[1] = cluster('east', []).door
  expect(await codes(fleet)).toEqual(['virtualservice.host-not-found'])
  doors.pop()
  // Nobody knows what a cluster holds that is not read: nothing can be said to be missing.
  expect(await codes(fleet)).toEqual([])
  doors.shift()
  expect(await codes(fleet)).toEqual([])
})

test('ways out are told where they hold, and the mesh stays as it is while they are tried', async () => {
  const near = made(services, 'webs', { selector: { app: 'webs' }, ports: [{ port: 80, name: 'http' }] })
  const typo = made(virtualServices, 'web', { hosts: ['web'], http: [{ route: [{ destination: { host: 'webz' } }] }] })
  const doors = [cluster('hub', [typo, near]).door, cluster('east', []).door]
  const fleet = fleetOf(() => doors)
  const found = await findingsIn(fleet, mesh)
  const path = '/spec/http/0/route/0/destination'
  const worse = (value: JsonRecord): Fix => ({
    code: 'worse',
    params: {},
    patches: [{ ref: refOf('hub', typo), operations: [{ op: 'replace', path, value }] }],
  })
  const offered = found.map((each) => ({
    ...each,
    fixes: [...each.fixes, worse({ host: 'webs', subset: 'v1' }), worse({ host: 'webz' })],
  }))
  const told = await withSoundWaysIn(fleet, mesh, offered)
  expect(told.map(({ code, fixes }) => [code, fixes.map((each) => each.code)])).toEqual([
    ['virtualservice.host-not-found', ['near-name']],
    ['service.no-endpoints', []],
  ])
  expect(await findingsIn(fleet, mesh)).toBe(found)
  const unknown = fleetOf(() => [cluster('east', []).door])
  expect(await withSoundWaysIn(unknown, mesh, offered)).toEqual(offered)
})

test('a change is judged as if it were made, and nothing is made of it', async () => {
  const hub = cluster('hub', [route, web])
  const fleet = fleetOf(() => [hub.door, cluster('east', []).door])
  const fixed = fleet.all()
  const still = fleetOf(() => [...fixed])
  const broken = made(virtualServices, 'web', {
    hosts: ['web'],
    http: [{ route: [{ destination: { host: 'gone', subset: 'v1' } }] }],
  })
  const change = [{ ref: refOf('hub', route), before: route, after: broken }]
  const { before, after } = await judgeChange(still, mesh, change)
  expect(compareFindings(before, after).introduced.map(({ code }) => code)).toEqual([
    'virtualservice.host-not-found',
    'virtualservice.subset-not-found',
  ])
  const rule = made(destinationRules, 'gone', { host: 'gone', subsets: [{ name: 'v1', labels: { version: 'v1' } }] })
  const more = await judgeChange(still, mesh, [...change, { ref: refOf('hub', rule), before: undefined, after: rule }])
  expect(ofRules(more.after)).toEqual(['virtualservice.host-not-found', 'destinationrule.host-not-found'])
  const removed = await judgeChange(still, mesh, [{ ref: refOf('hub', web), before: web, after: undefined }])
  expect(removed.after.map(({ code }) => code)).toEqual(['virtualservice.host-not-found'])
  expect(await codes(still)).toEqual([])
})

test('every kind of object is judged, in every cluster of the mesh, but for the namespaces that Istio leaves alone', async () => {
  const namespace = (name: string, labels: Record<string, string> = {}): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  })
  const unlike = { 'istio-injection': 'enabled', 'istio.io/rev': 'canary' }
  const hub = cluster('hub', [namespace('kube-system', unlike)])
  const east = cluster('east', [namespace('shop', unlike)])
  const fleet = fleetOf(() => [hub.door, east.door])
  const places = (await findingsIn(fleet, mesh)).map(({ code, ref }) => `${code} ${ref.cluster} ${ref.name}`)
  expect(places).toContain('namespace.injection-conflict east shop')
  expect(places.filter((each) => each.includes('kube-system'))).toEqual([])
})

test('what the definitions of the product do not know is found too', async () => {
  const typo = { hosts: ['web'], http: [{ route: [{ destination: { host: 'web' } }] }], gatways: ['mesh'] }
  const hub = cluster('hub', [made(virtualServices, 'web', typo), web])
  const fleet = fleetOf(() => [hub.door, cluster('east', []).door])
  expect(await codes(fleet)).toContain('schema.field-unknown')
})

test('who asks first waits for a judgement of everything, others are answered meanwhile', async () => {
  const rules = Array.from({ length: 1_000 }, (_, index) =>
    made(virtualServices, `web-${index}`, {
      hosts: [`web-${index}`],
      http: [{ route: [{ destination: { host: 'gone' } }] }],
    }),
  )
  const doors = [cluster('hub', rules).door, cluster('east', []).door]
  const fleet = fleetOf(() => doors)
  const server = createServer((_, response) => void response.end('here')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const order: string[] = []
  const first = findingsIn(fleet, mesh).then((findings) => {
    order.push('judged')
    return findings
  })
  await call(`http://127.0.0.1:${address.port}`, '/').then(() => order.push('answered'))
  const second = await findingsIn(fleet, mesh)
  expect(order).toEqual(['answered', 'judged'])
  expect(await first).toBe(second)
  expect(ofRules(second).filter((code) => code === 'virtualservice.host-not-found')).toHaveLength(1_000)
  server.close()
})

test('a mesh that says no version is judged as what runs as its control plane', async () => {
  const external = readMesh({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'far' },
    spec: { kind: 'External', controlPlane: { cluster: 'hub', revision: 'default', namespace: 'istio-system' } },
  })
  if (!isMesh(external)) throw new Error('not a mesh')
  const definition: KubernetesObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'tcproutes.gateway.networking.k8s.io',
      annotations: { 'gateway.networking.k8s.io/bundle-version': 'v1.5.0' },
    },
  }
  const istiod = (version: string): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod', namespace: 'istio-system', labels: { app: 'istiod' } },
    spec: { template: { spec: { containers: [{ name: 'discovery', image: `istio/pilot:${version}` }] } } },
  })
  const found = async (version: string) => {
    const fleet = fleetOf(() => [cluster('hub', [definition, istiod(version)]).door])
    return (await findingsIn(fleet, external)).map(({ code }) => code).includes('crd.version-low')
  }
  expect(await found('1.30.3')).toBe(false)
  expect(await found('1.31.0')).toBe(true)
})
