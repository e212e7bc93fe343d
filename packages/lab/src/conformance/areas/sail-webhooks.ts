import type { Area } from '../check.ts'
import { type Shape, something } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import { type ControlPlane, controlPlane } from './control-plane.ts'
import { brought, labelsOf } from './sail-plane.ts'
import { admission } from './sail.ts'

const unlabelled = withoutAnswered(['metadata', 'labels'])

const absent = (key: string): Shape => ({ key, operator: 'DoesNotExist' })
const isIn = (key: string, ...values: string[]): Shape => ({ key, operator: 'In', values })
const notRefused = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }

const injection = (name: string, facts: ControlPlane, selectors: readonly [Shape, Shape]) => {
  const [namespaceSelector, objectSelector] = selectors
  const service = { name: `istiod-${facts.revision}`, namespace: facts.namespace, path: '/inject', port: 443 }
  return {
    name,
    clientConfig: { service, caBundle: something },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: '*' }],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    reinvocationPolicy: 'Never',
    admissionReviewVersions: ['v1'],
    namespaceSelector,
    objectSelector,
  }
}

const matching = (...matchExpressions: Shape[]): Shape => ({ matchExpressions })
const both = (name: string, facts: ControlPlane) => [
  injection('rev.namespace.sidecar-injector.istio.io', facts, [
    matching(isIn('istio.io/rev', name), absent('istio-injection')),
    matching(notRefused),
  ]),
  injection('rev.object.sidecar-injector.istio.io', facts, [
    matching(absent('istio.io/rev'), absent('istio-injection')),
    matching(notRefused, isIn('istio.io/rev', name)),
  ]),
]

const ofDefault = (facts: ControlPlane) => [
  injection('namespace.sidecar-injector.istio.io', facts, [
    matching(isIn('istio-injection', 'enabled')),
    matching(notRefused),
  ]),
  injection('object.sidecar-injector.istio.io', facts, [
    matching(absent('istio-injection'), absent('istio.io/rev')),
    matching(isIn('sidecar.istio.io/inject', 'true'), absent('istio.io/rev')),
  ]),
]

const validation = (name: string, { revision, namespace }: ControlPlane, objectSelector: Shape) => ({
  name,
  clientConfig: { service: { name: `istiod-${revision}`, namespace, path: '/validate' }, caBundle: something },
  rules: [
    {
      operations: ['CREATE', 'UPDATE'],
      apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
      apiVersions: ['*'],
      resources: ['*'],
    },
  ],
  sideEffects: 'None',
  objectSelector,
})

export const sailWebhooks: Area = {
  title: 'Sail webhooks',
  shares: [controlPlane],
  checks: [
    brought(
      'Its injection webhooks are two, of the revision, and fail closed.',
      withoutAnswered(['webhooks', '*', 'objectSelector']),
      {
        at: ({ revision, namespace }) =>
          `${admission}/mutatingwebhookconfigurations/istio-sidecar-injector-${revision}-${namespace}`,
        is: (facts) => ({
          metadata: { labels: { ...labelsOf(facts.revision), app: 'sidecar-injector' } },
          webhooks: both(facts.revision, facts),
        }),
      },
    ),
    brought(
      'Its validation webhook looks at objects labelled with the revision.',
      withoutAnswered(['webhooks', '*', 'objectSelector']),
      {
        at: ({ revision, namespace }) =>
          `${admission}/validatingwebhookconfigurations/istio-validator-${revision}-${namespace}`,
        is: (facts) => ({
          metadata: { labels: { app: 'istiod', istio: 'istiod', 'istio.io/rev': facts.revision } },
          webhooks: [validation('rev.validation.istio.io', facts, matching(isIn('istio.io/rev', facts.revision)))],
        }),
      },
    ),
    brought(
      'The tag default brings four webhooks: two under its name, and those of istio-injection and sidecar.istio.io/inject.',
      withoutAnswered(['webhooks', '*', 'namespaceSelector']),
      {
        at: ({ namespace }) => `${admission}/mutatingwebhookconfigurations/istio-revision-tag-default-${namespace}`,
        is: (facts) => ({
          metadata: {
            labels: { 'istio.io/tag': 'default', 'istio.io/rev': facts.revision, release: 'default-revisiontags' },
          },
          webhooks: [...both('default', facts), ...ofDefault(facts)],
        }),
      },
    ),
    brought('It brings the validation webhook of every object, too.', unlabelled, {
      at: () => `${admission}/validatingwebhookconfigurations/istiod-default-validator`,
      is: (facts) => ({
        metadata: {
          labels: { app: 'istiod', istio: 'istiod', 'istio.io/rev': facts.revision, release: 'default-base' },
        },
        webhooks: [validation('validation.istio.io', facts, { matchExpressions: undefined })],
      }),
    }),
  ],
}
