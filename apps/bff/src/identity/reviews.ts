import { selfSubjectReview, subjectAccessReview, tokenReview } from '@orbweaver/kube/access'
import type { Identity, KubeClient } from '@orbweaver/kube/client'
import { normaliseIdentity } from './normalise.ts'

const deadlineMs = 5_000

/** Whom the hub takes a bearer token for; undefined when it does not, or when it is nobody who may act here. */
export async function reviewToken(hub: KubeClient, token: string): Promise<Identity | undefined> {
  const verdict = await tokenReview(hub, { token }, { deadlineMs })
  if (!verdict.authenticated) return undefined
  const { user, groups } = verdict.identity
  return normaliseIdentity({ user, groups })
}

/** Whom the hub takes the kubeconfig's own account for. Shown, never impersonated, so it stays as it is. */
export async function reviewSelf(hub: KubeClient): Promise<Identity> {
  const { user, groups } = await selfSubjectReview(hub, { deadlineMs })
  return { user, groups }
}

/**
 * Whether the bearer of a token may get a path of ours, by the hub's RBAC on nonResourceURLs. Machines ask this: they are
 * whom the hub says they are, `system:` names and groups too, and are never impersonated. Rejects with KubeError.
 */
export async function mayGetPath(hub: KubeClient, token: string, path: string): Promise<'yes' | 'no' | 'nobody'> {
  const verdict = await tokenReview(hub, { token }, { deadlineMs })
  if (!verdict.authenticated) return 'nobody'
  const question = { verb: 'get', path }
  const { allowed } = await subjectAccessReview(hub, { identity: verdict.identity, question }, { deadlineMs })
  return allowed ? 'yes' : 'no'
}
