import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindOf } from './kinds.ts'

/**
 * One cluster as the pure functions see it. The BFF's mirror is one; `clusterView` makes one of plain objects.
 * Lists are never copied and may not be changed; an unread kind is an empty list, so callers that must tell "none"
 * from "not read" ask `has`.
 */
export type ClusterView = {
  readonly cluster: string
  has(kind: KindKey): boolean
  list(kind: KindKey, namespace?: string): readonly KubernetesObject[]
  get(kind: KindKey, name: string, namespace?: string): KubernetesObject | undefined
}

/** A number of a kind's state in a cluster: another one after any change to its objects, or to whether it is read. */
export type VersionOf = (cluster: string, kind: KindKey) => number

/** Indexes objects by kind, namespace and name: every lookup afterwards is one step. */
export function clusterView(
  cluster: string,
  objects: Iterable<KubernetesObject>,
  read: Iterable<KindKey> = [],
): ClusterView {
  const lists = new Map<string, KubernetesObject[]>()
  const named = new Map<string, KubernetesObject>()
  for (const kind of read) lists.set(kind, [])
  for (const object of objects) {
    const kind = kindOf(object)
    const { name, namespace } = object.metadata
    push(lists, kind, object)
    if (namespace !== undefined) push(lists, `${kind}|${namespace}`, object)
    named.set(`${kind}|${namespace ?? ''}|${name}`, object)
  }
  return {
    cluster,
    has: (kind) => lists.has(kind),
    list: (kind, namespace) => lists.get(namespace === undefined ? kind : `${kind}|${namespace}`) ?? [],
    get: (kind, name, namespace) => named.get(`${kind}|${namespace ?? ''}|${name}`),
  }
}

/** The view as it will be once these objects have taken the place of those of their names. */
export function viewAfter(view: ClusterView, objects: readonly KubernetesObject[]): ClusterView {
  const after = clusterView(view.cluster, objects)
  const then = (kind: KindKey, object: KubernetesObject): KubernetesObject =>
    after.get(kind, object.metadata.name, object.metadata.namespace) ?? object
  return {
    cluster: view.cluster,
    has: (kind) => view.has(kind),
    list: (kind, namespace) => {
      const listed = view.list(kind, namespace)
      return after.has(kind) ? listed.map((each) => then(kind, each)) : listed
    },
    get: (kind, name, namespace) => {
      const found = view.get(kind, name, namespace)
      return found === undefined ? undefined : then(kind, found)
    },
  }
}

/** The view, and beside it objects of kinds or names that it does not hold. */
export function viewWith(view: ClusterView, objects: readonly KubernetesObject[]): ClusterView {
  if (objects.length === 0) return view
  const more = clusterView(view.cluster, objects)
  return {
    cluster: view.cluster,
    has: (kind) => view.has(kind) || more.has(kind),
    list: (kind, namespace) => [...view.list(kind, namespace), ...more.list(kind, namespace)],
    get: (kind, name, namespace) => view.get(kind, name, namespace) ?? more.get(kind, name, namespace),
  }
}

/** The view with other lists of these kinds. */
export function viewWhere(
  view: ClusterView,
  read: readonly KindKey[],
  objects: readonly KubernetesObject[],
): ClusterView {
  const other = clusterView(view.cluster, objects, read)
  const of = (kind: KindKey): ClusterView => (read.includes(kind) ? other : view)
  return {
    cluster: view.cluster,
    has: (kind) => of(kind).has(kind),
    list: (kind, namespace) => of(kind).list(kind, namespace),
    get: (kind, name, namespace) => of(kind).get(kind, name, namespace),
  }
}

function push(lists: Map<string, KubernetesObject[]>, key: string, object: KubernetesObject): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [object])
  else list.push(object)
}
