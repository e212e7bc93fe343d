import { textAt } from '@orbweaver/contracts/json'
import { KubeError } from '@orbweaver/kube/error'
import { changes, fleetClusters, meshes } from '@orbweaver/kube/resources'
import type { Logger } from 'pino'
import { type Executing, executeDue } from '../changes/executor.ts'
import type { Keys } from '../changes/keys.ts'
import { sweep } from '../changes/retention.ts'
import type { Fleet } from '../kube/doors.ts'
import { holdLease } from './lease.ts'
import { inFlight } from '../changes/in-flight.ts'
import { reportCluster } from './cluster-status.ts'
import { reconcileMesh, type Reconciling } from './reconcile-mesh.ts'
import { createStageFacts } from './stage-guard.ts'

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
/** A cluster's status in the hub is at most this old while the cluster answers. */
const reportMs = 60_000
const sweepMs = 10 * 60 * 1000

/** The work of the one replica that holds the Lease: execute Changes, reconcile Meshes, keep history within bounds. */
export function startLeader(options: LeaderOptions): Leader {
  const { fleet, log, holder } = options
  const turns = oneAtATime()
  const reports = oneAtATime()
  const lease = holdLease({
    hub: fleet.hub,
    holder,
    seconds: options.leaseSeconds,
    log,
    onHeld: () => {
      log.info({ holder }, 'leading')
      wake()
      report()
    },
  })
  const stageFacts = createStageFacts()
  const with_ = {
    fleet,
    keys: options.keys,
    log,
    now: () => new Date(),
    mayWrite: () => lease.held(),
    holder,
    stageFacts,
  }
  const round = roundOf(with_)
  function wake(): void {
    if (lease.held()) turns.ask(round)
  }
  // Apart from the work: a cluster that swallows questions may keep a report waiting, never a change.
  function report(): void {
    if (lease.held()) reports.ask(() => reportClusters(with_))
  }
  const off = fleet.onChange((cluster, kinds) => {
    wake()
    if (kinds.has('orbweaver.dev/FleetCluster') || isUntold(fleet, cluster)) report()
  })
  const timers = [setInterval(wake, lookMs), setInterval(report, lookMs)]
  return {
    wake,
    leads: () => lease.held(),
    async stop() {
      off()
      for (const timer of timers) clearInterval(timer)
      await Promise.all([turns.stop(), reports.stop()])
      await lease.stop()
    },
  }
}

/** Registered, and nothing was said of it in the hub yet. */
function isUntold(fleet: Fleet, cluster: string): boolean {
  const record = fleet.hub.mirror.get(fleetClusters, { name: cluster })
  return record !== undefined && textAt(record, 'status', 'asOf') === undefined
}

function roundOf(with_: Executing & Reconciling): () => Promise<void> {
  const { fleet, log, mayWrite } = with_
  let swept = 0
  return async () => {
    await executeDue(with_)
    for (const { metadata } of fleet.hub.mirror.list(meshes)) {
      if (!mayWrite()) return
      await reconcileMesh(with_, metadata.name).catch((error: unknown) => {
        log.warn({ mesh: metadata.name, err: error }, 'mesh not reconciled')
      })
    }
    if (Date.now() - swept < sweepMs || !mayWrite() || !fleet.hub.mirror.known(changes)) return
    swept = Date.now()
    await sweep(fleet.hub, new Date()).catch((error: unknown) => {
      log.warn({ err: error }, 'history not swept')
    })
  }
}

/** At most once in a while: what changes in a cluster by the second is read from the mirror, not from the hub. */
async function reportClusters({ fleet, log, mayWrite, now }: Executing): Promise<void> {
  const records = fleet.hub.mirror.list(fleetClusters)
  await inFlight(records, 8, async (record) => {
    const told = Date.parse(textAt(record, 'status', 'asOf') ?? '') + reportMs > now().getTime()
    if (told || !mayWrite()) return
    await reportCluster(fleet, record, now()).catch((error: unknown) => {
      // Somebody has just written the record: the next look begins with what they wrote.
      if (error instanceof KubeError && error.code === 'conflict') return
      log.warn({ cluster: record.metadata.name, err: error }, 'cluster not reported')
    })
  })
}

type Turns = { ask(round: () => Promise<void>): void; stop(): Promise<void> }

/** At most one round at a time; however often it is asked for meanwhile, one more follows. */
function oneAtATime(): Turns {
  let wanted = false
  let stopped = false
  let working: Promise<void> | undefined
  const work = async (round: () => Promise<void>) => {
    while (wanted && !stopped) {
      wanted = false
      await round()
    }
    working = undefined
  }
  return {
    ask(round) {
      wanted = true
      working ??= work(round)
    },
    async stop() {
      stopped = true
      await working
    },
  }
}
