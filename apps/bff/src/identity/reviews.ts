import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import type { Identity, KubeClient } from '@orbweaver/kube/client'
import { normaliseIdentity } from './normalise.ts'

const base = '/apis/authentication.k8s.io/v1'
const deadlineMs = 5_000

/** Whom the hub takes a bearer token for; undefined when it does not, or when it is nobody who may act here. */
export async function reviewToken(hub: KubeClient, token: string): Promise<Identity | undefined> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } }
  const answer = await hub.raw(`${base}/tokenreviews`, { method: 'POST', body, deadlineMs })
  if (flagAt(answer.body, 'status', 'authenticated') !== true) return undefined
  const user = textAt(answer.body, 'status', 'user', 'username') ?? ''
  return normaliseIdentity({ user, groups: texts(listAt(answer.body, 'status', 'user', 'groups')) })
}

/** Whom the hub takes the kubeconfig's own account for. Shown, never impersonated, so it stays as it is. */
export async function reviewSelf(hub: KubeClient): Promise<Identity> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
  const answer = await hub.raw(`${base}/selfsubjectreviews`, { method: 'POST', body, deadlineMs })
  return {
    user: textAt(answer.body, 'status', 'userInfo', 'username') ?? '',
    groups: texts(listAt(answer.body, 'status', 'userInfo', 'groups')),
  }
}

function texts(list: unknown[]): string[] {
  return list.filter((each) => typeof each === 'string')
}
