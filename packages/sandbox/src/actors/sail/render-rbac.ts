import { flagAt, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { chartLabels, chartObject } from './chart-objects.ts'
import { istiodName, suffixOf } from './names.ts'
import type { Injection } from './render-webhooks.ts'

/** Roles of the charts, reduced to the groups and verbs that matter to an observer. */

const API = 'rbac.authorization.k8s.io'
const READ = ['get', 'list', 'watch']
const ISTIO_GROUPS = [
  'config.istio.io',
  'security.istio.io',
  'networking.istio.io',
  'authentication.istio.io',
  'rbac.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
]
const rule = (apiGroups: string[], resources: string[], verbs: string[]): JsonRecord => ({
  apiGroups,
  resources,
  verbs,
})

const ISTIOD_RULES = [
  rule(['admissionregistration.k8s.io'], ['mutatingwebhookconfigurations'], [...READ, 'update', 'patch']),
  rule(['admissionregistration.k8s.io'], ['validatingwebhookconfigurations'], [...READ, 'update']),
  rule(ISTIO_GROUPS, ['*'], READ),
  rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], READ),
  rule([''], ['pods', 'nodes', 'services', 'namespaces', 'endpoints'], READ),
  rule(['discovery.k8s.io'], ['endpointslices'], READ),
  rule([''], ['configmaps'], ['create', ...READ, 'update']),
  rule(['authentication.k8s.io'], ['tokenreviews'], ['create']),
  rule(['authorization.k8s.io'], ['subjectaccessreviews'], ['create']),
]

const READER_RULES = [
  rule(ISTIO_GROUPS, ['*'], READ),
  rule(
    [''],
    ['endpoints', 'pods', 'services', 'nodes', 'replicationcontrollers', 'namespaces', 'secrets', 'configmaps'],
    READ,
  ),
  rule(['networking.x-k8s.io', 'gateway.networking.k8s.io'], ['gateways'], READ),
  rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], READ),
  rule(['discovery.k8s.io'], ['endpointslices'], READ),
  rule(['apps'], ['replicasets'], READ),
  rule(['authentication.k8s.io'], ['tokenreviews'], ['create']),
  rule(['authorization.k8s.io'], ['subjectaccessreviews'], ['create']),
]

/** A remote cluster lets the primary's istiod write there what a local istiod would. */
const REMOTE_RULES = [
  rule([''], ['configmaps'], ['create', ...READ, 'update']),
  rule(['admissionregistration.k8s.io'], ['mutatingwebhookconfigurations'], [...READ, 'update', 'patch']),
  rule(['admissionregistration.k8s.io'], ['validatingwebhookconfigurations'], [...READ, 'update']),
]

type Pair = { kind: 'Role' | 'ClusterRole'; name: string; account: string; rules: JsonRecord[] }

function roleAndBinding(injection: Injection, { kind, name, account, rules }: Pair): KubernetesObject[] {
  const { revision, namespace } = injection
  const component = account.startsWith('istio-reader') ? 'istio-reader' : 'istiod'
  const labels = { ...chartLabels(revision, component), app: component }
  const place = kind === 'Role' ? { namespace } : {}
  const named = { apiVersion: `${API}/v1`, name, labels, ...place }
  return [
    chartObject({ ...named, kind }, { rules }),
    chartObject(
      { ...named, kind: `${kind}Binding` },
      {
        roleRef: { apiGroup: API, kind, name },
        subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
      },
    ),
  ]
}

export function readerRole(injection: Injection): KubernetesObject[] {
  const name = `istio-reader-clusterrole${suffixOf(injection.revision)}-${injection.namespace}`
  const remote = flagAt(injection.values, 'istiodRemote', 'enabled') === true
  const rules = remote ? [...READER_RULES, ...REMOTE_RULES] : READER_RULES
  return roleAndBinding(injection, { kind: 'ClusterRole', name, account: 'istio-reader-service-account', rules })
}

export function istiodAccount(injection: Injection): KubernetesObject[] {
  const { revision, namespace } = injection
  const account = istiodName(revision)
  const suffix = `${suffixOf(revision)}-${namespace}`
  const labels = { ...chartLabels(revision, 'istiod'), app: 'istiod' }
  const gateways = [rule(['apps'], ['deployments'], [...READ, 'create', 'update', 'patch', 'delete'])]
  const local = [
    rule(['networking.istio.io'], ['gateways'], ['create']),
    rule([''], ['secrets'], ['create', ...READ, 'update', 'delete']),
    rule([''], ['configmaps'], ['delete']),
    rule(['coordination.k8s.io'], ['leases'], ['get', 'update', 'patch', 'create']),
  ]
  return [
    chartObject({ apiVersion: 'v1', kind: 'ServiceAccount', name: account, namespace, labels }, {}),
    ...roleAndBinding(injection, { kind: 'Role', name: account, account, rules: local }),
    ...roleAndBinding(injection, {
      kind: 'ClusterRole',
      name: `istiod-clusterrole${suffix}`,
      account,
      rules: ISTIOD_RULES,
    }),
    ...roleAndBinding(injection, {
      kind: 'ClusterRole',
      name: `istiod-gateway-controller${suffix}`,
      account,
      rules: gateways,
    }),
  ]
}
