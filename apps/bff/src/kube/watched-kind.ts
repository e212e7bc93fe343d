import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isBuilders } from '@orbweaver/istio/diff/asked'
import type { KubeClient } from '@orbweaver/kube/client'
import { startInformer } from '@orbweaver/kube/informer'
import { createKindStore, type KindStore } from './kind-store.ts'
import type { MirroredKind } from './mirrored-kinds.ts'
import type { KindState } from './truth.ts'

export type WatchedKind = {
  readonly kind: MirroredKind
  readonly store: Pick<KindStore, 'size' | 'list' | 'get'>
  state(): KindState
  /** Tries again now: there is news of the cluster. */
  hurry(): void
  stop(): void
}

export type WatchOptions = {
  client: KubeClient
  kind: MirroredKind
  namespace?: string
  labelSelector?: string
  onChange: () => void
  /** Told when its state is another one; with whether the cluster is in trouble. */
  onState: (trouble: boolean) => void
}

/** One kind of one cluster, watched for ever, and indexed by namespace. */
export function watchKind({ client, kind, namespace, onChange, onState, ...options }: WatchOptions): WatchedKind {
  const store = createKindStore()
  const { resource, project, fieldSelector, labelSelector = options.labelSelector } = kind
  const informer = startInformer<KubernetesObject>({
    client,
    resource,
    project,
    keepsWriter: kind.keepsWriter ?? isBuilders,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
    onChange(batch) {
      for (const { type, object } of batch) {
        if (type === 'DELETED') store.drop(object)
        else store.put(object)
      }
      onChange()
    },
    onState: ({ state }) => onState(state === 'unreachable' || state === 'unauthorized'),
  })
  return {
    kind,
    store,
    state() {
      const { state, asOf, reason } = informer.state()
      return {
        known: asOf !== undefined,
        live: state === 'fresh',
        asOf: asOf?.getTime(),
        // A kind that the cluster does not serve has no objects: that is known, and no trouble.
        trouble: reason === 'not_served' ? undefined : reason,
      }
    },
    hurry: () => informer.hurry(),
    // It resolves when its last call is over; nobody waits for that.
    stop: () => void informer.stop(),
  }
}
