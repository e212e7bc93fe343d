import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fleet, startFleet } from '../fleet.ts'
import { firstLightWorld } from './first-light.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet(await firstLightWorld())
}, 60_000)
afterAll(() => fleet.stop())

const client = (name: string): KubeClient => {
  const member = fleet.clusters.get(name)
  if (member === undefined) throw new Error(`no ${name}`)
  return member.admin
}
const isInjected = (pod: KubernetesObject): boolean => annotationsOf(pod)['sidecar.istio.io/status'] !== undefined

test('three members are registered, the fourth is only offered', async () => {
  const { items } = await client('hub').list(kinds.fleetClusters)
  expect(items.map((each) => each.metadata.name)).toEqual(['beijing-prod', 'frankfurt-edge', 'shanghai-prod'])
  expect(fleet.kubeconfig).toContain('name: lab-old')
})

test('everything runs but the release whose image nobody has', async () => {
  for (const name of fleet.clusters.keys()) {
    const { items } = await client(name).list(kinds.deployments)
    const down = items.filter(
      (each) => (numberAt(each, 'status', 'availableReplicas') ?? 0) < (numberAt(each, 'spec', 'replicas') ?? 1),
    )
    expect(down.map((each) => each.metadata.name)).toEqual(name === 'shanghai-prod' ? ['pricing'] : [])
  }
})

test('the external mesh is whole: gateways and bookinfo injected with classic sidecars, no failed Pod on the way', async () => {
  const { items } = await client('frankfurt-edge').list(kinds.pods)
  const injected = items.filter(isInjected)
  expect(new Set(injected.map((pod) => pod.metadata.namespace))).toEqual(new Set(['bookinfo', 'istio-ingress']))
  const inside = injected.filter((pod) => pod.metadata.namespace === 'bookinfo')
  expect(
    inside.every((pod) => listAt(pod, 'spec', 'containers').some((each) => textAt(each, 'name') === 'istio-proxy')),
  ).toBe(true)
  const { items: events } = await client('frankfurt-edge').list(kinds.events)
  expect(events.filter((each) => each.type !== 'Normal')).toEqual([])
})

test('its rules are ones istiod accepts', async () => {
  const frankfurt = client('frankfurt-edge')
  const lists = [
    kinds.virtualServices,
    kinds.destinationRules,
    kinds.istioGateways,
    kinds.serviceEntries,
    kinds.peerAuthentications,
    kinds.requestAuthentications,
    kinds.authorizationPolicies,
  ]
  for (const resource of lists) {
    const { items } = await frankfurt.list(resource)
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) await frankfurt.replace(resource, item, { dryRun: true, fieldValidation: 'Strict' })
  }
})

test('the clusters differ in what a mesh needs', async () => {
  const versions = await Promise.all([...fleet.clusters.keys()].map((name) => client(name).raw('/version')))
  expect(versions.map(({ body }) => textAt(body, 'gitVersion'))).toEqual([
    'v1.34.2',
    'v1.34.1',
    'v1.33.5',
    'v1.32.9',
    'v1.29.15',
  ])
  await expect(client('frankfurt-edge').list(kinds.istios)).rejects.toMatchObject({ code: 'not_found' })
  expect((await client('lab-old').list(kinds.istios)).items).toEqual([])
})
