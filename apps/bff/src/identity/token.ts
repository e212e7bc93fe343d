import type { KubeClient } from '@orbweaver/kube/client'
import { tokenEnd } from '@orbweaver/kube/kubeconfig/credential-ends'
import { KubeError } from '@orbweaver/kube/error'
import type { Logger } from 'pino'
import { createTtlCache } from '../kube/ttl-cache.ts'
import type { Authority } from './authority.ts'
import { reviewToken } from './reviews.ts'
import { longestMs, type Session } from './session.ts'
import type { SessionStore } from './session-store.ts'

const reviewEveryMs = 600_000
/** After a review that could not be made, so that a hub out of reach costs one attempt in this time. */
const retryReviewMs = 30_000

type Options = { hub: KubeClient; sessions: SessionStore; log: Logger; now?: () => number }

/** Mode token: a bearer token of the hub, reviewed there at sign-in and every 10 minutes; the session ends with it. */
export function createTokenAuthority({ hub, sessions, log, now = Date.now }: Options): Authority {
  const reviews = createTtlCache<boolean>({ ttlMs: 1_000, max: 20_000, now })

  const stillValid = async (session: Session, sessionId: string): Promise<boolean> => {
    const { token } = session
    if (token === undefined) return false
    try {
      const identity = await reviewToken(hub, token)
      if (identity === undefined) {
        await sessions.revoke(sessionId)
        return false
      }
      session.identity = identity
      session.reviewedAt = now()
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      log.warn({ code: error.code }, 'a token could not be reviewed again; its session goes on')
      session.reviewedAt = now() - reviewEveryMs + retryReviewMs
    }
    return true
  }

  return {
    mode: 'token',
    implicit: false,
    personas: [],
    async whoIs(sessionId) {
      const session = sessionId === undefined ? undefined : await sessions.find(sessionId)
      if (session === undefined || sessionId === undefined) return undefined
      const due = now() - session.reviewedAt >= reviewEveryMs
      if (due && !(await reviews.get(session.name, () => stillValid(session, sessionId)))) return undefined
      return { identity: session.identity }
    },
    async signIn(sessionId, input) {
      if (input.mode !== 'token') return undefined
      const token = input.token.trim()
      const identity = isBearerToken(token) ? await reviewToken(hub, token) : undefined
      if (identity === undefined) return undefined
      const at = now()
      // An opaque token, as OpenShift's, does not say: the 10-minute review ends its session.
      const expiresAt = Math.min(at + longestMs, tokenEnd(token)?.getTime() ?? Number.POSITIVE_INFINITY)
      if (expiresAt <= at) return undefined
      await sessions.create(sessionId, { identity, token, createdAt: at, seenAt: at, reviewedAt: at, expiresAt })
      return { identity }
    },
    signOut: (sessionId) => sessions.revoke(sessionId),
  }
}

/** b64token of RFC 6750: what an Authorization header can carry, and nothing that could end its line. */
export function isBearerToken(text: string): boolean {
  return /^[A-Za-z0-9._~+/-]+=*$/.test(text)
}
