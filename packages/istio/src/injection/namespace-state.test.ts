import { describe, expect, it } from 'vitest'
import { istiod, namespace, object, pod, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { namespaceState } from './namespace-state.ts'
import { isSystemNamespace, policyOf } from './policy.ts'
import { templatePolicy, workloadStates } from './workload-state.ts'
import { injectionWorld } from './world.ts'

const deployment = (name: string, labels: Record<string, string> = {}) =>
  object('Deployment', name, { namespace: 'shop', spec: { template: { metadata: { labels } } } })
const world = (labels: Record<string, string>, ...more: ReturnType<typeof pod>[]) =>
  injectionWorld(
    clusterView('c', [
      namespace('shop', labels),
      webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true }),
      istiod('v1'),
      deployment('web'),
      deployment('idle'),
      ...more,
    ]),
  )
const web = (name: string, more: Parameters<typeof pod>[2] = {}) =>
  pod(name, 'shop', { owner: ['Deployment', 'web'], ...more })

describe('namespaceState', () => {
  it('counts Pods and those a restart would change', () => {
    const found = namespaceState(world({ 'istio-injection': 'enabled' }, web('a', { by: 'v1' }), web('b')), 'shop')
    expect(found).toMatchObject({
      policy: 'enabled',
      servedBy: { revision: 'v1', tag: 'default' },
      pods: { total: 2, injected: 1, pendingRestart: 1 },
      ambient: false,
    })
  })

  it('says why nobody serves', () => {
    const found = namespaceState(world({ 'istio.io/rev': 'v9' }), 'shop')
    expect(found).toMatchObject({ policy: 'revision', revision: 'v9', servedBy: undefined })
    expect(found.why).toEqual([{ code: 'revision-unserved', params: { revision: 'v9' } }])
  })

  it('knows ambient namespaces, and namespaces that were not read', () => {
    expect(namespaceState(world({ 'istio.io/dataplane-mode': 'ambient' }), 'shop').ambient).toBe(true)
    expect(namespaceState(world({}), 'elsewhere')).toMatchObject({ policy: 'none', pods: { total: 0 } })
  })

  it('answers for labels that are not there yet', () => {
    const found = namespaceState(world({}, web('a')), 'shop', { 'istio-injection': 'enabled' })
    expect(found).toMatchObject({ policy: 'enabled', pods: { pendingRestart: 1 } })
  })
})

describe('workloadStates', () => {
  it('lists workloads without Pods, and says what they have', () => {
    const found = workloadStates(
      world({ 'istio-injection': 'enabled' }, web('a', { by: 'v0', proxy: '1.29.0' })),
      'shop',
    )
    expect(found.map((each) => [each.ref.name, each.pods.total, each.revisions, each.proxyVersions])).toEqual([
      ['web', 1, ['v0'], ['1.29.0']],
      ['idle', 0, [], []],
    ])
    expect(found[0]).toMatchObject({ why: { code: 'other-revision' }, pods: { ready: 1 }, refusal: undefined })
    expect(found[1]?.why).toBeUndefined()
  })

  it('lists bare Pods and Pods of unknown owners with the reason', () => {
    const made = [
      pod('bare', 'shop'),
      pod('own', 'shop', { owner: ['Rollout', 'roll'] }),
      pod('done', 'shop', { phase: 'Succeeded' }),
    ]
    const found = workloadStates(world({}, ...made), 'shop').filter((each) => each.refusal !== undefined)
    expect(found.map((each) => [each.ref.name, each.refusal])).toEqual([
      ['bare', 'bare-pod'],
      ['roll', 'unknown-owner'],
    ])
  })

  it('lists a CronJob beside its runs, with what its template asks', () => {
    const template = { metadata: { labels: { 'sidecar.istio.io/inject': 'true' } } }
    const nightly = object('CronJob', 'nightly', {
      namespace: 'shop',
      spec: { jobTemplate: { spec: { template } } },
    })
    const found = workloadStates(world({}, nightly, pod('run', 'shop', { owner: ['Job', 'nightly-1'] })), 'shop')
    expect(found.map(({ ref, policy, refusal, pods }) => [ref.name, policy, refusal, pods.total])).toEqual(
      expect.arrayContaining([
        ['nightly', 'enabled', 'cron-job', 0],
        ['nightly-1', 'none', 'job', 1],
      ]),
    )
  })

  it('counts Pods that are not ready', () => {
    const made = Object.assign(web('a'), { status: { phase: 'Pending' } })
    expect(workloadStates(world({}, made), 'shop')[0]?.pods).toMatchObject({ total: 1, ready: 0 })
  })
})

it('reads a template’s own wish, the label before the annotation', () => {
  const annotated = object('Deployment', 'a', {
    spec: { template: { metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } } },
  })
  expect(templatePolicy(annotated)).toBe('disabled')
  expect(templatePolicy(deployment('a', { 'sidecar.istio.io/inject': 'true' }))).toBe('enabled')
  expect(templatePolicy(deployment('a', { 'sidecar.istio.io/inject': 'odd' }))).toBe('none')
  expect(templatePolicy(undefined)).toBe('none')
})

it.each([
  [{}, 'none'],
  [{ 'istio-injection': 'enabled' }, 'enabled'],
  [{ 'istio-injection': 'disabled' }, 'disabled'],
  [{ 'istio-injection': 'Enabled' }, 'blocked'],
  [{ 'istio.io/rev': 'v1' }, 'revision'],
  [{ 'istio.io/rev': 'v1', 'istio-injection': 'disabled' }, 'conflict'],
])('reads the policy of %j', (labels, policy) => {
  expect(policyOf(labels).policy).toBe(policy)
})

it('knows system namespaces, and where control planes are', () => {
  expect(isSystemNamespace('kube-system')).toBe(true)
  expect(isSystemNamespace('shop')).toBe(false)
  expect(isSystemNamespace('mesh-one', ['mesh-one'])).toBe(true)
})
