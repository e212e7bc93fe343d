import type { JsonRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { patched } from '../../findings/fixes/apply.ts'
import { meshParts, type MeshWorld } from '../../findings/world.ts'
import { namespace, object, pod, webhooks } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf } from '../world.ts'
import { annotationWay } from './changes.ts'
import { injection } from './explain.ts'
import { subjectOf } from './subject.ts'

const revision = webhooks('istio-sidecar-injector-v1', { revision: 'v1' })
const tag = webhooks('istio-revision-tag-default', { revision: 'v1', tag: 'default', isDefault: true })
const hooks = [revision, tag]

function world(objects: readonly KubernetesObject[], read: readonly string[] = Object.values(kinds)): MeshWorld {
  return worldOf(meshParts({ config: clusterView('c', objects, read) }))
}

const ask = (objects: readonly KubernetesObject[], ref: ObjectRef) => injection(world(objects), ref)
const homeOf = (name: string): ObjectRef => ({ cluster: 'c', group: '', version: 'v1', kind: 'Namespace', name })

function web(template: JsonRecord = {}, kind = 'Deployment'): KubernetesObject {
  const spec = { template: { metadata: {}, spec: { containers: [] }, ...template } }
  return object(kind, 'web', { namespace: 'shop', spec })
}
const webRef = refOf('c', web())
const labelled = (labels: JsonRecord) => web({ metadata: { labels } })

describe('who injects', () => {
  it('is the webhook whose selectors hold, by the label of the namespace', () => {
    expect(ask([...hooks, namespace('shop', { 'istio-injection': 'enabled' }), web()], webRef)).toMatchObject({
      outcome: 'injected',
      by: { config: 'istio-revision-tag-default', revision: 'v1', tag: 'default' },
      decidedBy: { ref: { kind: 'Namespace', name: 'shop' }, pointer: '/metadata/labels/istio-injection' },
    })
    expect(ask([...hooks, namespace('shop', { 'istio.io/rev': 'v1' })], homeOf('shop'))).toMatchObject({
      outcome: 'injected',
      by: { config: 'istio-sidecar-injector-v1', revision: 'v1' },
      decidedBy: { ref: { name: 'shop' }, pointer: '/metadata/labels/istio.io~1rev' },
    })
  })
  it('is said with the conditions that the other webhooks fail', () => {
    const { hooks: told } = ask([...hooks, namespace('shop', { 'istio.io/rev': 'v2' })], homeOf('shop'))
    expect(told.every(({ matches }) => !matches)).toBe(true)
    expect(
      told.find(({ config, webhook }) => config === 'istio-sidecar-injector-v1' && webhook.startsWith('rev.namespace'))
        ?.fails,
    ).toEqual([{ of: 'namespace', condition: 'istio.io/rev In (v1)', value: 'v2' }])
    expect(
      told.find(({ config, webhook }) => config === 'istio-revision-tag-default' && webhook.startsWith('object'))
        ?.fails,
    ).toContainEqual({
      of: 'namespace',
      condition: 'istio.io/rev DoesNotExist',
      value: 'v2',
    })
  })
  it('is the workload itself in a namespace without labels', () => {
    expect(ask([...hooks, namespace('shop'), labelled({ 'sidecar.istio.io/inject': 'true' })], webRef)).toMatchObject({
      outcome: 'injected',
      decidedBy: { ref: { kind: 'Deployment' }, pointer: '/spec/template/metadata/labels/sidecar.istio.io~1inject' },
    })
    expect(ask([...hooks, namespace('shop'), labelled({ 'istio.io/rev': 'v9' })], webRef)).toMatchObject({
      outcome: 'not-injected',
      decidedBy: { pointer: '/spec/template/metadata/labels/istio.io~1rev' },
      trail: [{ code: 'pod-revision-unserved' }],
    })
  })
})

