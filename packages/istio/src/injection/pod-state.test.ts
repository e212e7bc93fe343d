import { expect, it } from 'vitest'
import { istiod, namespace, pod, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { isInjected, isLive, podState } from './pod-state.ts'
import { injectionWorld } from './world.ts'

const world = injectionWorld(
  clusterView('c', [
    namespace('shop', { 'istio-injection': 'enabled' }),
    namespace('bare'),
    webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true }),
    istiod('v1', { version: '1.30.3' }),
  ]),
)
const ambient = (state: string) => ({ annotations: { 'ambient.istio.io/redirection': state } })

it.each([
  ['outside', pod('a', 'bare'), false],
  ['missing', pod('a', 'shop'), true],
  ['current', pod('a', 'shop', { by: 'v1' }), false],
  ['other-revision', pod('a', 'shop', { by: 'v0' }), true],
  ['older-proxy', pod('a', 'shop', { by: 'v1', proxy: '1.30.2' }), true],
  ['current', pod('a', 'shop', { by: 'v1', proxy: '1.31.0' }), false],
  ['current', pod('a', 'shop', { by: 'v1', proxy: 'latest' }), false],
  ['unwanted', pod('a', 'bare', { by: 'v1' }), true],
  ['ambient', pod('a', 'bare', ambient('enabled')), false],
  ['ambient-pending', pod('a', 'bare', ambient('pending')), false],
  ['missing', pod('a', 'shop', ambient('enabled')), true],
  [
    'managed-gateway',
    pod('a', 'shop', { labels: { 'gateway.istio.io/managed': 'istio.io-gateway-controller' } }),
    false,
  ],
])('%s', (code, made, pending) => {
  expect(podState(world, made)).toMatchObject({ code, pendingRestart: pending })
})

it('says from what to what', () => {
  const { why } = podState(world, pod('a', 'shop', { by: 'v0', proxy: '1.29.0' }))
  expect(why.params).toEqual({ expected: 'v1', expectedVersion: '1.30.3', revision: 'v0', version: '1.29.0' })
})

it('takes the versions of a primary for its members', () => {
  const primary = clusterView('p', [istiod('v1', { version: '1.30.4' })])
  const member = clusterView('m', [
    namespace('shop', { 'istio-injection': 'enabled' }),
    webhooks('tag', { revision: 'v1', isDefault: true }),
  ])
  expect(podState(injectionWorld(member, primary), pod('a', 'shop', { by: 'v1' })).code).toBe('older-proxy')
  expect(podState(injectionWorld(member), pod('a', 'shop', { by: 'v1' })).code).toBe('current')
})

it('leaves out Pods that are finished or going', () => {
  expect(isLive(pod('a', 'shop'))).toBe(true)
  expect(isLive(pod('a', 'shop', { phase: 'Succeeded' }))).toBe(false)
  expect(isLive(pod('a', 'shop', { phase: 'Failed' }))).toBe(false)
  const going = pod('a', 'shop')
  going.metadata.deletionTimestamp = '2026-01-01T00:00:00Z'
  expect(isLive(going)).toBe(false)
})

it('counts gateways as injected', () => {
  expect(isInjected({ kind: 'gateway', revision: 'v1', version: undefined, native: false })).toBe(true)
  expect(isInjected({ kind: 'ambient', ready: true })).toBe(false)
})
