import { at } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, change, testServer } from '../testing/server.ts'

const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets'
const pods = '/api/v1/namespaces/default/pods'

async function withPods(ready: number, all: number): Promise<ApiServer> {
  const server = await testServer()
  for (let index = 0; index < all; index += 1) {
    const spec = { containers: [{ name: 'main', image: 'app:1' }] }
    await ask(server, pods, { body: { metadata: { name: `p${index}`, labels: { app: 'a' } }, spec } })
    if (index >= ready) continue
    const body = { status: { conditions: [{ type: 'Ready', status: 'True' }] } }
    await change(server, `${pods}/p${index}/status`, { type: 'merge', body })
  }
  return server
}

async function statusOf(server: ApiServer, spec: object): Promise<unknown> {
  const body = { metadata: { name: 'b' }, spec: { selector: { matchLabels: { app: 'a' } }, ...spec } }
  await ask(server, budgets, { body })
  await server.settled()
  return at((await ask(server, `${budgets}/b`)).body, 'status')
}

describe('a PodDisruptionBudget', () => {
  it('counts the ready Pods that may go', async () => {
    const server = await withPods(2, 3)
    expect(await statusOf(server, { minAvailable: 1 })).toEqual({
      disruptionsAllowed: 1,
      currentHealthy: 2,
      desiredHealthy: 1,
      expectedPods: 3,
      observedGeneration: 1,
    })
  })

  it('takes percentages, rounded up', async () => {
    expect(await statusOf(await withPods(3, 3), { minAvailable: '50%' })).toMatchObject({ desiredHealthy: 2 })
  })

  it('may say how many may be missing, and then forbids an eviction when they are', async () => {
    const server = await withPods(1, 2)
    expect(await statusOf(server, { maxUnavailable: 1 })).toMatchObject({ desiredHealthy: 1, disruptionsAllowed: 0 })
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p0' } }
    expect((await ask(server, `${pods}/p0/eviction`, { body })).status).toBe(429)
  })
})
