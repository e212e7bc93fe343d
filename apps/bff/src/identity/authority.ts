import type { IdentityMode, Persona } from '@orbweaver/contracts/access'
import type { SignedIn, SignIn } from './visit.ts'

/** One way of knowing who somebody is (design section 7). */
export type Authority = {
  readonly mode: IdentityMode
  readonly personas: readonly Persona[]
  /** Whether whoever reaches the server is signed in already; the cookie then only carries the CSRF token. */
  readonly implicit: boolean
  whoIs(sessionId: string | undefined): Promise<SignedIn | undefined>
  /** Undefined when refused. Rejects with KubeError when the hub cannot be asked. */
  signIn(sessionId: string, input: SignIn): Promise<SignedIn | undefined>
  signOut(sessionId: string): Promise<void>
}
