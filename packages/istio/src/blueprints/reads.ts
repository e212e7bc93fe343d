import { readerTokenSecret } from '../world/names.ts'

/** A kind the reconciler must have read of a cluster before it may judge it. */
export type Read = { group: string; version: string; resource: string; kind: string; optional: boolean }

/**
 * What blueprints, discovery and preflight look at. `optional` kinds come with the Sail Operator or with Istio: where
 * their CRD is missing, that is an answer.
 */
export const reads: readonly Read[] = [
  ...kindsOf('/v1', {
    namespaces: 'Namespace',
    services: 'Service',
    pods: 'Pod',
    configmaps: 'ConfigMap',
    secrets: 'Secret',
    serviceaccounts: 'ServiceAccount',
  }),
  ...kindsOf('apps/v1', { deployments: 'Deployment' }),
  ...kindsOf('admissionregistration.k8s.io/v1', {
    mutatingwebhookconfigurations: 'MutatingWebhookConfiguration',
    validatingwebhookconfigurations: 'ValidatingWebhookConfiguration',
  }),
  ...kindsOf('apiextensions.k8s.io/v1', { customresourcedefinitions: 'CustomResourceDefinition' }),
  ...kindsOf('sailoperator.io/v1', {
    istios: 'Istio',
    istiorevisions: 'IstioRevision',
    istiorevisiontags: 'IstioRevisionTag',
  }),
  ...kindsOf('networking.istio.io/v1', { gateways: 'Gateway', sidecars: 'Sidecar' }),
]

/** The one Secret whose values the reconciler reads itself, live and never kept: its `token` and `ca.crt`. */
export function readerSecretOf(namespace: string): { name: string; namespace: string } {
  return { name: readerTokenSecret, namespace }
}

/** ConfigMaps by name: the mirror need not keep the others. */
export function isReadConfigMap(name: string): boolean {
  return /^(values|istio|istio-sidecar-injector)(-|$)/.test(name)
}

function kindsOf(groupVersion: string, resources: Record<string, string>): Read[] {
  const [group = '', version = ''] = groupVersion.split('/')
  const optional = group === 'sailoperator.io' || group === 'networking.istio.io'
  return Object.entries(resources).map(([resource, kind]) => ({ group, version, resource, kind, optional }))
}
