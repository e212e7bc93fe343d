import { describe, expect, it } from 'vitest'
import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, object, service, webhooks } from '../samples.ts'
import { dedicated, facts } from './samples.ts'

const found = (...objects: KubernetesObject[]) =>
  dedicated(facts('hub', {}, ...objects)).filter((each) => each.id.startsWith('webhooks.'))
const istiods = [service('istiod-a', 'istio-system'), service('istiod-b', 'istio-system')]

describe('two that inject', () => {
  const both = [webhooks('a', { revision: 'a', isDefault: true }), webhooks('b', { revision: 'b', isDefault: true })]

  it('are told where a namespace is answered by both', () => {
    const enabled = namespace('shop', { 'istio-injection': 'enabled' })
    const [overlap] = found(...istiods, ...both, enabled, namespace('other', { 'istio-injection': 'disabled' }))
    expect(overlap).toMatchObject({ id: 'webhooks.overlap', severity: 'warning', params: { count: 1 } })
    expect(overlap?.evidence.map(({ ref, value }) => [ref.kind, ref.name, value])).toEqual([
      ['MutatingWebhookConfiguration', 'a', undefined],
      ['MutatingWebhookConfiguration', 'b', undefined],
      ['Namespace', 'shop', 'istio-injection=enabled'],
    ])
  })

  it('are no matter where each answers to its own revision', () => {
    const apart = [webhooks('a', { revision: 'a', isDefault: true }), webhooks('b', { revision: 'b' })]
    const spaces = [namespace('shop', { 'istio-injection': 'enabled' }), namespace('pay', { 'istio.io/rev': 'b' })]
    expect(found(...istiods, ...apart, ...spaces).map((each) => each.id)).toEqual(['webhooks.ok'])
  })
})

describe('one that nobody is behind', () => {
  const validating = (more: { [key: string]: Json }, selector: Json = {}) => ({
    ...object('ValidatingWebhookConfiguration', 'left'),
    webhooks: [
      {
        name: 'validation.example.com',
        clientConfig: { service: { name: 'gone', namespace: 'policy' } },
        rules: [{ operations: ['CREATE'], apiGroups: [''], resources: ['pods'] }],
        namespaceSelector: selector,
        ...more,
      },
    ],
  })

  it('blocks where it sees the Pods of istiod, with the command that removes it', () => {
    expect(found(validating({}))).toMatchObject([
      {
        id: 'webhooks.dead',
        severity: 'blocking',
        params: { config: 'left', service: 'policy/gone' },
        fix: { commands: ['kubectl delete validatingwebhookconfiguration left'] },
      },
    ])
  })

  it('is no matter where it need not answer, sees other Pods, or answers', () => {
    const elsewhere = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }
    for (const objects of [
      [validating({ failurePolicy: 'Ignore' })],
      [validating({}, elsewhere)],
      [validating({}), service('gone', 'policy')],
      [validating({ rules: [{ operations: ['CREATE'], apiGroups: ['networking.istio.io'], resources: ['*'] }] })],
    ]) {
      expect(found(...objects).map((each) => each.id)).toEqual(['webhooks.ok'])
    }
  })

  it('warns of an injector that an earlier Istio left', () => {
    expect(found(webhooks('old', { revision: 'old' }))).toMatchObject([
      { id: 'webhooks.dead', severity: 'warning', params: { service: 'istio-system/istiod-old' } },
    ])
  })

  it('is no matter where the mesh itself brings its Service back', () => {
    const own = dedicated(facts('hub', {}, webhooks('default', { revision: 'shop-v1-30-3' })))
    expect(own.filter((each) => each.id.startsWith('webhooks.')).map((each) => each.id)).toEqual(['webhooks.ok'])
  })
})
