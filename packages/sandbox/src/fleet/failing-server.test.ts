import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cachesOf } from '../actors/caches.ts'
import type { ActorContext } from '../actors/controller.ts'
import { startLoadBalancer } from '../actors/load-balancer.ts'
import { startSailOperator } from '../actors/sail/operator.ts'
import { sandboxCharts } from '../actors/sail/render.ts'
import type { Fleet } from '../fleet.ts'
import { namespace, service } from '../worlds/objects.ts'
import { clientOf, eventually, object, startTestFleet } from './fleet-under-test.ts'

type Stoppable = { stop: () => Promise<void> }

let fleet: Fleet
let client: KubeClient
let failures = 0
const parts: Stoppable[] = []
beforeAll(async () => {
  // The cluster has the operator's kinds and neither the operator nor load balancers: those are the ones under test.
  fleet = await startTestFleet(1, (world) => ({
    ...world,
    members: world.members.map((each) => ({
      ...each,
      stages: each.stages.map(withoutOperator),
      loadBalancer: { ...each.loadBalancer, mode: 'none' },
    })),
  }))
  client = clientOf(fleet, 'member-1')
  const member = fleet.clusters.get('member-1')
  if (member === undefined) throw new Error('no member-1')
  const caches = cachesOf(member.server.follow)
  const context: ActorContext = {
    client: failingEveryFourth(member.inside),
    caches,
    log: () => undefined,
    clock: fleet.clock,
  }
  parts.push(
    startLoadBalancer(context, () => ({ mode: 'ip', range: { from: 200, to: 219 }, delayMs: 10 })),
    startSailOperator(context, {
      charts: sandboxCharts,
      probe: () => Promise.reject(new Error('connection refused')),
    }),
    caches,
  )
}, 60_000)
afterAll(async () => {
  for (const part of parts) await part.stop()
  await fleet.stop()
})

const refusal = {
  code: 'server_error',
  cluster: 'member-1',
  message: 'the server is currently unable to handle the request',
  status: 503,
} as const

const withoutOperator = (stage: KubernetesObject[]): KubernetesObject[] =>
  stage.filter(({ metadata }) => metadata.namespace !== 'sail-operator')

/** Every fourth write is refused as by an API server that is overburdened. */
function failingEveryFourth(inside: KubeClient): KubeClient {
  let calls = 0
  const unlucky = <A extends unknown[], T>(call: (...args: A) => Promise<T>): ((...args: A) => Promise<T>) => {
    return (...args) => {
      calls += 1
      if (calls % 4 !== 0) return call(...args)
      failures += 1
      return Promise.reject(new KubeError(refusal))
    }
  }
  return {
    ...inside,
    create: unlucky((...args) => inside.create(...args)),
    replace: unlucky((...args) => inside.replace(...args)),
    patch: unlucky((...args) => inside.patch(...args)),
    remove: unlucky((...args) => inside.remove(...args)),
  }
}

const sail = (kind: string, name: string, spec: object): KubernetesObject =>
  object({ apiVersion: 'sailoperator.io/v1', kind, metadata: { name }, spec })
const istio = { resource: kinds.istios, name: 'mesh' }
const isTrue = (type: string) => (seen: KubernetesObject | undefined) =>
  seen !== undefined && conditionOf(seen, type)?.status === 'True'

test('Sail installs, upgrades, tags and removes the same as ever', { timeout: 60_000 }, async () => {
  await client.create(kinds.namespaces, namespace('istio-system'))
  const updateStrategy = { type: 'RevisionBased', inactiveRevisionDeletionGracePeriodSeconds: 0 }
  await client.create(
    kinds.istios,
    sail('Istio', 'mesh', { version: 'v1.30.2', namespace: 'istio-system', updateStrategy }),
  )
  await eventually(client, istio, isTrue('Ready'))
  await client.create(
    kinds.istioRevisionTags,
    sail('IstioRevisionTag', 'default', { targetRef: { kind: 'Istio', name: 'mesh' } }),
  )
  const tag = { resource: kinds.istioRevisionTags, name: 'default' }
  await eventually(client, tag, (seen) => textAt(seen, 'status', 'istioRevision') === 'mesh-v1-30-2')
  await client.patch(kinds.istios, { name: 'mesh' }, { type: 'merge', body: { spec: { version: 'v1.30.3' } } })
  await eventually(client, tag, (seen) => textAt(seen, 'status', 'istioRevision') === 'mesh-v1-30-3')
  await eventually(client, istio, (seen) => {
    const counts = at(seen, 'status', 'revisions')
    return JSON.stringify(counts) === JSON.stringify({ total: 1, ready: 1, inUse: 1 })
  })
  await client.remove(kinds.istioRevisionTags, { name: 'default' })
  await client.remove(kinds.istios, { name: 'mesh' })
  await eventually(client, { resource: kinds.istioRevisions, name: 'mesh-v1-30-3' }, (seen) => seen === undefined)
  await eventually(client, tag, (seen) => seen === undefined)
  const left = await client.list(kinds.deployments, { namespace: 'istio-system' })
  expect(left.items).toEqual([])
  expect((await client.list(kinds.mutatingWebhookConfigurations)).items).toEqual([])
  expect(failures).toBeGreaterThan(5)
})

test('every LoadBalancer Service has one address, and none has another’s', { timeout: 60_000 }, async () => {
  const before = failures
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const name of names) {
    await client.create(kinds.services, service({ namespace: 'default', name, port: 443, type: 'LoadBalancer' }))
  }
  const addresses: string[] = []
  for (const name of names) {
    const seen = await eventually(
      client,
      { resource: kinds.services, namespace: 'default', name },
      (each) => listAt(each, 'status', 'loadBalancer', 'ingress').length === 1,
    )
    addresses.push(textAt(seen, 'status', 'loadBalancer', 'ingress', 0, 'ip') ?? '')
  }
  expect(new Set(addresses).size).toBe(names.length)
  expect(addresses.every((each) => /^192\.0\.2\.2[01]\d$/.test(each))).toBe(true)
  expect(failures).toBeGreaterThan(before)
})
