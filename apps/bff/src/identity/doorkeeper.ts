import type { Session } from '@orbweaver/contracts/access'
import type { Request, Response } from 'express'
import type { Authority } from './authority.ts'
import { type CookieStyle, clearedCookie, csrfTokenOf, newSessionId, sessionCookie, sessionIdIn } from './cookie.ts'
import type { SignedIn, Visit } from './visit.ts'

export type Doorkeeper = {
  readonly cookies: CookieStyle
  /** Whoever reaches the server is signed in: there is no cookie that proves it. */
  readonly implicit: boolean
  /** One request's dealings with who is behind it; may set the cookie on its response. */
  visit(req: Request, res: Response): Visit
}

export type DoorkeeperOptions = { authority: Authority; cookies: CookieStyle; readOnly: boolean; version: string }

export function createDoorkeeper({ authority, cookies, readOnly, version }: DoorkeeperOptions): Doorkeeper {
  const { mode } = authority

  const view = (sessionId: string | undefined, who: SignedIn | undefined): Session => ({
    mode,
    personas: [...authority.personas],
    readOnly,
    version,
    ...(who === undefined ? {} : { user: { name: who.identity.user, groups: who.identity.groups } }),
    ...(who === undefined || sessionId === undefined ? {} : { csrfToken: csrfTokenOf(sessionId) }),
    ...(who?.persona === undefined ? {} : { persona: who.persona }),
  })

  return {
    cookies,
    implicit: authority.implicit,
    visit(req, res) {
      const carried = sessionIdIn(req.headers.cookie, cookies)
      let asked: Promise<SignedIn | undefined> | undefined
      const signedIn = () => (asked ??= authority.whoIs(carried))
      const give = (sessionId: string) => res.append('Set-Cookie', sessionCookie(sessionId, cookies))
      return {
        mode,
        readOnly,
        signedIn,
        stillSignedIn: async () => (await authority.whoIs(carried)) !== undefined,
        async describe() {
          const who = await signedIn()
          if (who === undefined || carried !== undefined || !authority.implicit) return view(carried, who)
          const sessionId = newSessionId()
          give(sessionId)
          return view(sessionId, who)
        },
        async signIn(input) {
          // A fresh id every time, so that a cookie planted before sign-in never becomes a session.
          const sessionId = newSessionId()
          const who = await authority.signIn(sessionId, input)
          if (who === undefined) return undefined
          if (carried !== undefined) await authority.signOut(carried)
          give(sessionId)
          return view(sessionId, who)
        },
        async signOut() {
          if (carried !== undefined) await authority.signOut(carried)
          res.append('Set-Cookie', clearedCookie(cookies))
          return view(undefined, undefined)
        },
      }
    },
  }
}
