import { selfSubjectReview, tokenReview } from '@orbweaver/kube/access'
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
