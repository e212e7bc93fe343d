import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import { cloneObject, ensureRecord } from '../clone.ts'
import type { Controller } from './controller.ts'

const type = 'kubernetes.io/service-account-token'
const nameKey = 'kubernetes.io/service-account.name'
const uidKey = 'kubernetes.io/service-account.uid'

/** Fills Secrets of the token type and removes those whose account is gone. Source: controller serviceaccount/tokens_controller.go. */
export function fillTokenSecrets(cluster: Cluster): Controller {
  const look = (secret: KubernetesObject): void => {
    if (textAt(secret, 'type') !== type) return
    const { namespace, name } = secret.metadata
    const current = cluster.store.get('secrets', namespace, name)?.object
    if (current === undefined || current.metadata.deletionTimestamp !== undefined) return
    const account = accountOf(cluster, current)
    if (account === undefined) {
      if (textAt(current, 'data', 'token') !== undefined) cluster.store.remove('secrets', current)
      return
    }
    if (textAt(current, 'data', 'token') === undefined) cluster.store.put('secrets', filled(cluster, current, account))
  }
  return (resource, change) => {
    if (resource === 'secrets' && change.type !== 'DELETED') look(change.entry.object)
    if (resource !== 'serviceaccounts' || change.type === 'MODIFIED') return
    const { namespace, name } = change.entry.object.metadata
    for (const { object } of cluster.store.list('secrets', namespace)) {
      if (textAt(object, 'metadata', 'annotations', nameKey) === name) look(object)
    }
  }
}

/** The account that a token Secret names; one that was made anew is another account. */
function accountOf(cluster: Cluster, secret: KubernetesObject): KubernetesObject | undefined {
  const name = textAt(secret, 'metadata', 'annotations', nameKey) ?? ''
  const account = cluster.store.get('serviceaccounts', secret.metadata.namespace, name)?.object
  const uid = textAt(secret, 'metadata', 'annotations', uidKey)
  return account === undefined || (uid !== undefined && uid !== account.metadata.uid) ? undefined : account
}

function filled(cluster: Cluster, secret: KubernetesObject, account: KubernetesObject): KubernetesObject {
  const after = cloneObject(secret)
  const namespace = secret.metadata.namespace ?? ''
  const uid = account.metadata.uid ?? ''
  ensureRecord(after.metadata, 'annotations')[uidKey] = uid
  const token = cluster.tokens.issue({
    namespace,
    account: { name: account.metadata.name, uid },
    audiences: [],
    secret: { name: secret.metadata.name, uid: secret.metadata.uid ?? '' },
  })
  const data = ensureRecord(after, 'data')
  data['ca.crt'] = Buffer.from(cluster.ca).toString('base64')
  data.namespace = Buffer.from(namespace).toString('base64')
  data.token = Buffer.from(token).toString('base64')
  return after
}
