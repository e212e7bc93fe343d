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

test('TLS of a policy is told by its name to whom may list such policies there', async () => {
  const policy = (namespace: string, name: string, target: string) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { namespace, name },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: target }],
      validation: {
        hostname: 'example.test',
        caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'bundle-ca' }],
      },
    },
  })
  const { store } = whole.member(cluster).server
  store.put(policy('shop-catalog', 'catalog-trust', 'catalog'), 'kubectl')
  store.put(policy('bookinfo', 'ratings-trust', 'ratings'), 'kubectl')
  const own = { host: 'ratings', path: '/' }
  const other = { host: 'catalog.shop-catalog', port: 8080, path: '/' }
  const steps = (body: unknown) =>
    listAt(body, 'explanation', 'trail').filter((each) => textAt(each, 'code') === 'tls-of-policy')
  await until(async () => {
    const told = await Promise.all([own, other].map((each) => route(ada, each)))
    return told.every(({ body }) => steps(body).length === 1) ? '' : told.map(({ text }) => text).join()
  })
  expect(steps((await route(ada, other)).body)).toMatchObject([{ ref: { name: 'catalog-trust' } }])
  expect(steps((await route(nils, own)).body)).toMatchObject([{ ref: { name: 'ratings-trust' } }])
  const { status, text } = await route(nils, other)
  expect([status, text.includes('catalog-trust'), text.includes('bundle-ca')]).toEqual([200, false, false])
})

test('who may call whom is told of what the viewer sees', async () => {
  const call = { from, to: { ref: workload('reviews-v1'), port: 9080 }, protocol: 'http', mtls: 'auto' }
  const allowed = await ask(nils, 'security/explain', { call: { ...call, path: '/reviews/1', method: 'GET' } })
  expect(textAt(allowed.body, 'explanation', 'verdict')).toBe('allowed')
  const hidden = { ...call, to: { ref: workload('istiod', 'istio-system'), port: 15_012 } }
  expect((await ask(nils, 'security/explain', { call: hidden })).status).toBe(404)
  const edge = { ...workload('public', 'istio-ingress'), group: 'networking.istio.io', kind: 'Gateway' }
  const through = { ...call, through: { ref: edge, port: 443 } }
  expect((await ask(ada, 'security/explain', { call: through })).status).toBe(200)
  expect((await ask(nils, 'security/explain', { call: through })).status).toBe(404)
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

/** A plan that closes the workloads of a namespace to everybody, and one that sends requests elsewhere. */
const closing = (namespace: string) => ({
  type: 'objects.create',
  mesh: 'edge',
  cluster,
  object: {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'nobody', namespace },
    spec: { action: 'DENY', rules: [{}] },
  },
})
const delaying = {
  type: 'objects.create',
  mesh: 'edge',
  cluster,
  object: {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'a-ratings', namespace: 'bookinfo' },
    spec: { hosts: ['ratings'], http: [{ timeout: '7s', route: [{ destination: { host: 'details' } }] }] },
  },
}
const request = (of: object = {}) => ({ from, host: 'ratings', port: 9080, ...of })
const call = (to: object) => ({ from, to: { ref: to, port: 9080 }, protocol: 'http', mtls: 'auto' })

test('what a plan makes of a request is told to whom sees who asks, and is nothing that stays', async () => {
  const hidden = request({ from: { kind: 'workload', ref: workload('istiod', 'istio-system') } })
  const asked = { intent: delaying, requests: [request(), hidden] }
  for (const by of [ada, nils]) {
    const { status, body, text } = await ask(by, 'traffic/compare', asked)
    expect(status, text).toBe(200)
    const [first, second] = listAt(body, 'answers')
    expect(listAt(first, 'destinations').map((each) => [textAt(each, 'host')?.split('.')[0], each])).toMatchObject([
      ['ratings', { before: { weight: 100 } }],
      ['details', { after: { weight: 100 } }],
    ])
    const timeout = listAt(first, 'policies').find((each) => textAt(each, 'name') === 'timeout')
    expect(textAt(timeout, 'after', 'value')).toBe('7s')
    expect(second === null).toBe(by === nils)
    if (by === nils) for (const name of ['istio-system', 'shop-']) expect(text).not.toContain(name)
  }
  const { body } = await route(ada, { host: 'ratings', path: '/' })
  expect(destinations(body).join(' ')).toContain('ratings.bookinfo')
})

