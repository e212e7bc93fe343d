import type { IdentityMode, Session } from '@orbweaver/contracts/access'
import type { Identity } from '@orbweaver/kube/client'

export type SignedIn = { identity: Identity; persona?: string }

export type SignIn = { mode: 'local'; persona: string } | { mode: 'token'; token: string }

/** One request's dealings with who is behind it. */
export type Visit = {
  readonly mode: IdentityMode
  readonly readOnly: boolean
  /** Undefined while nobody is signed in. Asked once a request. */
  signedIn(): Promise<SignedIn | undefined>
  /** Asked anew: a stream may outlive the session it was opened in. */
  stillSignedIn(): Promise<boolean>
  /** What the console shows; hands out the CSRF token, and the cookie it belongs to where the mode needs no sign-in. */
  describe(): Promise<Session>
  /** Sets the cookie. Undefined when the persona or token is not accepted. */
  signIn(input: SignIn): Promise<Session | undefined>
  /** Ends the session for every replica and clears the cookie. */
  signOut(): Promise<Session>
}
