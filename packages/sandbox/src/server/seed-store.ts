import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { trackUpdate } from './apply/track.ts'
import { behaviourOf } from './builtins/behaviours.ts'
import type { Cluster } from './cluster.ts'
import { cloneObject } from './clone.ts'
import type { Served } from './definition.ts'
import { newMetadata } from './verbs/object-meta.ts'
import { storeUpdate } from './verbs/store-write.ts'
import { defaulted } from './verbs/validate-object.ts'

type StoredName = { apiVersion: string; kind: string; namespace?: string; name: string }
type StoredKind = { apiVersion: string; kind: string; namespace?: string }

/** Direct access to the objects of a cluster, without HTTP, rights, admission or validation. */
export type Store = {
  /** The current resourceVersion. */
  revision(): string
  get(at: StoredName): KubernetesObject | undefined
  list(at: StoredKind): KubernetesObject[]
  /** Creates with defaults, uid and managers, or replaces what is there: the object given is the whole new state, status too. */
  put(object: KubernetesObject, manager?: string): KubernetesObject
  /** Everything in a namespace, of every kind that is served. */
  within(namespace: string): KubernetesObject[]
  /** Stores a new object that is complete already: uid, defaults and managers are its own, and what it shares stays shared. */
  plant(object: KubernetesObject): void
  /** Deletes at once, whatever finalizers it has. */
  remove(at: StoredName): void
}

export function createSeedStore(cluster: Cluster): Store {
  const servedOf = (at: { apiVersion: string; kind: string }): Served => {
    const { group, version } = splitApiVersion(at.apiVersion)
    const served = cluster.registry.byKind(group, version, at.kind)
    if (served === undefined) throw new Error(`${cluster.name} does not serve ${at.apiVersion} ${at.kind}`)
    return served
  }
  return {
    revision: () => String(cluster.store.revision()),
    get: (at) => cluster.store.get(servedOf(at).definition.key, at.namespace, at.name)?.object,
    list: (at) => cluster.store.list(servedOf(at).definition.key, at.namespace).map((each) => each.object),
    put: (object, manager) => put(cluster, servedOf(object), { object, manager: manager ?? 'sandbox' }),
    within: (namespace) =>
      cluster.registry
        .all()
        .filter((each) => each.namespaced)
        .flatMap((each) => cluster.store.list(each.key, namespace).map(({ object }) => object)),
    plant(object) {
      cluster.store.put(servedOf(object).definition.key, { ...object, metadata: { ...object.metadata } })
    },
    remove(at) {
      const { key } = servedOf(at).definition
      const entry = cluster.store.get(key, at.namespace, at.name)
      if (entry !== undefined) cluster.store.remove(key, entry.object)
    },
  }
}

function put(cluster: Cluster, served: Served, given: { object: KubernetesObject; manager: string }): KubernetesObject {
  const object = cloneObject(given.object)
  const { key, builtin } = served.definition
  const entry = cluster.store.get(key, object.metadata.namespace, object.metadata.name)
  defaulted(served, object)
  const writer = { served, subresource: '', manager: given.manager, time: cluster.clock() }
  if (entry === undefined) {
    const status = object.status
    const kept = object.metadata.creationTimestamp
    newMetadata(cluster, served, object)
    if (kept !== undefined) object.metadata.creationTimestamp = kept
    if (builtin) behaviourOf(key).prepare?.(cluster.store, object, undefined)
    if (status !== undefined) object.status = status
    trackUpdate(writer, undefined, object)
    return cluster.store.put(key, object).object
  }
  const { uid, creationTimestamp, generation } = entry.object.metadata
  object.metadata = { ...object.metadata, ...defined({ uid, creationTimestamp, generation }) }
  if (builtin) behaviourOf(key).prepare?.(cluster.store, object, entry.object)
  trackUpdate(writer, entry.object, object)
  return storeUpdate(cluster, served.definition, { before: entry, after: object }).object
}

function defined<T extends Record<string, unknown>>(record: T): Partial<T> {
  const out: Partial<T> = { ...record }
  for (const key in out) if (out[key] === undefined) delete out[key]
  return out
}
