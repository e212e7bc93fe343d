import { describe, expect, it } from 'vitest'
import { namespace, object, pod, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { enablingLabels, injectionPlan } from './intent.ts'
import { restartPatch, workloadPatch } from './workload-intent.ts'
import { injectionWorld } from './world.ts'

const tag = webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true })
const revision = (name: string) => webhooks(`istio-sidecar-injector-${name}`, { revision: name })
const world = (hooks: ReturnType<typeof webhooks>[], ...objects: ReturnType<typeof pod>[]) =>
  injectionWorld(clusterView('c', [...hooks, ...objects]))
const shop = (labels: Record<string, string> = {}) => namespace('shop', labels)

describe('enable', () => {
  it('sets one label, removes the other, and finds what must restart', () => {
    const seen = world(
      [tag],
      shop({ 'istio.io/rev': 'v9' }),
      object('Deployment', 'web', { namespace: 'shop' }),
      pod('a', 'shop', { owner: ['Deployment', 'web'] }),
    )
    const { changes, blocked } = injectionPlan(seen, ['shop'], { action: 'enable' })
    expect(blocked).toEqual([])
    expect(changes[0]?.patch).toEqual({ metadata: { labels: { 'istio-injection': 'enabled', 'istio.io/rev': null } } })
    expect(changes[0]?.restarts.map((each) => each.ref.name)).toEqual(['web'])
  })

  it('takes the only revision where there is no default', () => {
    const plan = injectionPlan(world([revision('v1')], shop()), ['shop'], { action: 'enable' })
    expect(plan.changes[0]?.patch).toEqual({ metadata: { labels: { 'istio.io/rev': 'v1' } } })
  })

  it('does not choose between revisions', () => {
    const plan = injectionPlan(world([revision('v1'), revision('v2')], shop()), ['shop'], { action: 'enable' })
    expect(plan.blocked).toEqual([{ code: 'choose-revision', params: { cluster: 'c', namespace: 'shop' } }])
  })

  it('takes a revision or a tag that was asked for, if somebody answers it', () => {
    const seen = world([tag, revision('v2')], shop())
    expect(injectionPlan(seen, ['shop'], { action: 'enable', revision: 'v2' }).changes[0]?.patch).toEqual({
      metadata: { labels: { 'istio.io/rev': 'v2' } },
    })
    expect(injectionPlan(seen, ['shop'], { action: 'enable', revision: 'v3' }).blocked).toEqual([
      { code: 'revision-unserved', params: { cluster: 'c', namespace: 'shop', revision: 'v3' } },
    ])
  })

  it('keeps a label that is served already', () => {
    const seen = world([tag, revision('v1')], shop({ 'istio.io/rev': 'v1' }))
    expect(injectionPlan(seen, ['shop'], { action: 'enable' })).toEqual({
      changes: [],
      unchanged: ['shop'],
      blocked: [],
    })
  })

  it('moves a namespace off a label that nobody serves', () => {
    const seen = world([tag], shop({ 'istio.io/rev': 'v1', 'istio-injection': 'enabled' }))
    expect(injectionPlan(seen, ['shop'], { action: 'enable' }).changes[0]?.patch).toEqual({
      metadata: { labels: { 'istio.io/rev': null } },
    })
  })

  it.each([
    { code: 'nobody-serves', hooks: [], object: shop(), name: 'shop' },
    { code: 'namespace-not-found', hooks: [tag], object: shop(), name: 'other' },
    { code: 'system-namespace', hooks: [tag], object: namespace('kube-system'), name: 'kube-system' },
  ])('is refused: $code', ({ code, hooks, object, name }) => {
    const { blocked, changes } = injectionPlan(world(hooks, object), [name], { action: 'enable' })
    expect(blocked.map((each) => each.code)).toEqual([code])
    expect(changes).toEqual([])
  })

  it('is refused in a namespace that is going', () => {
    const going = shop()
    going.metadata.deletionTimestamp = '2026-01-01T00:00:00Z'
    expect(injectionPlan(world([tag], going), ['shop'], { action: 'clear' }).blocked[0]?.code).toBe(
      'namespace-terminating',
    )
  })
})

it('disables by saying so, and lists sidecars that then are unwanted', () => {
  const seen = world([tag], shop({ 'istio-injection': 'enabled' }), pod('a', 'shop', { by: 'v1' }))
  const { changes } = injectionPlan(seen, ['shop'], { action: 'disable' })
  expect(changes[0]?.patch).toEqual({ metadata: { labels: { 'istio-injection': 'disabled' } } })
  expect(changes[0]?.restarts.map((each) => [each.ref.name, each.refusal])).toEqual([['a', 'bare-pod']])
})

it('clears both labels', () => {
  const seen = world([tag], shop({ 'istio-injection': 'disabled', 'istio.io/rev': 'v1', team: 'a' }))
  expect(injectionPlan(seen, ['shop'], { action: 'clear' }).changes[0]?.patch).toEqual({
    metadata: { labels: { 'istio-injection': null, 'istio.io/rev': null } },
  })
})

it('keeps restarts in the plan when only Pods lag behind', () => {
  const seen = world([tag], shop({ 'istio-injection': 'enabled' }), pod('a', 'shop'))
  const plan = injectionPlan(seen, ['shop'], { action: 'enable' })
  expect(plan.unchanged).toEqual(['shop'])
  expect(plan.changes).toMatchObject([{ patch: {}, restarts: [{ ref: { name: 'a' } }] }])
})

it('prefers the default to revisions', () => {
  expect(enablingLabels(world([tag, revision('v2')]))).toEqual({ 'istio-injection': 'enabled' })
})

describe('workloadPatch', () => {
  const workload = (labels: Record<string, string>, annotations: Record<string, string> = {}) =>
    object('Deployment', 'web', { spec: { template: { metadata: { labels, annotations } } } })
  const inject = 'sidecar.istio.io/inject'

  it('writes the label of the template', () => {
    const template = (metadata: object) => ({ spec: { template: { metadata } } })
    expect(workloadPatch(workload({}), 'enable')).toEqual(template({ labels: { [inject]: 'true' } }))
    expect(workloadPatch(workload({}), 'disable')).toEqual(template({ labels: { [inject]: 'false' } }))
    expect(workloadPatch(workload({ [inject]: 'true' }), 'clear')).toEqual(template({ labels: { [inject]: null } }))
  })

  it('takes the older annotation away with it', () => {
    expect(workloadPatch(workload({}, { [inject]: 'false' }), 'clear')).toEqual({
      spec: { template: { metadata: { labels: { [inject]: null }, annotations: { [inject]: null } } } },
    })
  })

  it('writes where the template of a CronJob is', () => {
    const metadata = { labels: {}, annotations: { [inject]: 'true' } }
    const nightly = object('CronJob', 'nightly', { spec: { jobTemplate: { spec: { template: { metadata } } } } })
    expect(workloadPatch(nightly, 'enable')).toBeUndefined()
    const cleared = { metadata: { labels: { [inject]: null }, annotations: { [inject]: null } } }
    expect(workloadPatch(nightly, 'clear')).toEqual({ spec: { jobTemplate: { spec: { template: cleared } } } })
  })

  it('writes nothing that is so already', () => {
    expect(workloadPatch(workload({ [inject]: 'true' }), 'enable')).toBeUndefined()
    expect(workloadPatch(workload({}), 'clear')).toBeUndefined()
  })

  it('restarts as kubectl does', () => {
    expect(restartPatch('2026-01-01T00:00:00Z')).toEqual({
      spec: {
        template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' } } },
      },
    })
  })
})
