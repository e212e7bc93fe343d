import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** One kind of one cluster, as the last watch event left it. */
export type Cache = {
  list: (namespace?: string) => KubernetesObject[]
  get: (namespace: string, name: string) => KubernetesObject | undefined
  /** Told of every object that came, changed or went, and at once of those already there. */
  onChange: (listener: (object: KubernetesObject) => void) => void
  /** Resolves with true as soon as the condition holds, with false after so many milliseconds. */
  until: (condition: () => boolean, ms: number) => Promise<boolean>
}

/** A cache with the side that fills it. */
export type ObjectTable = Cache & {
  put: (object: KubernetesObject) => void
  remove: (object: KubernetesObject) => void
}

type Waiting = { condition: () => boolean; done: () => void }

export function createObjectTable(): ObjectTable {
  const byNamespace = new Map<string, Map<string, KubernetesObject>>()
  const listeners: ((object: KubernetesObject) => void)[] = []
  const waiting = new Set<Waiting>()

  const notify = (object: KubernetesObject): void => {
    for (const listener of listeners) listener(object)
    for (const each of waiting) if (each.condition()) each.done()
  }
  const every = (): KubernetesObject[] => [...byNamespace.values()].flatMap((names) => [...names.values()])
  const forget = ({ metadata }: KubernetesObject): void => {
    const names = byNamespace.get(metadata.namespace ?? '')
    names?.delete(metadata.name)
    if (names?.size === 0) byNamespace.delete(metadata.namespace ?? '')
  }
  const keep = (object: KubernetesObject): void => {
    const namespace = object.metadata.namespace ?? ''
    const names = byNamespace.get(namespace) ?? new Map<string, KubernetesObject>()
    names.set(object.metadata.name, object)
    byNamespace.set(namespace, names)
  }
  return {
    list: (namespace) => (namespace === undefined ? every() : [...(byNamespace.get(namespace)?.values() ?? [])]),
    get: (namespace, name) => byNamespace.get(namespace)?.get(name),
    onChange: (listener) => {
      listeners.push(listener)
      for (const object of every()) listener(object)
    },
    until: (condition, ms) => untilHolds(waiting, condition, ms),
    put: (object) => {
      keep(object)
      notify(object)
    },
    remove: (object) => {
      forget(object)
      notify(object)
    },
  }
}

async function untilHolds(waiting: Set<Waiting>, condition: () => boolean, ms: number): Promise<boolean> {
  if (condition()) return true
  return new Promise((resolve) => {
    const entry: Waiting = {
      condition,
      done: () => {
        clearTimeout(timer)
        waiting.delete(entry)
        resolve(true)
      },
    }
    const timer = setTimeout(() => {
      waiting.delete(entry)
      resolve(condition())
    }, ms)
    waiting.add(entry)
  })
}
