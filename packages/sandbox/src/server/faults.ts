/**
 * Ways in which this server can be made to fail for those who come from outside, for tests and drills. All off at the
 * start. What lives in the cluster (ApiServer.insideUrl) notices none of them.
 */
export type Faults = {
  readonly state: Readonly<FaultState>
  /** Changes some of them; a black hole and a refusal also cut what is running. */
  set(change: Partial<FaultState>): void
  reset(): void
  /** Ends every running watch as a restarting API server does. */
  cutWatches(): void
}

export type FaultState = {
  /** Connections are accepted and never answered; what was running when it began is cut. */
  blackHole: boolean
  /** Connections are reset at once. */
  refuse: boolean
  /** Milliseconds before every answer. */
  latencyMs: number
  /** Share of requests, 0 to 1, answered with 503 ServiceUnavailable. */
  errorRate: number
  /** Every credential is refused with 401. */
  unauthorized: boolean
  /** Nobody but administrators (system:masters) may do anything: 403, and reviews say no. */
  forbidden: boolean
  /** Milliseconds after which every watch is ended; 0 is off. */
  watchLifeMs: number
  /** Milliseconds by which this cluster's clock is ahead of everybody else's; negative when it is behind. */
  clockSkewMs: number
  /** Seconds named by Retry-After of a 429 to every request; 0 is off. */
  tooManyRequests: number
}

export const noFaults: FaultState = {
  blackHole: false,
  refuse: false,
  latencyMs: 0,
  errorRate: 0,
  unauthorized: false,
  forbidden: false,
  watchLifeMs: 0,
  clockSkewMs: 0,
  tooManyRequests: 0,
}

export function createFaults(effects: { cutConnections(): void; cutWatches(): void }): Faults {
  let state = noFaults
  return {
    get state() {
      return state
    },
    set(change) {
      state = { ...state, ...change }
      if (change.refuse === true || change.blackHole === true) effects.cutConnections()
    },
    reset() {
      if (state.blackHole) effects.cutConnections()
      state = noFaults
    },
    cutWatches: () => effects.cutWatches(),
  }
}
