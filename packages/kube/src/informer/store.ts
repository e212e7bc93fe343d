import { isRecord, type Json, listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** What happened to one object, as the project function left it. A deleted object is the one last seen. */
export type Change<T> =
  | { type: 'ADDED'; object: T }
  | { type: 'MODIFIED'; object: T; previous: T }
  | { type: 'DELETED'; object: T }

/** The objects of one kind as last seen. Every method returns what it changed, in order. */
export type Store<T> = {
  readonly objects: ReadonlyMap<string, T>
  upsert(told: KubernetesObject): Change<T>[]
  remove(told: KubernetesObject): Change<T>[]
  /** From here on the whole world is told anew. */
  beginSync(): void
  /** The whole world was told: what it did not have is gone. */
  endSync(): Change<T>[]
  /** There is no such kind (any more). */
  clear(): Change<T>[]
}

/** What an object is kept by. */
function objectKey({ namespace = '', name }: { namespace?: string; name: string }): string {
  return `${namespace}/${name}`
}

/**
 * Kept by name, told apart by uid: an object that was deleted and made again while nobody watched is a DELETED and an
 * ADDED. An object told again at the version that is known is no change.
 */
export function createStore<T>(project: (object: KubernetesObject) => T, keepsWriter?: KeepsWriter): Store<T> {
  const objects = new Map<string, T>()
  const marks = new Map<string, { uid: string | undefined; version: string | undefined }>()
  let unseen = new Set<string>()

  const forget = (key: string): Change<T>[] => {
    const object = objects.get(key)
    objects.delete(key)
    marks.delete(key)
    unseen.delete(key)
    return object === undefined ? [] : [{ type: 'DELETED', object }]
  }
  return {
    objects,
    upsert(told) {
      const { uid, resourceVersion: version } = told.metadata
      const key = objectKey(told.metadata)
      const mark = marks.get(key)
      const gone = mark !== undefined && mark.uid !== uid ? forget(key) : []
      unseen.delete(key)
      if (mark?.uid === uid && version !== undefined && mark?.version === version) return gone
      const previous = objects.get(key)
      const object = project(withoutBallast(told, keepsWriter))
      objects.set(key, object)
      marks.set(key, { uid, version })
      return [...gone, previous === undefined ? { type: 'ADDED', object } : { type: 'MODIFIED', object, previous }]
    },
    remove(told) {
      const key = objectKey(told.metadata)
      return marks.get(key)?.uid === told.metadata.uid ? forget(key) : []
    },
    beginSync() {
      unseen = new Set(objects.keys())
    },
    endSync: () => [...unseen].flatMap(forget),
    clear: () => [...objects.keys()].flatMap(forget),
  }
}

type KeepsWriter = (entry: Json) => boolean

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** Who wrote which field, and kubectl's copy of the whole object: often half of it, and never shown. */
function withoutBallast(object: KubernetesObject, keepsWriter: KeepsWriter | undefined): KubernetesObject {
  const { managedFields: _managers, ...bare } = object.metadata
  const kept = keepsWriter === undefined ? [] : listAt(object, 'metadata', 'managedFields').filter(keepsWriter)
  const metadata = kept.length === 0 ? bare : { ...bare, managedFields: kept }
  if (!isRecord(metadata.annotations) || metadata.annotations[lastApplied] === undefined) return { ...object, metadata }
  const { [lastApplied]: _copy, ...annotations } = metadata.annotations
  return { ...object, metadata: { ...metadata, annotations } }
}
