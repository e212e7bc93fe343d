import { listAt, textAt } from '@orbweaver/contracts/json'
import { demoWorld } from '@orbweaver/sandbox/worlds/demo'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

let whole: WholeConsole
let [ada, nils]: SignedInClient[] = []

const cluster = 'frankfurt-edge'
const workload = (name: string, namespace = 'bookinfo') => ({
  cluster,
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace,
  name,
})
const from = { kind: 'workload', ref: workload('productpage-v1') }
const ask = async (by: SignedInClient | undefined, path: string, body: object) => {
  const answer = await by?.write(`/api/v1/meshes/edge/${path}`, { body })
  return { status: answer?.status, body: answer?.body, text: answer?.text ?? '' }
}
const route = (by: SignedInClient | undefined, more: object = {}) =>
  ask(by, 'traffic/explain', { request: { from, host: 'reviews', port: 9080, path: '/reviews/1', ...more } })
const destinations = (body: unknown) =>
  listAt(body, 'explanation', 'outcome', 'destinations').map((each) => textAt(each, 'cluster'))

beforeAll(async () => {
  whole = await startWholeConsole(await demoWorld())
  ;[ada, nils] = await Promise.all(['ada', 'nils'].map((each) => whole.person(each)))
  await until(async () => {
    const { body, text } = await route(ada)
    return destinations(body).length > 0 ? '' : text
  })
}, 120_000)
afterAll(() => whole.stop())

test('a request ends where the rules of its mesh send it, and each step says why', async () => {
  const { status, body } = await route(ada)
  expect(status).toBe(200)
  expect(destinations(body)[0]).toMatch(/^outbound\|9080\|.*\|reviews\.bookinfo\.svc\.cluster\.local$/)
  expect(listAt(body, 'explanation', 'trail').length).toBeGreaterThan(1)
})

test('who sees one namespace is told of nothing else by name', async () => {
  const { status, text } = await route(nils)
  expect(status).toBe(200)
  for (const hidden of ['istio-system', 'shop-']) expect(text).not.toContain(hidden)
  expect((await route(nils, { from: { kind: 'workload', ref: workload('istiod', 'istio-system') } })).status).toBe(404)
})

test('who may call whom is told of what the viewer sees', async () => {
  const call = { from, to: { ref: workload('reviews-v1'), port: 9080 }, protocol: 'http', mtls: 'auto' }
  const allowed = await ask(nils, 'security/explain', { call: { ...call, path: '/reviews/1', method: 'GET' } })
  expect(textAt(allowed.body, 'explanation', 'verdict')).toBe('allowed')
  const hidden = { ...call, to: { ref: workload('istiod', 'istio-system'), port: 15_012 } }
  expect((await ask(nils, 'security/explain', { call: hidden })).status).toBe(404)
  const reach = { ref: workload('reviews-v1'), direction: 'callers' }
  const [all, own] = [await ask(ada, 'security/reach', reach), await ask(nils, 'security/reach', reach)]
  const namespaces = (body: unknown) => new Set(listAt(body, 'cells').map((each) => textAt(each, 'from', 'namespace')))
  expect(namespaces(all.body).size).toBeGreaterThan(1)
  expect(namespaces(own.body)).toEqual(new Set(['bookinfo']))
  expect((await ask(nils, 'security/reach', { ...reach, ref: workload('istiod', 'istio-system') })).status).toBe(404)
})

test('why a workload has a sidecar is told to whom sees it', async () => {
  const { body, text } = await ask(nils, 'sidecars/explain', { ref: workload('reviews-v1') })
  expect(textAt(body, 'explanation', 'outcome')).toBe('injected')
  expect(listAt(body, 'explanation', 'hooks').length).toBeGreaterThan(0)
  expect(text).not.toContain('shop-catalog')
  expect((await ask(nils, 'sidecars/explain', { ref: workload('istiod', 'istio-system') })).status).toBe(404)
})

test('of a mesh that is hidden or not there nothing is told', async () => {
  for (const by of [ada, nils]) {
    const request = { from, host: 'reviews', port: 9080 }
    const answer = await by?.write('/api/v1/meshes/none/traffic/explain', { body: { request } })
    expect(answer?.status).toBe(404)
  }
})
