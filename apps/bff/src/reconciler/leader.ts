import { KubeError } from '@orbweaver/kube/error'
import { meshes } from '@orbweaver/kube/resources'
import type { Logger } from 'pino'
import { type Executing, executeDue } from '../changes/executor.ts'
import type { Keys } from '../changes/keys.ts'
import { sweep } from '../changes/retention.ts'
import type { Fleet } from '../kube/doors.ts'
import { holdLease } from './lease.ts'
import { reconcileMesh } from './reconcile-mesh.ts'

export type LeaderOptions = {
  fleet: Fleet
  keys: Keys
  log: Logger
  holder: string
  leaseSeconds: number
}

export type Leader = {
  /** There may be something to do: called after a change was stored; the fleet's own changes wake it by themselves. */
  wake(): void
  leads(): boolean
  stop(): Promise<void>
}

/** Without news the clusters are looked at this often: deadlines pass without anything changing. */
const lookMs = 15_000
const sweepMs = 10 * 60 * 1000

/** The work of the one replica that holds the Lease: execute Changes, reconcile Meshes, keep history within bounds. */
export function startLeader(options: LeaderOptions): Leader {
  const { fleet, log } = options
  let wanted = false
  let working: Promise<void> | undefined
  let stopped = false
  let swept = 0

  const lease = holdLease({
    hub: fleet.hub,
    holder: options.holder,
    seconds: options.leaseSeconds,
    log,
    onHeld: () => {
      log.info({ holder: options.holder }, 'leading')
      wake()
    },
  })
  const executing: Executing = {
    fleet,
    keys: options.keys,
    log,
    now: () => new Date(),
    mayWrite: () => lease.held(),
    holder: options.holder,
  }

  const round = async () => {
    await executeDue(executing)
    for (const { metadata } of fleet.hub.mirror.list(meshes)) {
      if (!lease.held()) return
      await reconcileMesh(executing, metadata.name).catch((error: unknown) => {
        log.warn({ mesh: metadata.name, err: error }, 'mesh not reconciled')
      })
    }
    if (Date.now() - swept < sweepMs || !lease.held()) return
    swept = Date.now()
    await sweep(fleet.hub, new Date())
  }

  /** At most one round at a time; news that come meanwhile make one more. */
  const work = async () => {
    while (wanted && !stopped && lease.held()) {
      wanted = false
      await round().catch((error: unknown) => {
        const code = error instanceof KubeError ? error.code : 'failed'
        log.warn({ code, err: error }, 'round interrupted')
      })
    }
    working = undefined
  }
  function wake(): void {
    wanted = true
    if (working === undefined && !stopped && lease.held()) working = work()
  }

  const off = fleet.onChange(() => {
    wake()
  })
  const timer = setInterval(wake, lookMs)
  return {
    wake,
    leads: () => lease.held(),
    async stop() {
      stopped = true
      off()
      clearInterval(timer)
      await working
      await lease.stop()
    },
  }
}
