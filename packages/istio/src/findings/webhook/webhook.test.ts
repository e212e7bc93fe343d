import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, service } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  return findingsOf({ objects, ...more }).filter(({ code }) => code.startsWith('webhook.'))
}
const said = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  told(objects, more).map(({ code, ref, pointer, aliases, fixes }) =>
    [code.split('.')[1], ref.name, pointer, ...aliases, ...fixes.map((each) => each.code)].join(' '),
  )
const istiod = service('istiod', 'istio-system')
const target = { service: { name: 'istiod', namespace: 'istio-system' } }
const hook = (more: JsonRecord = {}): JsonRecord => ({ name: 'a.istio.io', clientConfig: target, ...more })
const config = (name: string, webhooks: Json[], labels: Record<string, string> = {}) =>
  ({ ...object('MutatingWebhookConfiguration', name, { labels }), webhooks }) satisfies KubernetesObject

describe('webhooks that overlap', () => {
  const both = (one: JsonRecord, other: JsonRecord, labels: Record<string, string> = {}) =>
    said([istiod, config('one', [hook(one)]), config('two', [hook(other)], labels)]).map((each) => each.split(' ')[1])
  const enabled = { namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } } }
  const ofRevision = (value: string) => ({ namespaceSelector: { matchLabels: { 'istio.io/rev': value } } })
  const inRevision = {
    namespaceSelector: { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: ['v1'] }] },
  }
  const absent = (key: string) => ({ matchExpressions: [{ key, operator: 'DoesNotExist' }] })
  it.each<[JsonRecord, JsonRecord, boolean]>([
    [{}, {}, true],
    [{ namespaceSelector: null }, {}, true],
    [enabled, {}, true],
    [enabled, enabled, true],
    [enabled, { namespaceSelector: { matchLabels: { 'istio-injection': 'disabled' } } }, false],
    [enabled, { namespaceSelector: { matchLabels: { team: 'a' } } }, false],
    [enabled, { namespaceSelector: absent('istio-injection') }, false],
    [enabled, { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Odd' }] } }, false],
    [enabled, ofRevision('v1'), true],
    [ofRevision('v1'), ofRevision('v2'), false],
    [{ ...enabled, objectSelector: { matchLabels: { 'sidecar.istio.io/inject': 'true' } } }, enabled, true],
    [
      { ...enabled, objectSelector: { matchLabels: { 'sidecar.istio.io/inject': 'true' } } },
      { ...enabled, objectSelector: { matchLabels: { 'sidecar.istio.io/inject': 'false' } } },
      false,
    ],
    [
      { objectSelector: { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: ['v1'] }] } },
      { objectSelector: { matchLabels: { 'istio.io/rev': 'v1' } } },
      true,
    ],
    [{ objectSelector: { matchLabels: { 'istio.io/rev': 'v1' } } }, { objectSelector: absent('istio.io/rev') }, false],
    [inRevision, inRevision, true],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(both(one, other)).toEqual(expected ? ['one', 'two'] : [])
  })
  it('name each other', () => {
    const [first] = told([istiod, config('one', [hook()]), config('two', [hook({ name: 'b.istio.io' })])])
    expect(first).toMatchObject({
      code: 'webhook.overlap',
      pointer: '/webhooks/0',
      params: { webhook: 'a.istio.io', others: 'two/b.istio.io' },
      evidence: [{ kind: 'MutatingWebhookConfiguration', name: 'two' }],
      aliases: ['IST0139'],
    })
  })
  it('may be of one configuration, under two names', () => {
    const twice = (name: string) => said([istiod, config('one', [hook(), hook({ name })])])
    expect(twice('a.istio.io')).toEqual([])
    expect(twice('b.istio.io')).toEqual(['overlap one /webhooks/0 IST0139', 'overlap one /webhooks/1 IST0139'])
  })
  it('are Istio’s by their name, or by a revision', () => {
    const other = config('two', [hook({ name: 'a.example.com' })])
    expect(said([istiod, config('one', [hook()]), other])).toEqual([])
    const revised = config('two', [hook({ name: 'a.example.com' })], { 'istio.io/rev': 'v1' })
    expect(said([istiod, config('one', [hook()]), revised])).toHaveLength(2)
  })
})

