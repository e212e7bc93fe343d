import type { KubeErrorCode } from '../error.ts'

type InformerStateName = 'syncing' | 'fresh' | 'stale' | 'unreachable' | 'forbidden' | 'unauthorized'

export type InformerState = {
  state: InformerStateName
  /** When the objects were last known to be true; undefined when they never were. */
  asOf: Date | undefined
  /** Since when this state lasts. */
  since: Date
  /** The code of what is in the way, or `not_served`: the cluster has no such kind, which is why there are no objects. */
  reason: KubeErrorCode | 'not_served' | undefined
}

/** How true a store is, and since when. */
export type Truth = {
  now(): InformerState
  /** A sign that the objects are as the cluster has them. */
  confirm(reason?: 'not_served'): void
  /** The cluster could not be asked, for this reason. */
  doubt(code: KubeErrorCode): void
}

const byCode: Partial<Record<KubeErrorCode, InformerStateName>> = {
  unreachable: 'unreachable',
  timeout: 'unreachable',
  tls: 'unreachable',
  forbidden: 'forbidden',
  unauthorized: 'unauthorized',
}

/** Tells `onState` when the state or its reason changes; asOf moves on silently, with every event. */
export function createTruth(onState: (state: InformerState) => void): Truth {
  let current: InformerState = { state: 'syncing', asOf: undefined, since: new Date(), reason: undefined }

  const enter = (next: Pick<InformerState, 'state' | 'asOf' | 'reason'>) => {
    const same = next.state === current.state && next.reason === current.reason
    current = { ...next, since: next.state === current.state ? current.since : new Date() }
    if (!same) onState(current)
  }
  return {
    now: () => current,
    confirm: (reason) => enter({ state: 'fresh', asOf: new Date(), reason }),
    doubt(code) {
      const { asOf } = current
      // A cluster that answers, but badly, leaves what was known as it is: old, or not there yet.
      enter({ state: byCode[code] ?? (asOf === undefined ? 'syncing' : 'stale'), asOf, reason: code })
    },
  }
}
