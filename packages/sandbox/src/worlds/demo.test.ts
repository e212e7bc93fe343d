import { X509Certificate } from 'node:crypto'
import { numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { holesIn } from '@orbweaver/istio/blueprints/holes'
import { judge } from '@orbweaver/istio/findings/judge'
import { meshParts } from '@orbweaver/istio/findings/world'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import * as kinds from '@orbweaver/kube/resources'
import { knownResource } from '@orbweaver/kube/known-resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clientOf } from '../fleet/fleet-under-test.ts'
import { type Fleet, startFleet } from '../fleet.ts'
import { demoWorld } from './demo.ts'
import { meshesOf, viewOf } from './world-under-test.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet(await demoWorld())
}, 120_000)
afterAll(() => fleet.stop())

const names = (): string[] => [...fleet.clusters.keys()].filter((each) => each !== 'hub')

test('three clouds, six clusters, of which one is only offered', async () => {
  const { items } = await clientOf(fleet, 'hub').list(kinds.fleetClusters)
  expect(new Set(items.map((each) => textAt(each, 'spec', 'provider')))).toEqual(new Set(['ack', 'eks', 'gke']))
  expect([names().length, items.length]).toEqual([6, 5])
})

test('a mesh of each kind stands as its blueprint says, value by value', () => {
  const meshes = meshesOf(fleet)
  expect(meshes.map(({ mesh }) => [mesh.name, mesh.kind])).toEqual([
    ['edge', 'External'],
    ['payments', 'Dedicated'],
    ['retail', 'Managed'],
  ])
  for (const { mesh, object } of meshes) {
    const observed = new Map(
      clustersOf(mesh).map((name) => [name, { view: viewOf(fleet, name), network: name, server: '' }]),
    )
    for (const { cluster, objects, name } of blueprint(mesh, observed)) {
      for (const wanted of objects.filter((each) => holesIn(each).length === 0)) {
        const live = fleet.clusters.get(cluster)?.server.store.get({ ...wanted, ...wanted.metadata })
        expect(live, `${mesh.name} ${name}`).toMatchObject(wanted)
        expect(knownResource(wanted.apiVersion.split('/').at(-2) ?? '', wanted.kind)).toBeDefined()
      }
    }
    const stages = object.status
    expect(textAt(stages, 'phase')).toBe('Ready')
  }
})

test('one gate does not pass: the degraded mesh', () => {
  const failing = meshesOf(fleet).flatMap(({ mesh }) => {
    const reader = { token: 'x', ca: 'x' }
    const observed = new Map(
      clustersOf(mesh).map((name) => [name, { view: viewOf(fleet, name), network: name, server: '', reader }]),
    )
    const verdicts = blueprint(mesh, observed).map((each) => [mesh.name, each.name, each.gate(observed)] as const)
    return verdicts.filter(([, , { state }]) => state !== 'passed').map(([of, stage, { code }]) => [of, stage, code])
  })
  expect(failing).toEqual([['payments', 'control-plane', 'istiod-scaled-to-zero']])
})

/** What any fleet of many namespaces has. */
const everywhere =
  /^(pod|service|istiod|multicluster)\.|^namespace\.not-injected$|^workload\.(no-authorization|opted-out|service-not-headless)$/

test('ten mistakes are planted, and one namespace waits for a restart', () => {
  const found = meshesOf(fleet).flatMap(({ mesh }) => {
    const clusters = clustersOf(mesh).map((name) => viewOf(fleet, name))
    const [config] = clusters
    if (config === undefined) return []
    const settings = { istioNamespace: mesh.controlPlane.namespace }
    const wrong = judge(meshParts({ config, clusters, settings })).filter(({ code }) => !everywhere.test(code))
    return wrong.map((each) => `${mesh.name} ${each.code}`)
  })
  expect(found.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'edge destinationrule.subset-of-others',
    'edge gateway.certificate-ends-soon',
    'edge gateway.port-not-served',
    'edge requestauthentication.token-optional',
    'edge virtualservice.gateway-not-found',
    'edge virtualservice.host-not-found',
    'retail authorizationpolicy.denies-all',
    'retail gateway.credential-not-found',
    'retail gateway.no-routes',
    'retail gateway.selector-empty',
    'retail peerauthentication.strict-without-proxy',
    'retail virtualservice.subset-not-found',
    'retail workload.missing',
    'retail workload.missing',
    'retail workload.missing',
  ])
})

test('Pods of the meshes have proxies, and all run but the release whose image nobody has', async () => {
  const isInjected = (pod: KubernetesObject): boolean => annotationsOf(pod)['sidecar.istio.io/status'] !== undefined
  const injected = new Map<string, string[]>()
  for (const name of names()) {
    const { items } = await clientOf(fleet, name).list(kinds.deployments)
    const down = items.filter(
      (each) => (numberAt(each, 'status', 'availableReplicas') ?? 0) < (numberAt(each, 'spec', 'replicas') ?? 1),
    )
    expect(down.map((each) => each.metadata.name)).toEqual(name === 'shanghai-prod' ? ['pricing'] : [])
    const pods = (await clientOf(fleet, name).list(kinds.pods)).items.filter(isInjected)
    injected.set(name, [...new Set(pods.map((each) => each.metadata.namespace ?? ''))])
  }
  expect(Object.fromEntries(injected)).toEqual({
    'shanghai-prod': ['istio-ingress', 'istio-system', 'shop-catalog', 'shop-orders', 'shop-web'],
    'beijing-prod': ['istio-system', 'shop-orders', 'shop-web'],
    'tokyo-prod': ['istio-system', 'shop-web'],
    'frankfurt-edge': ['bookinfo', 'istio-ingress'],
    'ohio-pay': ['bookinfo-demo', 'shop-payment'],
    'osaka-staging': [],
  })
})

test('a certificate of a gateway ends within two weeks', async () => {
  const secret = await clientOf(fleet, 'frankfurt-edge').get(kinds.secrets, {
    namespace: 'istio-ingress',
    name: 'edge-example-tls',
  })
  const certificate = new X509Certificate(Buffer.from(textAt(secret, 'data', 'tls.crt') ?? '', 'base64'))
  const days = (Date.parse(certificate.validTo) - fleet.clock.now().getTime()) / 86_400_000
  expect(days).toBeGreaterThan(8)
  expect(days).toBeLessThan(14)
})
