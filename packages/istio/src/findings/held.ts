import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '../world/grouped.ts'
import type { KindKey } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { createLook, createLooks, type Look, type Looks } from './looking.ts'

/** Objects of one kind in one cluster, as they were last seen. */
export type Held = {
  /** Whether the cluster could be asked for the kind. */
  read: boolean
  version: number
  readonly byPlace: ReadonlyMap<string, KubernetesObject>
  list(namespace?: string): readonly KubernetesObject[]
  put(place: string, object: KubernetesObject | undefined): void
  readonly looks: HeldLooks
}

/** What of it somebody looks at: whether it is read, all of it, a namespace, a place. */
type HeldLooks = { readonly read: Look; readonly all: Look; readonly namespaces: Looks; readonly places: Looks }

/** `namespace/name`; of what has no namespace `/name`. */
export function placeOf({ metadata }: { metadata: { name: string; namespace?: string } }): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

const none: readonly KubernetesObject[] = []

export function heldOf(view: ClusterView | undefined, kind: KindKey, version: number): Held {
  let list: readonly KubernetesObject[] | undefined = view?.list(kind) ?? none
  let byNamespace: Map<string, readonly KubernetesObject[]> | undefined
  const byPlace = new Map(list.map((each) => [placeOf(each), each]))
  const all = () => (list ??= [...byPlace.values()])
  return {
    read: view?.has(kind) ?? false,
    version,
    looks: { read: createLook(), all: createLook(), namespaces: createLooks(), places: createLooks() },
    byPlace,
    list(namespace) {
      if (namespace === undefined) return all()
      byNamespace ??= groupedBy(all(), (each) => each.metadata.namespace ?? '')
      return byNamespace.get(namespace) ?? none
    },
    put(place, object) {
      const was = byPlace.get(place)
      if (object === undefined) byPlace.delete(place)
      else byPlace.set(place, object)
      list = undefined
      const { namespace = '' } = (object ?? was)?.metadata ?? {}
      byNamespace?.set(namespace, replaced(byNamespace.get(namespace) ?? none, was, object))
    },
  }
}

/** In its place, as in a map. */
function replaced(
  list: readonly KubernetesObject[],
  was: KubernetesObject | undefined,
  object: KubernetesObject | undefined,
): readonly KubernetesObject[] {
  if (was === undefined) return object === undefined ? list : [...list, object]
  return list.flatMap((each) => (each === was ? (object ?? []) : each))
}
