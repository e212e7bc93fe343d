import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '../client.ts'
import { type Backoff, type BackoffBounds, createBackoff } from './backoff.ts'
import { rallyCompany } from './company.ts'
import { createNap, type Nap } from './nap.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { type Change, createStore, type Store } from './store.ts'
import { createTruth, type InformerState, type Truth } from './truth.ts'

export type InformerTiming = {
  /** Waits after failures: half a second, doubled up to 30 s, for ever. */
  backoff?: BackoffBounds
  /** Wait where trying sooner will not help: no rights, unknown to the server, no such kind. Default 30,000 ms. */
  slowMs?: number
  /** After so much silence of a watch the server is asked whether it is there. Default 20,000 ms. */
  probeMs?: number
  /** A WatchList without a word for so long is taken for a server that cannot do it. Default 15,000 ms. */
  initialSilenceMs?: number
}

export type InformerOptions<T> = {
  client: KubeClient
  resource: Resource
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
  /** Objects a page of a list, fewer for kinds with large objects. Default 500. */
  pageSize?: number
  /** Entries of managedFields that are kept; none where it is left out. */
  keepsWriter?: (entry: Json) => boolean
  /** What to keep of an object; other managedFields and kubectl's copy are gone already. Pure, and may keep the object. */
  project: (object: KubernetesObject) => T
  /** Changes in the order they happened, together. The objects of `objects` are ahead of it by one turn at most. */
  onChange?: (batch: Change<T>[]) => void
  /** The state or its reason changed. */
  onState?: (state: InformerState) => void
  timing?: InformerTiming
}

const defaultTiming: Required<InformerTiming> = {
  backoff: { firstMs: 500, mostMs: 30_000 },
  slowMs: 30_000,
  probeMs: 20_000,
  initialSilenceMs: 15_000,
}

/** Everything one informer works on. */
export type Session<T> = {
  client: KubeClient
  resource: Resource
  /** What to list and watch of the resource. */
  selection: { namespace?: string; labelSelector?: string; fieldSelector?: string; pageSize?: number }
  signal: AbortSignal
  timing: Required<InformerTiming>
  store: Store<T>
  truth: Truth
  outbox: Outbox<T>
  nap: Nap
  backoff: Backoff
  /** Version the watch goes on from; undefined when the world has to be told anew. */
  position: string | undefined
}

export function createSession<T>(options: InformerOptions<T>, signal: AbortSignal): Session<T> {
  const { client, resource, namespace, labelSelector, fieldSelector, pageSize } = options
  const timing = { ...defaultTiming, ...options.timing }
  return {
    client,
    resource,
    selection: {
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
      ...(pageSize === undefined ? {} : { pageSize }),
    },
    signal,
    timing,
    store: createStore(options.project, options.keepsWriter),
    truth: createTruth((state) => {
      if (signal.aborted) return
      if (state.state === 'fresh') rallyCompany(client)
      options.onState?.(state)
    }),
    outbox: createOutbox<T>((batch) => options.onChange?.(batch), signal),
    nap: createNap(signal),
    backoff: createBackoff(timing.backoff),
    position: undefined,
  }
}

/**
 * There is news of the cluster: ends the wait, and what failed until now says nothing about the next try. A try that is
 * under way may still fail for the old reason; the wait after it is the shortest again.
 */
export function hurry({ backoff, nap }: Pick<Session<unknown>, 'backoff' | 'nap'>): void {
  backoff.reset()
  nap.wake()
}

/** The world was told whole, as of this version. */
export function completeSync<T>(session: Session<T>, resourceVersion: string): void {
  session.outbox.put(session.store.endSync())
  session.outbox.flush()
  session.position = resourceVersion
  session.truth.confirm()
}
