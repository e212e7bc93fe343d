import { isRecord, type Json, type JsonRecord, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { breaking, only } from '../breakage.ts'
import { check, type Check } from '../check.ts'
import { fits, something, type Shape } from '../fits.ts'
import { answering } from '../forms.ts'
import { type ControlPlane, controlPlane } from './control-plane.ts'
import { rev } from './injection-ground.ts'
import {
  becomes,
  bundleOf,
  configuration,
  configurations,
  entry,
  group,
  losingRevision,
  merge,
  ofNoRevision,
} from './istiod-webhook-setup.ts'

const validator = (plane: ControlPlane, name: string, more: JsonRecord = {}): JsonRecord =>
  entry(plane, name, {
    clientConfig: { service: { name: `istiod-${plane.revision}`, namespace: plane.namespace, path: '/validate' } },
    failurePolicy: 'Ignore',
    ...more,
  })

/** Source: istio pkg/webhooks/validation/controller/controller.go. */
const patched: readonly Check[] = [
  check(
    'A validation webhook of a revision gets its root, and its failurePolicy goes from Ignore to Fail: in every entry.',
    ofNoRevision,
    async (scene) => {
      const plane = await controlPlane(scene)
      const webhooks = [validator(plane, 'validation.istio.io'), validator(plane, 'else.example.com')]
      const path = await configuration(scene, { kind: 'validating', labels: { [rev]: plane.revision }, webhooks })
      const patched = { clientConfig: { caBundle: await bundleOf(scene, plane) }, failurePolicy: 'Fail' }
      await becomes(scene, path, patched, patched)
    },
  ),
  check(
    'A validation webhook of no revision stays as it is.',
    breaking('the difference of revisions', ({ method, path, body }) => {
      if (method !== 'POST' || !configurations.test(path) || !isRecord(body)) return
      const own = recordAt(body, 'metadata')
      body.metadata = { ...own, labels: { [rev]: stringsAt(own, 'labels').known } }
    }),
    async (scene) => {
      const plane = await controlPlane(scene)
      const webhooks = [validator(plane, 'validation.istio.io')]
      const known = { known: plane.revision }
      const none = await configuration(scene, { kind: 'validating', name: 'none', labels: known, webhooks })
      const labels = { ...known, [rev]: plane.revision }
      const own = await configuration(scene, { kind: 'validating', name: 'own', labels, webhooks })
      await becomes(scene, own, { failurePolicy: 'Fail' })
      fits((await scene.ask(none)).body, {
        webhooks: [{ failurePolicy: 'Ignore', clientConfig: { caBundle: undefined } }],
      })
    },
  ),
  check('failurePolicy Ignore and another caBundle do not last.', losingRevision, async (scene) => {
    const plane = await controlPlane(scene)
    const caBundle = await bundleOf(scene, plane)
    const labels = { [rev]: plane.revision }
    const webhooks: Json[] = [validator(plane, 'validation.istio.io')]
    const path = await configuration(scene, {
      kind: 'validating',
      labels,
      webhooks: [validator(plane, 'validation.istio.io')],
    })
    await becomes(scene, path, { failurePolicy: 'Fail', clientConfig: { caBundle } })
    fits(await scene.ask(path, { ...merge, body: { webhooks } }), {
      status: 200,
      body: { webhooks: [{ failurePolicy: 'Ignore' }] },
    })
    await becomes(scene, path, { failurePolicy: 'Fail', clientConfig: { caBundle } })
  }),
]

const inChart: { readonly [key: string]: Shape } = {
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  matchPolicy: 'Equivalent',
  timeoutSeconds: 10,
  failurePolicy: 'Fail',
  clientConfig: { caBundle: something },
}

const failingOpen = only({ path: configurations }, answering(['webhooks', '*', 'failurePolicy'], 'Ignore'))

/** Source: istio manifests/charts/istio-control/istio-discovery/templates. */
const installed: readonly Check[] = [
  check(
    "A revision's injection webhooks fail closed, have no side effects, and are asked once, about new Pods alone.",
    failingOpen,
    async (scene) => {
      const { namespace, revision } = await controlPlane(scene)
      const path = `${group}/mutatingwebhookconfigurations/istio-sidecar-injector-${revision}-${namespace}`
      const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' }]
      fits((await scene.ask(path)).body, {
        metadata: { labels: { [rev]: revision, app: 'sidecar-injector' } },
        webhooks: ['rev.namespace.', 'rev.object.'].map((prefix) => ({
          ...inChart,
          name: `${prefix}sidecar-injector.istio.io`,
          reinvocationPolicy: 'Never',
          rules,
        })),
      })
    },
  ),
  check(
    "A revision's validation webhook looks at Istio's own objects with the label of the revision, and fails closed.",
    failingOpen,
    async (scene) => {
      const { namespace, revision } = await controlPlane(scene)
      const path = `${group}/validatingwebhookconfigurations/istio-validator-${revision}-${namespace}`
      const rule = {
        apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
        apiVersions: ['*'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['*'],
        scope: '*',
      }
      await becomes(scene, path, {
        ...inChart,
        name: 'rev.validation.istio.io',
        objectSelector: { matchExpressions: [{ key: rev, operator: 'In', values: [revision] }] },
        rules: [rule],
      })
    },
  ),
]

export const validators: readonly Check[] = [...patched, ...installed]
