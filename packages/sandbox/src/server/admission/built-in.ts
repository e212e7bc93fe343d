import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { admittedPodDefaults } from '../builtins/pod-defaults.ts'
import { ensureRecord } from '../clone.ts'
import { ApiFault, forbidden, notFound } from '../status.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Attempt } from './admission.ts'

/** NamespaceLifecycle: nothing is made in a namespace that is missing or ending. */
export function requireNamespace(store: ObjectStore, attempt: Attempt): void {
  const { definition } = attempt.served
  if (!definition.namespaced || attempt.operation !== 'CREATE' || attempt.subresource !== '') return
  const namespace = store.get('namespaces', undefined, attempt.namespace)?.object
  if (namespace === undefined) throw notFound({ group: '', plural: 'namespaces' }, attempt.namespace)
  if (namespace.metadata.deletionTimestamp === undefined) return
  const why = `unable to create new content in namespace ${attempt.namespace} because it is being terminated`
  const fault = forbidden(definition, attempt.name, why)
  const message = `namespace ${attempt.namespace} is being terminated`
  const causes = [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }]
  throw new ApiFault({ code: 403, reason: 'Forbidden', message: fault.message, details: { ...fault.details, causes } })
}

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount'

/** What a new Pod gets on its way: priority, tolerations, a ServiceAccount and, unless told otherwise, its token. */
export function admitPod(parts: { store: ObjectStore; suffix: () => string }, attempt: Attempt): void {
  const pod = attempt.object
  if (attempt.served.definition.key !== 'pods' || attempt.operation !== 'CREATE' || pod === undefined) return
  if (attempt.subresource !== '') return
  const spec = ensureRecord(pod, 'spec')
  admittedPodDefaults(spec)
  const name = textAt(spec, 'serviceAccountName') ?? ''
  spec.serviceAccountName = name === '' ? 'default' : name
  spec.serviceAccount = spec.serviceAccountName
  const account = parts.store.get('serviceaccounts', attempt.namespace, spec.serviceAccountName)?.object
  if (account === undefined) {
    const missing = spec.serviceAccountName
    const why = `error looking up service account ${attempt.namespace}/${missing}: serviceaccount "${missing}" not found`
    throw forbidden({ group: '', plural: 'pods' }, attempt.name, why)
  }
  if (mounts(pod, account)) mountToken(pod, `kube-api-access-${parts.suffix()}`)
}

function mounts(pod: KubernetesObject, account: KubernetesObject): boolean {
  const own = recordAt(pod, 'spec').automountServiceAccountToken
  if (typeof own === 'boolean') return own
  return account.automountServiceAccountToken !== false
}

function mountToken(pod: KubernetesObject, fresh: string): void {
  const spec = ensureRecord(pod, 'spec')
  const existing = listAt(spec, 'volumes').find((each) => (textAt(each, 'name') ?? '').startsWith('kube-api-access-'))
  const name = textAt(existing, 'name') ?? fresh
  let used = false
  for (const list of ['initContainers', 'containers']) {
    for (const container of listAt(spec, list)) {
      if (
        !isRecord(container) ||
        listAt(container, 'volumeMounts').some((each) => textAt(each, 'mountPath') === mountPath)
      )
        continue
      container.volumeMounts = [...listAt(container, 'volumeMounts'), { name, readOnly: true, mountPath }]
      used = true
    }
  }
  if (!used || existing !== undefined) return
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] },
    },
  ]
  spec.volumes = [...listAt(spec, 'volumes'), { name, projected: { sources, defaultMode: 420 } }]
}
