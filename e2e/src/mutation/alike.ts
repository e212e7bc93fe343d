/** A condition that may be the wrong way round: no answer of anything depends on it, so no test can notice. */
type Alike = {
  /** From packages/istio. */
  path: string
  /** As the command prints it. */
  what: string
  why: string
}

export const alike: readonly Alike[] = []
