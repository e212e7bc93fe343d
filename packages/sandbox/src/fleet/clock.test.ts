import { numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { ask } from '../server/testing/server.ts'
import { service, workload } from '../worlds/objects.ts'
import { clientOf, eventually, startTestFleet } from './fleet-under-test.ts'

let fleet: Fleet
let client: KubeClient
beforeAll(async () => {
  fleet = await startTestFleet(1)
  client = clientOf(fleet, 'member-1')
  fleet.clock.freeze()
}, 60_000)
afterAll(() => fleet.stop())

const DAY_MS = 86_400_000
const serverOf = (): NonNullable<ReturnType<Fleet['clusters']['get']>>['server'] => {
  const member = fleet.clusters.get('member-1')
  if (member === undefined) throw new Error('no member-1')
  return member.server
}

test('Pods and LoadBalancers wait for the clock', async () => {
  const target = { namespace: 'default', name: 'web' }
  await client.create(kinds.deployments, workload({ ...target, image: 'web:1' }))
  await client.create(kinds.services, service({ ...target, port: 80, type: 'LoadBalancer' }))
  const scheduled = (pod: KubernetesObject): boolean => textAt(pod, 'spec', 'nodeName') !== undefined
  await expect
    .poll(async () => (await client.list(kinds.pods, { namespace: 'default' })).items.some(scheduled))
    .toBe(true)
  expect(numberAt(await client.get(kinds.deployments, target), 'status', 'readyReplicas') ?? 0).toBe(0)
  const before = fleet.clock.now().getTime()
  fleet.clock.advance(60_000)
  const running = await eventually(
    client,
    { resource: kinds.deployments, ...target },
    (seen) => numberAt(seen, 'status', 'readyReplicas') === 1,
  )
  expect(textAt(running, 'status', 'conditions', 0, 'lastTransitionTime')?.slice(0, 16)).toBe(
    new Date(before + 60_000).toISOString().slice(0, 16),
  )
  await eventually(client, { resource: kinds.services, ...target }, (seen) => {
    fleet.clock.advance(50)
    return textAt(seen, 'status', 'loadBalancer', 'ingress', 0, 'ip') !== undefined
  })
})

test('a requested token ends, and an event is kept for an hour', async () => {
  const { server, admin } = { server: serverOf(), admin: client }
  const { body } = await admin.raw('/api/v1/namespaces/default/serviceaccounts/default/token', {
    method: 'POST',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3_600 } },
  })
  const token = textAt(body, 'status', 'token') ?? ''
  const bearer = createKubeClient({ cluster: 'member-1', connection: { server: server.url, token } })
  const involvedObject = { apiVersion: 'v1', kind: 'Namespace', name: 'default' }
  const now = `${fleet.clock.now().toISOString().slice(0, 19)}Z`
  const metadata = { namespace: 'default', name: 'said' }
  const event = { apiVersion: 'v1', kind: 'Event', metadata, involvedObject, reason: 'Said', lastTimestamp: now }
  await admin.create(kinds.events, event)
  expect((await bearer.raw('/version')).status).toBe(200)
  fleet.clock.advance(3_000_000)
  expect((await bearer.raw('/version')).status).toBe(200)
  await admin.get(kinds.events, metadata)
  fleet.clock.advance(600_000)
  await expect(bearer.raw('/version')).rejects.toMatchObject({ code: 'unauthorized' })
  await expect(admin.get(kinds.events, metadata)).rejects.toMatchObject({ code: 'not_found' })
  await bearer.close()
})

test('a cluster whose clock is ahead says so in everything it writes', async () => {
  const server = serverOf()
  server.faults.set({ clockSkewMs: DAY_MS })
  const made = await client.create(kinds.configMaps, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'default', name: 'from-tomorrow' },
  })
  const { headers } = await ask(server, '/version', { token: '' })
  server.faults.reset()
  const tomorrow = fleet.clock.now().getTime() + DAY_MS
  expect(Math.abs(Date.parse(made.object.metadata.creationTimestamp ?? '') - tomorrow)).toBeLessThan(1_000)
  expect(Math.abs(Date.parse(headers.date ?? '') - tomorrow)).toBeLessThan(1_000)
})
