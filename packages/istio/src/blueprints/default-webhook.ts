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
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: defaultTagWebhookName(namespace),
      labels: { ...ownLabels(mesh), app: 'sidecar-injector', [names.tag]: 'default', [names.revision]: revision },
    },
    webhooks: defaultEntries(mesh, cluster).map((entry) => webhook(entry, service)),
  }
}

/**
 * Whom a mesh injects in a cluster once it is whole, whatever of it is there now: by its revision, and by the default.
 * Names and selectors as the charts write them (istio-discovery/templates/mutatingwebhook.yaml, revision-tags-mwc.yaml, 1.30).
 */
export function meshWebhooks(mesh: Mesh, cluster: string): KubernetesObject[] {
  const revision = revisionOf(mesh)
  const byDefault = defaultTagWebhook(mesh, cluster, '/inject')
  const { namespace } = mesh.controlPlane
  const name = namespace === 'istio-system' ? 'istio-sidecar-injector' : `istio-sidecar-injector-${namespace}`
  const service = { name: `istiod-${revision}`, namespace, path: '/inject', port: 443 }
  return [
    {
      ...byDefault,
      metadata: { name: `${name}-${revision}`, labels: { ...ownLabels(mesh), [names.revision]: revision } },
      webhooks: servedBy(revision).map((entry) => webhook(entry, service)),
    },
    byDefault,
  ]
}

type Entry = { prefix: string; namespace: Json[]; object: Json[] }

const absent = (key: string): JsonRecord => ({ key, operator: 'DoesNotExist' })
const among = (key: string, value: string): JsonRecord => ({ key, operator: 'In', values: [value] })
const notOptedOut: JsonRecord = { key: names.inject, operator: 'NotIn', values: ['false'] }
const unlabelled = [absent(names.revision), absent(names.injection)]

/** Who names a revision, or a tag of one. */
const servedBy = (revision: string): Entry[] => [
  {
    prefix: 'rev.namespace.',
    namespace: [among(names.revision, revision), absent(names.injection)],
    object: [notOptedOut],
  },
  { prefix: 'rev.object.', namespace: unlabelled, object: [notOptedOut, among(names.revision, revision)] },
]

function defaultEntries(mesh: Mesh, cluster: string): Entry[] {
  const entries: Entry[] = [
    ...servedBy('default'),
    { prefix: 'namespace.', namespace: [among(names.injection, 'enabled')], object: [notOptedOut] },
    { prefix: 'object.', namespace: unlabelled, object: [among(names.inject, 'true'), absent(names.revision)] },
  ]
  return injectsByDefault(mesh, cluster) ? [...entries, byDefault] : entries
}

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