test('who can call no longer with a plan is told of what the viewer sees', async () => {
  const asked = { intent: closing('bookinfo') }
  const [all, own] = [await ask(ada, 'security/compare-reach', asked), await ask(nils, 'security/compare-reach', asked)]
  const callers = (body: unknown) =>
    new Set(listAt(body, 'changes').map((each) => textAt(each, 'after', 'from', 'namespace')))
  expect(callers(all.body).size).toBeGreaterThan(1)
  expect(callers(own.body)).toEqual(new Set(['bookinfo']))
  expect(listAt(own.body, 'changes')[0]).toMatchObject({ before: { verdict: 'allowed' }, after: { verdict: 'denied' } })
  const calls = [call(workload('reviews-v1')), call(workload('istiod', 'istio-system'))]
  const { body } = await ask(nils, 'security/compare', { ...asked, calls })
  expect(listAt(body, 'answers')).toMatchObject([
    {
      before: { verdict: 'allowed' },
      after: { verdict: 'denied', decidedBy: { ref: { name: 'nobody' } } },
      differs: { verdict: true },
    },
    null,
  ])
})

test('a plan elsewhere tells nobody of what is hidden from them', async () => {
  const { status, body, text } = await ask(nils, 'security/compare-reach', { intent: closing('istio-system') })
  expect([status, text.includes('istiod')]).toEqual([200, false])
  expect(listAt(body, 'changes').every((each) => textAt(each, 'after', 'to', 'ref', 'namespace') === 'bookinfo')).toBe(
    true,
  )
})

test('whose Pods lose their sidecar by a plan is told to whom sees them', async () => {
  const off = (namespace: string) => ({
    intent: {
      type: 'sidecars.namespaces',
      mesh: 'edge',
      namespaces: [{ cluster, namespace }],
      action: 'disable',
      restart: false,
    },
  })
  const own = await ask(nils, 'sidecars/compare', off('bookinfo'))
  const reviews = listAt(own.body, 'changes').find((each) => textAt(each, 'ref', 'name') === 'reviews-v1')
  expect(reviews).toMatchObject({ before: { outcome: 'injected' }, after: { outcome: 'not-injected' } })
  const refs = [workload('reviews-v1'), { ...workload('catalog'), namespace: 'shop-catalog' }]
  const { body } = await ask(nils, 'sidecars/compare-pods', { ...off('bookinfo'), refs })
  expect(listAt(body, 'answers')).toMatchObject([
    {
      before: { outcome: 'injected' },
      after: { outcome: 'not-injected', decidedBy: { ref: { kind: 'Namespace', name: 'bookinfo' } } },
      differs: { outcome: true, decidedBy: false },
    },
    null,
  ])
  const elsewhere = await ask(nils, 'sidecars/compare', off('shop-catalog'))
  expect(listAt(elsewhere.body, 'changes')).toEqual([])
})

test('of what is no plan, and of no mesh, nothing is compared', async () => {
  const gone = { ...closing('bookinfo'), mesh: 'none' }
  const asked: [string, object][] = [
    ['traffic/compare', { requests: [request()] }],
    ['security/compare', { calls: [call(workload('reviews-v1'))] }],
    ['security/compare-reach', {}],
    ['sidecars/compare', {}],
    ['sidecars/compare-pods', { refs: [workload('reviews-v1')] }],
  ]
  for (const [path, more] of asked) {
    expect(await ask(nils, path, { ...more, intent: gone })).toMatchObject({
      status: 422,
      body: { code: 'plan.invalid' },
    })
    const nowhere = await nils?.write(`/api/v1/meshes/none/${path}`, { body: { ...more, intent: gone } })
    expect(nowhere?.status).toBe(404)
  }
})
