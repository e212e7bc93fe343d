import { createHash } from 'node:crypto'
import type { Identity } from '@orbweaver/kube/client'

/** One signed-in person in one browser. The id itself is only in the cookie; here it is its hash. */
export type Session = {
  /** Name of its Secret, derived from the id's hash. */
  name: string
  identity: Identity
  persona?: string
  /** Bearer token of mode token, to be reviewed again. */
  token?: string
  /** Milliseconds since 1970, all of them. */
  createdAt: number
  seenAt: number
  reviewedAt: number
  /** When it ends whatever happens: 24 h after sign-in, or with the token. */
  expiresAt: number
}

const hour = 3_600_000
export const idleMs = 12 * hour
export const longestMs = 24 * hour

export function sessionName(id: string): string {
  return `orbweaver-session-${createHash('sha256').update(id).digest('hex').slice(0, 48)}`
}

export function isOver(session: Session, now: number): boolean {
  return now >= session.expiresAt || now - session.seenAt >= idleMs
}
