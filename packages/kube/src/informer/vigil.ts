import { KubeError } from '../error.ts'
import { probeServer } from './liveness.ts'
import type { Session } from './session.ts'

/** Looks after one open watch: an idle one is told from a dead one only by asking the server something else. */
export type Vigil = {
  /** An event or a bookmark came. */
  alive(): void
  /** The world has been told: from now on, silence is normal. */
  synced(): void
  end(): void
}

/**
 * `cut` is called for a WatchList that never begins, and when the server can be reached again after it could not: the
 * watch may be dead without knowing.
 */
export function keepVigil<T>(
  { client, truth, timing }: Session<T>,
  { initial, cut }: { initial: boolean; cut: (why: 'no-list' | 'maybe-dead') => void },
): Vigil {
  let syncing = initial
  let lost = false
  let ended = false
  const ask = async () => {
    try {
      await probeServer(client, timing.probeMs / 2)
      if (ended) return
      if (lost) cut('maybe-dead')
      else truth.confirm()
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      lost = true
      if (!ended) truth.doubt(error.code)
    }
    if (!ended) timer.refresh()
  }
  const check = () => (syncing ? cut('no-list') : void ask())
  let timer = setTimeout(check, initial ? timing.initialSilenceMs : timing.probeMs)
  return {
    alive() {
      lost = false
      if (!syncing) truth.confirm()
      timer.refresh()
    },
    synced() {
      syncing = false
      clearTimeout(timer)
      timer = setTimeout(check, timing.probeMs)
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
