import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { Clock } from '../clock.ts'
import type { Caches } from './caches.ts'
import { type Again, startWorkQueue, type WorkQueue } from './work-queue.ts'

/** What every actor of one cluster shares. */
export type ActorContext = {
  client: KubeClient
  caches: Caches
  /** One line for the operator of the sandbox or lab; never an object's content. */
  log: (line: string) => void
  clock: Clock
  /** Queues of all controllers that run, where somebody wants to know whether there is anything left to do. */
  queues?: Set<WorkQueue>
  /** Whether what goes well is told in events too: everything in a world that is being filled happened long ago. */
  tellsAll?: () => boolean
  /** Milliseconds by which every run is late: for actors that are slow. */
  lateMs?: () => number
}

/** Which object to look at: a namespace (empty for cluster-wide kinds) and a name. */
export type ObjectKey = { namespace: string; name: string }

export type Controller = {
  enqueue: (key: ObjectKey) => void
  stop: () => Promise<void>
}

type Watched = { resource: Resource; keys: (object: KubernetesObject) => ObjectKey[] }

export type ControllerOptions = {
  name: string
  /** Every change of these asks for runs; `keyOf` is the usual mapping for the controller's own kind. */
  watches: Watched[]
  reconcile: (key: ObjectKey) => Promise<Again | void>
  workers?: number
}

export function keyOf(object: KubernetesObject): ObjectKey {
  return { namespace: object.metadata.namespace ?? '', name: object.metadata.name }
}

/** Level-triggered: a run reads what is there now, whatever was missed in between. */
export function startController(context: ActorContext, options: ControllerOptions): Controller {
  const late = lateness(context)
  const queue = startWorkQueue({
    run: async (key) => {
      const waitMs = late(key)
      return waitMs > 0 ? { againInMs: waitMs } : options.reconcile(parseKey(key))
    },
    onError: (key, error, failures) => {
      if (isRoutine(error) && failures < 5) return
      context.log(`${context.client.cluster}: ${options.name} ${key}: ${messageOf(error)}`)
    },
    isRoutine,
    clock: context.clock,
    ...(options.workers === undefined ? {} : { workers: options.workers }),
  })
  const enqueue = (key: ObjectKey): void => queue.add(`${key.namespace}/${key.name}`)
  for (const { resource, keys } of options.watches) {
    context.caches.of(resource).onChange((object) => {
      for (const key of keys(object)) enqueue(key)
    })
  }
  context.queues?.add(queue)
  return {
    enqueue,
    stop: async () => {
      context.queues?.delete(queue)
      await queue.stop()
    },
  }
}

/** Milliseconds for which a key still has to wait, where the actor is one that is late. */
function lateness({ lateMs, clock }: ActorContext): (key: string) => number {
  const due = new Map<string, number>()
  return (key) => {
    const late = lateMs?.() ?? 0
    if (late === 0) return 0
    const now = clock.now().getTime()
    const at = due.get(key) ?? now + late
    if (at > now) due.set(key, at)
    else due.delete(key)
    return at - now
  }
}

function parseKey(key: string): ObjectKey {
  const slash = key.indexOf('/')
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}

/** Somebody else wrote first, or the object is gone: the next run sees the new state. */
function isRoutine(error: unknown): boolean {
  return error instanceof KubeError && ['conflict', 'not_found', 'already_exists', 'aborted'].includes(error.code)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Keys of the owner of one kind, for mapping dependents back to their controller. */
export function ownerKeys(object: KubernetesObject, kind: string): ObjectKey[] {
  const owners = object.metadata.ownerReferences
  if (!Array.isArray(owners)) return []
  return owners.flatMap((owner) =>
    typeof owner === 'object' &&
    owner !== null &&
    !Array.isArray(owner) &&
    owner.kind === kind &&
    typeof owner.name === 'string'
      ? [{ namespace: object.metadata.namespace ?? '', name: owner.name }]
      : [],
  )
}

export function isDeleting(object: KubernetesObject): boolean {
  return object.metadata.deletionTimestamp !== undefined
}

/** The answer, or undefined when the object is not there (any more). */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof KubeError && error.code === 'not_found') return undefined
    throw error
  }
}

/** The answer, or undefined when the object was there already. */
export async function unlessExisting<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof KubeError && error.code === 'already_exists') return undefined
    throw error
  }
}
