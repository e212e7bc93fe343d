import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Target } from '@orbweaver/kube/client'

/** The objects of one kind, by namespace and name. Lists are made when asked for and kept until something changes. */
export type KindStore = {
  readonly size: number
  put(object: KubernetesObject): void
  drop(object: KubernetesObject): void
  list(namespace?: string): readonly KubernetesObject[]
  get(target: Target): KubernetesObject | undefined
}

const none: readonly KubernetesObject[] = Object.freeze([])

export function createKindStore(): KindStore {
  const byNamespace = new Map<string, Map<string, KubernetesObject>>()
  const lists = new Map<string, readonly KubernetesObject[]>()
  let all: readonly KubernetesObject[] | undefined
  let size = 0

  const touch = (namespace: string) => {
    lists.delete(namespace)
    all = undefined
  }

  return {
    get size() {
      return size
    },
    put(object) {
      const { namespace = '', name } = object.metadata
      const names = byNamespace.get(namespace) ?? new Map<string, KubernetesObject>()
      byNamespace.set(namespace, names)
      if (!names.has(name)) size += 1
      names.set(name, object)
      touch(namespace)
    },
    drop({ metadata }) {
      const namespace = metadata.namespace ?? ''
      const names = byNamespace.get(namespace)
      if (names?.delete(metadata.name) !== true) return
      size -= 1
      if (names.size === 0) byNamespace.delete(namespace)
      touch(namespace)
    },
    list(namespace) {
      if (namespace === undefined) {
        all ??= [...byNamespace.values()].flatMap((names) => [...names.values()])
        return all
      }
      const names = byNamespace.get(namespace)
      if (names === undefined) return none
      const list = lists.get(namespace) ?? [...names.values()]
      lists.set(namespace, list)
      return list
    },
    get: ({ namespace, name }) => byNamespace.get(namespace ?? '')?.get(name),
  }
}
