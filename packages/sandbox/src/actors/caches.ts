import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'

/** One kind of one cluster, as the last watch event left it. */
export type Cache = {
  list: (namespace?: string) => KubernetesObject[]
  get: (namespace: string, name: string) => KubernetesObject | undefined
  /** Told of every object that came, changed or went, and at once of those already there. */
  onChange: (listener: (object: KubernetesObject) => void) => void
  /** Resolves with true as soon as the condition holds, with false after so many milliseconds. */
  until: (condition: () => boolean, ms: number) => Promise<boolean>
}

/** Every actor of a cluster reads through the same caches: one watch a kind, however many look at it. */
export type Caches = {
  of: (resource: Resource) => Cache
  /** All kinds asked for so far have been listed once. */
  synced: () => Promise<void>
  stop: () => Promise<void>
}