describe('the service that a webhook calls', () => {
  const at = '/webhooks/0/clientConfig/service'
  it('is there', () => {
    expect(said([config('one', [hook()]), istiod])).toEqual([])
    expect(said([config('one', [hook()])])).toEqual([`service-not-found one ${at} IST0139`])
    expect(said([config('one', [hook()]), service('istiod', 'other')])).toHaveLength(1)
    expect(said([config('one', [hook()])], { unread: ['east'] })).toEqual([])
    expect(said([config('one', [hook({ clientConfig: { url: 'https://a' } })])])).toEqual([])
    expect(said([config('one', [hook({ name: 'a.example.com' })])])).toEqual([])
  })
  it('may be another of the control plane', () => {
    const canary = {
      ...service('istiod-v1', 'istio-system'),
      metadata: { name: 'istiod-v1', namespace: 'istio-system', labels: { app: 'istiod' } },
    }
    expect(said([config('one', [hook()]), canary])).toEqual([`service-not-found one ${at} IST0139 other-service`])
    expect(said([config('one', [hook()]), service('other', 'istio-system')])).toHaveLength(1)
  })
})

describe('the root by which a webhook is trusted', () => {
  const live = (webhook: JsonRecord, kind = 'MutatingWebhookConfiguration') => {
    const made = { ...config('one', [webhook], { 'istio.io/rev': 'v1' }), kind }
    return said([istiod, { ...made, metadata: { ...made.metadata, uid: 'u' } }])
  }
  const missing = ['no-ca one /webhooks/0/clientConfig']
  it('is there, where the cluster calls it and it is to fail closed', () => {
    expect(live(hook())).toEqual(missing)
    expect(live(hook(), 'ValidatingWebhookConfiguration')).toEqual(missing)
    expect(live(hook({ failurePolicy: 'Fail', clientConfig: { ...target, caBundle: '' } }))).toEqual(missing)
    expect(live(hook({ clientConfig: { ...target, caBundle: 'Y2E=' } }))).toEqual([])
    expect(live(hook({ failurePolicy: 'Ignore' }))).toEqual([])
  })
  it('is not asked for in files, of others, and of what has a public certificate', () => {
    expect(said([istiod, config('one', [hook()])])).toEqual([])
    expect(live(hook({ name: 'a.example.com' }))).toEqual([])
    expect(live(hook({ clientConfig: { url: 'https://istiod.example.com/inject' } }))).toEqual([])
  })
  it('is told with the revision whose istiod would write it', () => {
    const made = config('one', [hook()])
    const [found] = told([istiod, { ...made, metadata: { ...made.metadata, uid: 'u' } }])
    expect(found).toMatchObject({ severity: 'error', params: { webhook: 'a.istio.io', revision: 'default' } })
  })
})

describe('whom Istio’s webhooks call elsewhere', () => {
  const url = (value: string) => hook({ clientConfig: { url: value } })
  const of = (name: string, webhook: JsonRecord, kind = 'ValidatingWebhookConfiguration') =>
    said([istiod, { ...object(kind, name), webhooks: [webhook] }])
  const name = 'istio-validator'
  it.each([
    ['https://istiod.example.com:15017/inject', []],
    ['', []],
    ['https://192.0.2.1:15017/inject', ['url-address istio-validator /webhooks/0/clientConfig/url IST0164']],
    ['https://[2001:db8::1]/inject', ['url-address istio-validator /webhooks/0/clientConfig/url IST0164']],
    ['https://[fe80::1%25eth0]/inject', []],
    ['http://a b', ['url-invalid istio-validator /webhooks/0/clientConfig/url IST0163']],
    ['%zz', ['url-invalid istio-validator /webhooks/0/clientConfig/url IST0163']],
  ])('%s', (value, expected) => {
    expect(of(name, url(value))).toEqual(expected)
  })
  it('is somebody', () => {
    expect(of(name, hook())).toEqual([])
    expect(of(name, hook({ clientConfig: {} }))).toEqual(['no-target istio-validator /webhooks/0/clientConfig IST0163'])
    expect(of(name, { name: 'a' })).toHaveLength(1)
  })
  it('goes by the name of the configuration', () => {
    const bad = url('%zz')
    for (const each of ['istiod-default-validator', 'istio-validator-istio-system'])
      expect(of(each, bad)).toHaveLength(1)
    for (const each of ['other', 'istiod-default-validator-2']) expect(of(each, bad)).toEqual([])
    expect(of('istio-sidecar-injector-v1', bad)).toEqual([])
    expect(of('istio-sidecar-injector-v1', bad, 'MutatingWebhookConfiguration')).toHaveLength(1)
    expect(of('istio-validator', bad, 'MutatingWebhookConfiguration')).toEqual([])
  })
})