describe('who is not injected', () => {
  const enabled = namespace('shop', { 'istio-injection': 'enabled' })
  it.each([
    [
      'a namespace says no',
      [namespace('shop', { 'istio-injection': 'off' }), web()],
      'namespace-blocked',
      '/metadata/labels/istio-injection',
    ],
    [
      'a label of the Pods says no',
      [enabled, labelled({ 'sidecar.istio.io/inject': 'false' })],
      'pod-opted-out',
      '/spec/template/metadata/labels/sidecar.istio.io~1inject',
    ],
    [
      'an annotation of the Pods says no',
      [enabled, web({ metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } })],
      'pod-opted-out',
      '/spec/template/metadata/annotations/sidecar.istio.io~1inject',
    ],
    [
      'the network of the node',
      [enabled, web({ spec: { hostNetwork: true } })],
      'host-network',
      '/spec/template/spec/hostNetwork',
    ],
    [
      'nobody answers',
      [namespace('shop', { 'istio.io/rev': 'v9' }), web()],
      'revision-unserved',
      '/metadata/labels/istio.io~1rev',
    ],
  ])('because %s', (...[, objects, code, pointer]) => {
    const answer = ask([...hooks, ...objects], webRef)
    expect(answer).toMatchObject({ outcome: 'not-injected', by: null, decidedBy: { pointer } })
    expect(answer.trail.map((each) => each.code)).toContain(code)
  })
  it('is not known where neither a webhook nor a control plane is', () => {
    expect(ask([enabled, web()], webRef)).toMatchObject({
      outcome: 'unknown',
      trail: [{ code: 'injectors-unseen' }],
      changes: [],
    })
    const service = object('Service', 'istiod', { namespace: 'istio-system', labels: { app: 'istiod' } })
    expect(ask([enabled, web(), service], webRef)).toMatchObject({
      outcome: 'not-injected',
      trail: [{ code: 'no-webhook' }],
    })
  })
  it('because nobody asks, and nothing that is written decides it', () => {
    expect(ask([...hooks, namespace('shop'), web()], webRef)).toMatchObject({
      outcome: 'not-injected',
      decidedBy: null,
    })
  })
  it('because its namespace is one of Kubernetes itself', () => {
    const system = namespace('kube-system', { 'istio-injection': 'enabled' })
    expect(ask([...hooks, system], homeOf('kube-system'))).toMatchObject({
      outcome: 'not-injected',
      decidedBy: { ref: { kind: 'Namespace', name: 'kube-system' }, pointer: '' },
    })
  })
  it('because the control plane says so', () => {
    const values = { sidecarInjectorWebhook: { neverInjectSelector: [{ matchLabels: { job: 'x' } }] } }
    const map = {
      ...object('ConfigMap', 'istio-sidecar-injector', { namespace: 'istio-system', labels: { 'istio.io/rev': 'v1' } }),
      data: { values: JSON.stringify(values) },
    }
    expect(ask([...hooks, enabled, map, labelled({ job: 'x' })], webRef)).toMatchObject({
      outcome: 'not-injected',
      decidedBy: { ref: { kind: 'ConfigMap' }, pointer: '/data/values' },
    })
  })
})

describe('what should be known', () => {
  const codes = (objects: readonly KubernetesObject[], ref = webRef) =>
    ask([...hooks, ...objects], ref).trail.map((each) => each.code)
  it('is told beside', () => {
    expect(codes([namespace('shop', { 'istio-injection': 'enabled', 'istio.io/rev': 'v1' }), web()])).toContain(
      'both-labels',
    )
    expect(codes([namespace('shop', { 'istio.io/dataplane-mode': 'ambient' }), web()])).toContain('in-ambient')
    expect(codes([namespace('shop', { 'istio.io/dataplane-mode': 'ambient', 'istio.io/rev': 'v1' }), web()])).toContain(
      'sidecar-before-ambient',
    )
    expect(
      codes([namespace('shop'), web({ metadata: { annotations: { 'sidecar.istio.io/inject': 'true' } } })]),
    ).toContain('by-annotation')
    expect(codes([namespace('shop'), web()])).toEqual(['namespace-unlabelled'])
  })
  it('is that two revisions inject', () => {
    const other = webhooks('istio-sidecar-injector', { revision: 'default', isDefault: true })
    const answer = ask([...hooks, other, namespace('shop', { 'istio-injection': 'enabled' }), web()], webRef)
    expect(answer).toMatchObject({ outcome: 'injected-twice' })
    expect(answer.changes.map(({ params }) => params.value)).toContain('v1')
  })
  it('is what a Pod that is there has', () => {
    const old = { ...pod('a', 'shop', {}), status: { phase: 'Running' } }
    expect(ask([...hooks, namespace('shop', { 'istio-injection': 'enabled' }), old], refOf('c', old))).toMatchObject({
      outcome: 'injected',
      state: { code: 'missing', pendingRestart: true },
    })
  })
  it('is which of a workload has to be renewed, not the first', () => {
    const set = web({}, 'StatefulSet')
    const owner: [string, string] = ['StatefulSet', 'web']
    const [current, bare] = [pod('web-0', 'shop', { owner, by: 'v1' }), pod('web-1', 'shop', { owner })]
    const objects = [...hooks, namespace('shop', { 'istio.io/rev': 'v1' }), set, current, bare]
    const state = (of: readonly KubernetesObject[]) => ask(of, refOf('c', set)).state?.code
    expect(state(objects)).toBe('missing')
    expect(state(objects.slice(0, -1))).toBe('current')
  })
  it('is that nothing is known', () => {
    expect(ask(hooks, webRef)).toMatchObject({ outcome: 'unknown', trail: [{ code: 'not-found' }] })
    expect(
      ask([...hooks, object('ConfigMap', 'm', { namespace: 'shop' })], {
        ...webRef,
        group: '',
        kind: 'ConfigMap',
        name: 'm',
      }),
    ).toMatchObject({ outcome: 'unknown', trail: [{ code: 'makes-no-pods' }] })
    expect(injection(world([namespace('shop'), web()], []), webRef)).toMatchObject({
      outcome: 'unknown',
      trail: [{ code: 'kind-unread' }],
    })
  })
})

