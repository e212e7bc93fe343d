import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import { leases } from '@orbweaver/kube/resources'
import type { Logger } from 'pino'
import type { ClusterDoor } from '../kube/doors.ts'

export type Lease = {
  /** Whether this replica holds it now, with at least a third of its life left: enough for one bounded write. */
  held(): boolean
  /** Gives it back so that another replica goes on at once. */
  stop(): Promise<void>
}

export type LeaseOptions = {
  hub: ClusterDoor
  holder: string
  seconds: number
  log: Logger
  onHeld: () => void
}

const namespace = 'orbweaver-system'
const name = 'orbweaver-leader'
const fieldManager = 'orbweaver'

/**
 * Holds the Lease of the one replica that executes changes and reconciles (coordination.k8s.io/v1, as client-go's
 * leaderelection does it: the holder renews at a third of the duration, another takes over only when the renew time,
 * seen unchanged for a whole duration by its own clock, has run out).
 */
export function holdLease(options: LeaseOptions): Lease {
  let heldUntil = 0
  let seen = { version: '', at: 0 }
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const lifeMs = options.seconds * 1000

  const turn = async () => {
    const started = Date.now()
    const outcome = await attempt(options, {
      expired: (lease) => {
        const version = lease.metadata.resourceVersion ?? ''
        if (version !== seen.version) seen = { version, at: Date.now() }
        return seen.at + lifeMs <= Date.now()
      },
    }).catch((error: unknown) => {
      if (!(error instanceof KubeError)) throw error
      options.log.debug({ code: error.code }, 'lease not renewed')
      return 'unknown' as const
    })
    const before = heldUntil > Date.now()
    if (outcome === 'held') heldUntil = started + lifeMs
    if (outcome === 'other') heldUntil = 0
    if (!before && outcome === 'held') options.onHeld()
  }

  const loop = async () => {
    await turn()
    if (!stopped) timer = setTimeout(() => void loop(), lifeMs / 3)
  }
  void loop()

  const held = () => !stopped && heldUntil - Date.now() > lifeMs / 3
  return {
    held,
    async stop() {
      const giveBack = heldUntil > Date.now()
      stopped = true
      heldUntil = 0
      clearTimeout(timer)
      if (giveBack)
        await release(options).catch((error: unknown) => options.log.debug({ err: error }, 'lease not released'))
    },
  }
}

type Question = { expired: (lease: KubernetesObject) => boolean }

async function attempt(options: LeaseOptions, { expired }: Question): Promise<'held' | 'other'> {
  const lease = await options.hub.own.get(leases, { namespace, name }).catch((error: unknown) => {
    if (error instanceof KubeError && error.code === 'not_found') return undefined
    throw error
  })
  const current = textAt(lease, 'spec', 'holderIdentity') ?? ''
  const free = current === '' || current === options.holder
  if (lease !== undefined && !free && !expired(lease)) return 'other'
  try {
    await take(options, lease, current)
    return 'held'
  } catch (error) {
    if (error instanceof KubeError && (error.code === 'conflict' || error.code === 'already_exists')) return 'other'
    throw error
  }
}

async function take(options: LeaseOptions, lease: KubernetesObject | undefined, current: string): Promise<void> {
  const { hub, holder } = options
  const now = new Date().toISOString()
  const kept = current === holder ? textAt(lease, 'spec', 'acquireTime') : undefined
  const holding = { holder, options, acquired: kept ?? now, now }
  if (lease === undefined) await hub.own.create(leases, leaseObject({ name, namespace }, holding), { fieldManager })
  else await hub.own.replace(leases, leaseObject(lease.metadata, holding), { fieldManager })
}

type Holding = { holder: string; options: LeaseOptions; acquired: string; now: string }

function leaseObject(
  metadata: KubernetesObject['metadata'],
  { holder, options, acquired, now }: Holding,
): KubernetesObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.max(1, Math.ceil(options.seconds)),
      acquireTime: micro(acquired),
      renewTime: micro(now),
    },
  }
}

/** MicroTime of the API has six places behind the point; JavaScript gives three. */
function micro(time: string): string {
  return time.replace(/\.(\d{3})Z$/, '.$1000Z')
}

async function release(options: LeaseOptions): Promise<void> {
  const lease = await options.hub.own.get(leases, { namespace, name })
  if (textAt(lease, 'spec', 'holderIdentity') !== options.holder) return
  const now = new Date().toISOString()
  await options.hub.own.replace(leases, leaseObject(lease.metadata, { holder: '', options, acquired: now, now }), {
    fieldManager,
  })
}
