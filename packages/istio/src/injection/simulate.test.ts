import { describe, expect, it } from 'vitest'
import { namespace, object, pod, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { simulate } from './simulate.ts'
import { injectionWorld } from './world.ts'

const revision = webhooks('istio-sidecar-injector-v1', { revision: 'v1' })
const tag = webhooks('istio-revision-tag-default', { revision: 'v1', tag: 'default', isDefault: true })
const everywhere = webhooks('istio-revision-tag-default', {
  revision: 'v1',
  tag: 'default',
  isDefault: true,
  auto: true,
})

function inject(labels: { ns?: Record<string, string>; pod?: Record<string, string> }, hooks = [revision, tag]) {
  const view = clusterView('c', [namespace('shop', labels.ns ?? {}), ...hooks])
  return simulate(injectionWorld(view), pod('a', 'shop', { labels: labels.pod ?? {} }))
}

/** The decision table of istio-and-sail.md 3.1, row by row. */
describe('the decision table', () => {
  const enabled = { 'istio-injection': 'enabled' }
  const opted = { 'sidecar.istio.io/inject': 'true' }
  const out = { 'sidecar.istio.io/inject': 'false' }
  it.each([
    ['enabled wins over a revision label', { ns: { ...enabled, 'istio.io/rev': 'nobody' } }, 'default'],
    ['a Pod opts out under enabled', { ns: enabled, pod: out }, undefined],
    ['another value blocks even a Pod that asks', { ns: { 'istio-injection': 'true' }, pod: opted }, undefined],
    ['disabled blocks', { ns: { 'istio-injection': 'disabled' }, pod: opted }, undefined],
    [
      'the namespace revision wins over the Pod',
      { ns: { 'istio.io/rev': 'v1' }, pod: { 'istio.io/rev': 'nobody' } },
      'none',
    ],
    ['a tag in the revision label', { ns: { 'istio.io/rev': 'default' } }, 'default'],
    ['a Pod opts out under a revision', { ns: { 'istio.io/rev': 'v1' }, pod: out }, undefined],
    ['a Pod names a revision', { pod: { 'istio.io/rev': 'v1' } }, 'none'],
    ['a Pod names a revision and opts out', { pod: { 'istio.io/rev': 'v1', ...out } }, undefined],
    ['a Pod asks', { pod: opted }, 'default'],
    ['nobody asks', {}, undefined],
  ])('%s', (_row, labels, by) => {
    const found = inject(labels)
    expect(found.injected).toBe(by !== undefined)
    expect(found.by?.tag ?? (found.by === undefined ? undefined : 'none')).toBe(by)
    if (by !== undefined) expect(found.by?.revision).toBe('v1')
  })

  it('injects everywhere when namespaces are enabled by default, but not in system namespaces', () => {
    expect(inject({}, [everywhere]).by?.webhook).toBe('auto.sidecar-injector.istio.io')
    const view = clusterView('c', [namespace('kube-system'), everywhere])
    expect(simulate(injectionWorld(view), pod('a', 'kube-system')).injected).toBe(false)
  })

  it('knows no default without the tag', () => {
    expect(inject({ ns: enabled }, [revision])).toMatchObject({
      injected: false,
      trail: [{ code: 'default-unserved' }],
    })
  })
})

describe('why not', () => {
  it.each([
    ['no-webhook', {}, []],
    ['namespace-disabled', { ns: { 'istio-injection': 'disabled' } }, [tag]],
    ['namespace-blocked', { ns: { 'istio-injection': 'yes' } }, [tag]],
    ['pod-opted-out', { ns: { 'istio-injection': 'enabled' }, pod: { 'sidecar.istio.io/inject': 'false' } }, [tag]],
    ['revision-unserved', { ns: { 'istio.io/rev': 'v9' } }, [tag]],
    ['pod-revision-unserved', { pod: { 'istio.io/rev': 'v9' } }, [tag]],
    ['default-unserved', { pod: { 'sidecar.istio.io/inject': 'true' } }, [revision]],
    ['namespace-unlabelled', {}, [tag]],
    ['namespace-unlabelled-no-default', {}, [revision]],
  ])('%s', (code, labels, hooks) => {
    expect(inject(labels, hooks).trail.map((each) => each.code)).toEqual([code])
  })
})

describe('gate 2', () => {
  const enabled = namespace('shop', { 'istio-injection': 'enabled' })
  const config = (policy: object) =>
    Object.assign(
      object('ConfigMap', 'istio-sidecar-injector-v1', { namespace: 'istio-system', labels: { 'istio.io/rev': 'v1' } }),
      {
        data: { values: JSON.stringify(policy) },
      },
    )
  const decide = (made: ReturnType<typeof pod>, policy: object = {}) =>
    simulate(injectionWorld(clusterView('c', [enabled, tag, config(policy)])), made)
  const last = (found: ReturnType<typeof simulate>) => found.trail.at(-1)?.code

  it('never injects Pods on the host network', () => {
    const found = decide(pod('a', 'shop', { spec: { hostNetwork: true } }))
    expect([found.injected, last(found), found.by]).toEqual([false, 'host-network', undefined])
    expect(found.matched).toHaveLength(1)
  })

  it('never injects system namespaces, whatever their labels', () => {
    const view = clusterView('c', [namespace('kube-system', { 'istio-injection': 'enabled' }), tag])
    expect(last(simulate(injectionWorld(view), pod('a', 'kube-system')))).toBe('system-namespace')
  })

  it('lets the annotation opt out, and the label win over it', () => {
    const annotations = { 'sidecar.istio.io/inject': 'false' }
    expect(last(decide(pod('a', 'shop', { annotations })))).toBe('pod-opted-out')
    const labels = { 'sidecar.istio.io/inject': 'true' }
    expect(last(decide(pod('a', 'shop', { annotations, labels })))).toBe('pod-opted-in')
  })

  it('says that other values are ignored', () => {
    const found = decide(pod('a', 'shop', { labels: { 'sidecar.istio.io/inject': 'yes' } }))
    expect(found.trail.slice(1).map((each) => each.code)).toEqual(['invalid-inject-value', 'policy-enabled'])
  })

  it('lets never win over always, and both over the policy', () => {
    const labels = { app: 'a' }
    const selector = [{ matchLabels: labels }]
    const never = { sidecarInjectorWebhook: { neverInjectSelector: selector, alwaysInjectSelector: selector } }
    expect(last(decide(pod('a', 'shop', { labels }), never))).toBe('never-inject-selector')
    const always = {
      global: { proxy: { autoInject: 'disabled' } },
      sidecarInjectorWebhook: { alwaysInjectSelector: selector },
    }
    expect(last(decide(pod('a', 'shop', { labels }), always))).toBe('always-inject-selector')
    expect(last(decide(pod('a', 'shop'), always))).toBe('policy-disabled')
  })

  it('injects nothing under a policy that istiod does not know', () => {
    const labels = { 'sidecar.istio.io/inject': 'true' }
    const found = decide(pod('a', 'shop', { labels }), { global: { proxy: { autoInject: 'on' } } })
    expect(found.injected).toBe(false)
    expect(found.trail.at(-1)).toEqual({ code: 'policy-illegal', params: { value: 'on' } })
  })

  it('counts empty and malformed selectors for nothing', () => {
    const odd = {
      sidecarInjectorWebhook: { neverInjectSelector: [{}, { matchExpressions: [{ key: 'a', operator: 'Odd' }] }] },
    }
    expect(decide(pod('a', 'shop'), odd).injected).toBe(true)
  })

  it('reads Sail’s own values', () => {
    const values = { global: { proxy: { autoInject: 'disabled' } } }
    const view = clusterView('c', [enabled, tag, object('IstioRevision', 'v1', { spec: { values } })])
    expect(last(simulate(injectionWorld(view), pod('a', 'shop')))).toBe('policy-disabled')
  })

  it('assumes the defaults where the values cannot be read', () => {
    const broken = Object.assign(config({}), { data: { values: '{' } })
    const view = clusterView('c', [
      enabled,
      tag,
      broken,
      object('ConfigMap', 'other'),
      object('ConfigMap', 'istio-sidecar-injector'),
    ])
    expect(simulate(injectionWorld(view), pod('a', 'shop')).injected).toBe(true)
  })
})

it('tells two installations that both hold the default', () => {
  const other = webhooks('istio-sidecar-injector', { revision: 'default', isDefault: true })
  const found = inject({ ns: { 'istio-injection': 'enabled' } }, [other, tag])
  expect(found.matched.map((each) => each.config)).toEqual(['istio-revision-tag-default', 'istio-sidecar-injector'])
  expect(found.injecting).toEqual(found.matched)
  expect(found.by?.revision).toBe('default')
})

it('counts what the second installation decides where the first does not inject', () => {
  const map = object('ConfigMap', 'istio-sidecar-injector', { labels: { 'istio.io/rev': 'v1' } })
  const values = JSON.stringify({ global: { proxy: { autoInject: 'disabled' } } })
  const other = webhooks('istio-sidecar-injector', { revision: 'default', isDefault: true })
  const found = inject({ ns: { 'istio-injection': 'enabled' } }, [other, tag, { ...map, data: { values } }])
  expect(found).toMatchObject({ injected: true, by: { revision: 'default' }, injecting: [{ revision: 'default' }] })
  expect(found.trail.at(-1)?.code).toBe('policy-enabled')
})

it('lets a deactivated webhook match nothing', () => {
  const never = { matchLabels: { 'istio.io/deactivated': 'never-match' } }
  const dead = Object.assign(webhooks('istio-sidecar-injector', { revision: 'default', isDefault: true }), {
    webhooks: [
      {
        name: 'namespace.sidecar-injector.istio.io',
        rules: [{ operations: ['*'], resources: ['*'] }],
        namespaceSelector: never,
        objectSelector: never,
      },
    ],
  })
  expect(inject({ ns: { 'istio-injection': 'enabled' } }, [dead]).injected).toBe(false)
})

it('leaves alone webhooks that are not Istio’s, do not see Pods, or have selectors that cannot be read', () => {
  const rules = [{ operations: ['CREATE'], resources: ['pods'] }]
  const odd = Object.assign(object('MutatingWebhookConfiguration', 'odd'), {
    webhooks: [
      { name: 'other.example.com', rules },
      { name: 'rev.validation.istio.io', rules: [{ operations: ['CREATE'], resources: ['gateways'] }] },
      { rules },
      { name: 'x.istio.io', rules, namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Odd' }] } },
      {
        name: 'url.istio.io',
        rules,
        clientConfig: { url: 'https://elsewhere' },
        objectSelector: { matchLabels: { never: 'there' } },
      },
    ],
  })
  expect(inject({ ns: { 'istio-injection': 'enabled' } }, [odd]).injected).toBe(false)
})

it('asks about labels a namespace does not have yet', () => {
  const world = injectionWorld(clusterView('c', [namespace('shop'), tag]))
  const made = pod('a', 'shop')
  expect(simulate(world, made).injected).toBe(false)
  expect(simulate(world, made, { 'istio-injection': 'enabled' }).injected).toBe(true)
})

it('takes a Pod without a namespace to be in default', () => {
  const view = clusterView('c', [namespace('default', { 'istio-injection': 'enabled' }), tag])
  expect(simulate(injectionWorld(view), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }).injected).toBe(true)
})
