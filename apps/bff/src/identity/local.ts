import type { Authority } from './authority.ts'
import type { PersonaIdentity } from './personas.ts'
import { longestMs, type Session } from './session.ts'
import type { SessionStore } from './session-store.ts'
import type { SignedIn } from './visit.ts'

/** Mode local: one signs in as a persona of the file, without proof. Only ever on loopback. */
export function createLocalAuthority(personas: readonly PersonaIdentity[], sessions: SessionStore): Authority {
  const byId = new Map(personas.map((each) => [each.id, each]))
  return {
    mode: 'local',
    implicit: false,
    personas: personas.map(({ id, name, description }) =>
      description === undefined ? { id, name } : { id, name, description },
    ),
    async whoIs(sessionId) {
      const session = sessionId === undefined ? undefined : await sessions.find(sessionId)
      return session === undefined ? undefined : signedIn(session)
    },
    async signIn(sessionId, input) {
      const persona = input.mode === 'local' ? byId.get(input.persona) : undefined
      if (persona === undefined) return undefined
      const now = Date.now()
      const times = { createdAt: now, seenAt: now, reviewedAt: now, expiresAt: now + longestMs }
      return signedIn(await sessions.create(sessionId, { ...times, identity: persona.identity, persona: persona.id }))
    },
    signOut: (sessionId) => sessions.revoke(sessionId),
  }
}

function signedIn({ identity, persona }: Session): SignedIn {
  return persona === undefined ? { identity } : { identity, persona }
}
