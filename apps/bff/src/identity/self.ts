import type { Identity, KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { createTtlCache } from '../kube/ttl-cache.ts'
import type { Authority } from './authority.ts'
import { reviewSelf } from './reviews.ts'

/** Shown while the hub cannot say who its kubeconfig is: older than SelfSubjectReview (1.28), refused, or out of reach. */
const unknownSelf: Identity = { user: 'kubeconfig', groups: [] }

/** Mode self: everybody who reaches the server is the kubeconfig's own account. Only ever on loopback. */
export function createSelfAuthority(hub: KubeClient): Authority {
  const reviews = createTtlCache<Identity>({ ttlMs: 300_000, max: 1 })
  let last = unknownSelf
  let retryAt = 0
  const review = async (): Promise<Identity> => {
    if (Date.now() < retryAt) return last
    try {
      last = await reviews.get('self', () => reviewSelf(hub))
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      retryAt = Date.now() + 30_000
    }
    return last
  }
  return {
    mode: 'self',
    implicit: true,
    personas: [],
    whoIs: async () => ({ identity: await review() }),
    signIn: () => Promise.resolve(undefined),
    signOut: () => Promise.resolve(),
  }
}
