import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterFacts, Permission } from '@orbweaver/istio/preflight/check'
import { selfSubjectAccessReview } from '@orbweaver/kube/access'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { createPool, type Pool } from '@orbweaver/kube/pool'
import { createTtlCache, type TtlCache } from '../../kube/ttl-cache.ts'

/** As long as other reviews are taken for true (ms). */
const keptMs = 30_000
const mostInFlight = 10
/** Longer than anybody waits: what comes late is there for the next who looks. */
const deadlineMs = 5_000

/** What was said to one client; new credentials are a new client, and are asked about anew. */
type Asked = { answers: TtlCache<boolean>; pool: Pool }
const asked = new WeakMap<KubeClient, Asked>()

/**
 * Which of these rights the client's own account has; undefined while not all are known and `patienceMs` is over. Asking
 * goes on then. Every right is asked once in 30 s, however many look, and ten at a time.
 */
export async function ownRights(
  client: KubeClient,
  needed: readonly Permission[],
  patienceMs: number,
): Promise<ClusterFacts['permissions']> {
  const known = asked.get(client) ?? {
    answers: createTtlCache<boolean>({ ttlMs: keptMs, max: 1_000 }),
    pool: createPool(mostInFlight),
  }
  asked.set(client, known)
  const all = Promise.all(
    needed.map(async (permission) => {
      const review = () => known.pool(() => selfSubjectAccessReview(client, permission, { deadlineMs }))
      const allowed = await known.answers.get(spell(permission), async () => (await review()).allowed)
      return { permission, allowed }
    }),
  ).catch((error: unknown) => {
    if (error instanceof KubeError) return undefined
    throw error
  })
  const inTime = new AbortController()
  const late = sleep(patienceMs, undefined, { signal: inTime.signal }).catch(() => undefined)
  try {
    return await Promise.race([all, late])
  } finally {
    inTime.abort()
  }
}

const spell = ({ verb, group, resource }: Permission) => JSON.stringify([verb, group, resource])
