/** A condition that may be the wrong way round: no answer of anything depends on it, so no test can notice. */
type Alike = {
  /** From packages/istio. */
  path: string
  /** As the command prints it. */
  what: string
  why: string
}

export const alike: readonly Alike[] = [
  {
    path: 'src/findings/virtualservice/hosts-conflict.ts',
    what: 'not size <= few',
    why: 'the same is found, at once or remembered: it is about time alone',
  },
]
