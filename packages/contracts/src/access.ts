import { z } from 'zod'
import { operation } from './errors.ts'

export const IdentityMode = z.enum(['local', 'self', 'token'])
export type IdentityMode = z.infer<typeof IdentityMode>

export const Persona = z.object({
  id: z.string(),
  name: z.string(),
  /** In the reader's language. */
  description: z.object({ en: z.string(), zh: z.string() }).optional(),
})
export type Persona = z.infer<typeof Persona>

export const Session = z.object({
  mode: IdentityMode,
  /** Absent while nobody is signed in. */
  user: z.object({ name: z.string(), groups: z.array(z.string()) }).optional(),
  /** To be sent back as X-CSRF-Token with every write. */
  csrfToken: z.string().optional(),
  /** Whom one can sign in as in mode local. */
  personas: z.array(Persona),
  persona: z.string().optional(),
  readOnly: z.boolean(),
  version: z.string(),
})
export type Session = z.infer<typeof Session>

export const access = {
  session: operation
    .route({ method: 'GET', path: '/session', summary: 'Who is signed in, and how one signs in', tags: ['access'] })
    .output(Session),
  signIn: operation
    .route({ method: 'POST', path: '/session', summary: 'Sign in as a persona or with a token', tags: ['access'] })
    .input(
      z.discriminatedUnion('mode', [
        z.object({ mode: z.literal('local'), persona: z.string().max(63) }),
        z.object({ mode: z.literal('token'), token: z.string().min(1).max(16_384) }),
      ]),
    )
    .output(Session)
    .errors({ 'access.refused': { status: 403, data: z.object({ mode: z.string() }) } }),
  signOut: operation
    .route({ method: 'DELETE', path: '/session', summary: 'End this session everywhere', tags: ['access'] })
    .output(Session),
}
