import type { Endpoint } from './http.ts'

/** One cluster that the checks are run against, as seen from outside: an address, and people with tokens. */
export type Target = Endpoint & {
  /** The bearer token of somebody that people.ts lists; empty for others. */
  readonly token: (user: string) => string
  /** Where other clusters find it, over TLS. */
  readonly peer: Endpoint
  /** Milliseconds within which controllers must have done what a check waits for. */
  readonly patienceMs: number
  /** Forgets the history of changes, as every API server does after some minutes. */
  readonly forget: () => Promise<void>
  /** It ends with the run: nothing need be cleared away. */
  readonly disposable: boolean
  /** Makes the server answer 429 to a burst of requests by `nora`, until the result is called. */
  readonly overload: () => Promise<() => Promise<void>>
  readonly close: () => Promise<void>
}

export const targetNames = ['sandbox', 'lab'] as const

export type TargetName = (typeof targetNames)[number]