describe('what to change', () => {
  const cases: readonly (readonly KubernetesObject[])[] = [
    [namespace('shop'), web()],
    [namespace('shop', { 'istio-injection': 'off' }), web()],
    [namespace('shop', { 'istio.io/rev': 'v9' }), web()],
    [namespace('shop'), labelled({ 'istio.io/rev': 'v9' })],
    [namespace('shop', { 'istio-injection': 'enabled' }), labelled({ 'sidecar.istio.io/inject': 'false' })],
    [
      namespace('shop', { 'istio-injection': 'enabled' }),
      web({ metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } }),
    ],
    [namespace('shop', { 'istio-injection': 'enabled' }), web({ spec: { hostNetwork: true } })],
    [namespace('shop', { 'istio-injection': 'enabled' }), web()],
    [namespace('shop', { 'istio.io/rev': 'v1' }), web({}, 'StatefulSet')],
  ]
  it.each(cases.map((objects) => ({ objects })))('leads to the other outcome', ({ objects }) => {
    const [, workload] = objects
    const ref = refOf('c', workload ?? web())
    const answer = ask([...hooks, ...objects], ref)
    expect(answer.changes.length).toBeGreaterThan(0)
    for (const { patches } of answer.changes) {
      const after = objects.map((each) => {
        const operations = patches
          .filter((patch) => refKey(patch.ref) === refKey(refOf('c', each)))
          .flatMap((patch) => patch.operations)
        return patched(each, operations)
      })
      expect(after).not.toEqual(objects)
      expect(ask([...hooks, ...after], ref).outcome).toBe(answer.outcome === 'injected' ? 'not-injected' : 'injected')
    }
  })
  it.each<[string, KubernetesObject, string, unknown]>([
    [
      'labels that are there',
      labelled({ app: 'web' }),
      '/spec/template/metadata/labels/sidecar.istio.io~1inject',
      'true',
    ],
    ['none', web(), '/spec/template/metadata/labels', { 'sidecar.istio.io/inject': 'true' }],
    [
      'no metadata',
      object('Deployment', 'web', { namespace: 'shop', spec: { template: { spec: { containers: [] } } } }),
      '/spec/template/metadata',
      { labels: { 'sidecar.istio.io/inject': 'true' } },
    ],
  ])('puts a label beside %s', (...[, workload, path, value]) => {
    const way = ask([...hooks, namespace('shop'), workload], webRef).changes.find(({ code }) => code === 'opt-in')
    expect(way?.patches[0]?.operations).toEqual([{ op: 'add', path, value }])
  })
  it('asks about Pods as their annotation would be then', () => {
    const annotations = { 'sidecar.istio.io/inject': 'false', other: 'x' }
    const [own] = world([...hooks, namespace('shop')]).injection
    const subject = own && subjectOf(own.view, web({ metadata: { annotations } }))
    if (own === undefined || subject === undefined) throw new Error('nobody to inject')
    const after = (value?: string) =>
      annotationWay(own, subject, { code: 'c', name: 'sidecar.istio.io/inject', value }).map(
        ({ pod: then }) => then.metadata.annotations,
      )
    expect(after()).toEqual([{ other: 'x' }])
    expect(after('true')).toEqual([{ other: 'x', 'sidecar.istio.io/inject': 'true' }])
  })
  it('offers what helps only', () => {
    const codes = (objects: readonly KubernetesObject[]) =>
      ask([...hooks, ...objects], webRef).changes.map(({ code }) => code)
    expect(codes([namespace('shop'), web()])).toEqual([
      'enable-namespace',
      'revision-of-namespace',
      'revision-of-namespace',
      'opt-in',
      'revision-of-pod',
      'revision-of-pod',
    ])
    expect(codes([namespace('shop', { 'istio-injection': 'enabled' }), web({ spec: { hostNetwork: true } })])).toEqual([
      'drop-host-network',
    ])
    expect(codes([namespace('shop', { 'istio-injection': 'enabled' }), web()])).toEqual([
      'disable-namespace',
      'opt-out',
    ])
  })
})
