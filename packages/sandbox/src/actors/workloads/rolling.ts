/** Arithmetic of a rolling update (kubernetes pkg/controller/deployment/{rolling.go,util}). */

export type ReplicaCounts = { size: number; available: number }

export type RollingState = {
  replicas: number
  maxSurge: number
  maxUnavailable: number
  current: ReplicaCounts
  /** Oldest first. */
  old: ReplicaCounts[]
}

export type RollingStep = { current: number; old: number[] }

/** `25%` or a number of Pods; surge rounds up, unavailability down. */
function resolveShare(value: string | number | undefined, replicas: number, round: (n: number) => number): number {
  if (typeof value === 'number') return value
  const percent = /^(\d+)%$/.exec(value ?? '25%')?.[1]
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * replicas) / 100)
}

/** Both limits zero could never move: then one Pod may be missing. */
export function rollingLimits(
  wish: { maxSurge: string | number | undefined; maxUnavailable: string | number | undefined },
  replicas: number,
): { maxSurge: number; maxUnavailable: number } {
  const maxSurge = resolveShare(wish.maxSurge, replicas, Math.ceil)
  const maxUnavailable = resolveShare(wish.maxUnavailable, replicas, Math.floor)
  return maxSurge === 0 && maxUnavailable === 0 ? { maxSurge, maxUnavailable: 1 } : { maxSurge, maxUnavailable }
}

const sum = (counts: number[]): number => counts.reduce((total, each) => total + each, 0)

/** Sizes to set now. Applied until nothing changes, the update is complete. */
export function rollingStep(state: RollingState): RollingStep {
  const { replicas, maxSurge, maxUnavailable, current } = state
  const total = current.size + sum(state.old.map((each) => each.size))
  const room = Math.max(0, replicas + maxSurge - total)
  const grown = current.size < replicas ? Math.min(replicas, current.size + room) : replicas
  if (grown !== current.size) return { current: grown, old: state.old.map((each) => each.size) }
  const unready = current.size - current.available
  let removable = Math.max(0, total - (replicas - maxUnavailable) - unready)
  let old = state.old.map(({ size, available }) => {
    const broken = Math.min(Math.max(0, size - available), removable)
    removable -= broken
    return size - broken
  })
  const availableOld = sum(state.old.map((each, index) => Math.min(each.available, old[index] ?? 0)))
  let spare = Math.max(0, availableOld + current.available - (replicas - maxUnavailable))
  old = old.map((size) => {
    const gone = Math.min(size, spare)
    spare -= gone
    return size - gone
  })
  return { current: current.size, old }
}

/** Strategy Recreate: nothing new before everything old is gone. */
export function recreateStep(state: RollingState, oldPodsLeft: boolean): RollingStep {
  const old = state.old.map(() => 0)
  return { current: oldPodsLeft ? state.current.size : state.replicas, old }
}
