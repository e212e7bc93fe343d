import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { ObjectStore } from './store/store.ts'

type Asked = { group: string; version: string; plural: string }
type Told = { put(object: KubernetesObject): void; remove(object: KubernetesObject): void }

/** Tells of what is stored of a resource now, and of every change after that; ends when the answer is called. */
export type Follow = (resource: Asked, told: Told) => () => void

/**
 * A watch for those who live in this process: in order, and never within the write that it tells of. The objects are the
 * stored ones, shared with everybody: whoever changes one in place breaks the store.
 */
export function createFollowers(store: ObjectStore): Follow {
  const followers = new Map<string, Set<(type: 'put' | 'remove', object: KubernetesObject) => void>>()
  const queue: (() => void)[] = []
  const drain = (): void => {
    for (const tell of queue.splice(0)) tell()
  }
  const later = (tell: () => void): void => {
    if (queue.length === 0) setImmediate(drain)
    queue.push(tell)
  }
  store.listen((key, { type, entry }) => {
    const listening = followers.get(key)
    if (listening === undefined) return
    for (const follower of listening) {
      later(() => {
        if (listening.has(follower)) follower(type === 'DELETED' ? 'remove' : 'put', entry.object)
      })
    }
  })
  return ({ group, version, plural }, told) => {
    const key = group === '' ? plural : `${plural}.${group}`
    const apiVersion = group === '' ? version : `${group}/${version}`
    const listening = followers.get(key) ?? new Set()
    followers.set(key, listening)
    const follower = (type: 'put' | 'remove', object: KubernetesObject): void =>
      told[type](object.apiVersion === apiVersion ? object : { ...object, apiVersion })
    for (const { object } of store.list(key)) follower('put', object)
    listening.add(follower)
    return () => void listening.delete(follower)
  }
}
