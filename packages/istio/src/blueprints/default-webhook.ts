import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { defaultTagWebhookName, revisionOf } from '../meshes/names.ts'
import { injectsByDefault } from '../meshes/values.ts'
import { ignoredNamespaces, names } from '../world/names.ts'
import { ownLabels } from './objects.ts'

/**
 * What `istioctl tag set default` would write into a member of a managed mesh, where Sail's tag may not point at a
 * remote revision (docs/decisions/0001): the webhooks that answer `istio-injection=enabled` and a Pod's own opt-in.
 * istiod fills in caBundle, finding the configuration by its label `istio.io/rev`. Selectors and names are those of
 * istio-discovery/templates/revision-tags-mwc.yaml; moving the default is applying this again for another revision.
 */
export function defaultTagWebhook(mesh: Mesh, cluster: string, injectionPath: string): KubernetesObject {
  const revision = revisionOf(mesh)
  const { namespace } = mesh.controlPlane
  const service = { name: `istiod-${revision}`, namespace, path: injectionPath, port: 443 }
  const entries = injectsByDefault(mesh, cluster) ? [...served, byDefault] : served
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: defaultTagWebhookName(namespace),
      labels: { ...ownLabels(mesh), app: 'sidecar-injector', [names.tag]: 'default', [names.revision]: revision },
    },
    webhooks: entries.map((entry) => webhook(entry, service)),
  }
}

type Entry = { prefix: string; namespace: Json[]; object: Json[] }

const absent = (key: string): JsonRecord => ({ key, operator: 'DoesNotExist' })
const among = (key: string, value: string): JsonRecord => ({ key, operator: 'In', values: [value] })
const notOptedOut: JsonRecord = { key: names.inject, operator: 'NotIn', values: ['false'] }
const unlabelled = [absent(names.revision), absent(names.injection)]

const served: Entry[] = [
  {
    prefix: 'rev.namespace.',
    namespace: [among(names.revision, 'default'), absent(names.injection)],
    object: [notOptedOut],
  },
  { prefix: 'rev.object.', namespace: unlabelled, object: [notOptedOut, among(names.revision, 'default')] },
  { prefix: 'namespace.', namespace: [among(names.injection, 'enabled')], object: [notOptedOut] },
  { prefix: 'object.', namespace: unlabelled, object: [among(names.inject, 'true'), absent(names.revision)] },
]

/** Only with `sidecarInjectorWebhook.enableNamespacesByDefault`: the mesh's global switch. */
const byDefault: Entry = {
  prefix: 'auto.',
  namespace: [...unlabelled, { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...ignoredNamespaces] }],
  object: [absent(names.inject), absent(names.revision)],
}

function webhook(entry: Entry, service: JsonRecord): JsonRecord {
  return {
    name: `${entry.prefix}sidecar-injector.istio.io`,
    clientConfig: { service },
    sideEffects: 'None',
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], scope: '*' }],
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    reinvocationPolicy: 'Never',
    timeoutSeconds: 10,
    admissionReviewVersions: ['v1'],
    namespaceSelector: { matchExpressions: entry.namespace },
    objectSelector: { matchExpressions: entry.object },
  }
}
