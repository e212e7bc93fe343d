import { isRecord, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import { type Definition, type Served, servedVersion } from '../definition.ts'
import type { Change } from '../store/change.ts'
import { markDeleted } from '../verbs/delete.ts'
import { isReleased } from '../verbs/store-write.ts'
import type { Controller } from './controller.ts'

type Place = { definition: Definition; namespace: string | undefined; name: string }

/** Deletes what has lost its owners, after the owner (Background), before it (Foreground) or never (Orphan). */
export function collectGarbage(cluster: Cluster): Controller {
  const graph = createGraph()
  return (resource, change) => {
    const definition = cluster.registry.byKey(resource)
    if (definition === undefined) return
    graph.follow(definition, change)
    const { object } = change.entry
    if (change.type === 'DELETED') ownerGone(cluster, graph, object)
    else if (object.metadata.deletionTimestamp !== undefined) ownerGoing(cluster, graph, { definition, object })
    else if (ownersOf(object).length > 0) absentOwners(cluster, { definition, object })
  }
}

type Graph = {
  follow(definition: Definition, change: Change): void
  dependents(uid: string): Place[]
}

/** Who names whom as owner, by uid. */
function createGraph(): Graph {
  const byOwner = new Map<string, Map<string, Place>>()
  return {
    follow(definition, change) {
      const { namespace, name, uid } = change.entry.object.metadata
      const id = `${definition.key}/${uid ?? ''}`
      if (change.before !== undefined)
        for (const each of ownersOf(change.before.object)) byOwner.get(uidOf(each))?.delete(id)
      if (change.type === 'DELETED') return
      for (const owner of ownersOf(change.entry.object)) {
        const places = byOwner.get(uidOf(owner)) ?? new Map<string, Place>()
        places.set(id, { definition, namespace, name })
        byOwner.set(uidOf(owner), places)
      }
    },
    dependents: (uid) => [...(byOwner.get(uid)?.values() ?? [])],
  }
}

function ownersOf(object: KubernetesObject): JsonRecord[] {
  return listAt(object, 'metadata', 'ownerReferences').filter(isRecord)
}

function uidOf(owner: JsonRecord): string {
  return textAt(owner, 'uid') ?? ''
}

function current(cluster: Cluster, place: Place): KubernetesObject | undefined {
  return cluster.store.get(place.definition.key, place.namespace, place.name)?.object
}

function ownerGone(cluster: Cluster, graph: Graph, owner: KubernetesObject): void {
  for (const place of graph.dependents(owner.metadata.uid ?? '')) {
    const object = current(cluster, place)
    if (object !== undefined) dropOwner(cluster, place, { object, uid: owner.metadata.uid ?? '' })
  }
}

/** Another living owner keeps an object; otherwise it follows its owner. */
function dropOwner(cluster: Cluster, place: Place, by: { object: KubernetesObject; uid: string }): void {
  const rest = ownersOf(by.object).filter((each) => uidOf(each) !== by.uid)
  const living = rest.filter((each) => exists(cluster, each, by.object.metadata.namespace))
  if (living.length === 0) {
    discard(cluster, place, { object: by.object, foreground: false })
    return
  }
  const after = cloneObject(by.object)
  after.metadata.ownerReferences = living
  cluster.store.put(place.definition.key, after)
}

function ownerServed(cluster: Cluster, owner: JsonRecord): Served | undefined {
  const { group, version } = splitApiVersion(textAt(owner, 'apiVersion') ?? '')
  return cluster.registry.byKind(group, version, textAt(owner, 'kind') ?? '')
}

function exists(cluster: Cluster, owner: JsonRecord, namespace: string | undefined): boolean {
  const served = ownerServed(cluster, owner)
  if (served === undefined) return true
  const at = served.definition.namespaced ? namespace : undefined
  const found = cluster.store.get(served.definition.key, at, textAt(owner, 'name') ?? '')?.object
  return found !== undefined && found.metadata.uid === uidOf(owner)
}

/** An object that was born after its owner died. */
function absentOwners(cluster: Cluster, at: { definition: Definition; object: KubernetesObject }): void {
  const { definition, object } = at
  const { namespace, name } = object.metadata
  if (ownersOf(object).some((each) => exists(cluster, each, namespace))) return
  if (current(cluster, { definition, namespace, name }) !== object) return
  discard(cluster, { definition, namespace, name }, { object, foreground: false })
}

/** Deletes with `foreground` when the dependent may itself have dependents to wait for. */
function discard(cluster: Cluster, place: Place, by: { object: KubernetesObject; foreground: boolean }): void {
  const { definition } = place
  const served = servedVersion(definition, definition.versions[0]?.name ?? '')
  if (served === undefined || by.object.metadata.deletionTimestamp !== undefined) return
  const propagation = by.foreground ? 'Foreground' : 'Background'
  const marked = markDeleted(cluster, served, { object: by.object, options: { graceSeconds: undefined, propagation } })
  if (isReleased(marked)) cluster.store.remove(definition.key, by.object)
  else cluster.store.put(definition.key, marked)
}

/** Works off the `orphan` and `foregroundDeletion` finalizers of an owner under deletion. */
function ownerGoing(cluster: Cluster, graph: Graph, at: { definition: Definition; object: KubernetesObject }): void {
  const { definition } = at
  const { namespace, name, uid } = at.object.metadata
  const owner = current(cluster, { definition, namespace, name })
  if (owner === undefined || owner.metadata.uid !== uid) return
  const finalizers = listAt(owner, 'metadata', 'finalizers')
  const places = graph.dependents(uid ?? '')
  if (finalizers.includes('orphan')) {
    for (const place of places) orphan(cluster, place, uid ?? '')
    release(cluster, { definition, object: owner, finalizer: 'orphan' })
    return
  }
  if (!finalizers.includes('foregroundDeletion')) return
  const blocking = places.filter((place) => isBlocking(cluster, place, uid ?? ''))
  for (const place of places) {
    const object = current(cluster, place)
    if (object !== undefined) discard(cluster, place, { object, foreground: true })
  }
  const left = blocking.filter((place) => current(cluster, place) !== undefined)
  if (left.length === 0) release(cluster, { definition, object: owner, finalizer: 'foregroundDeletion' })
  else waitFor(cluster, left, () => ownerGoing(cluster, graph, at))
}

function isBlocking(cluster: Cluster, place: Place, uid: string): boolean {
  const object = current(cluster, place)
  return (
    object !== undefined && ownersOf(object).some((each) => uidOf(each) === uid && each.blockOwnerDeletion === true)
  )
}

function waitFor(cluster: Cluster, places: Place[], then: () => void): void {
  const stop = cluster.store.listen((_resource, change) => {
    if (change.type !== 'DELETED' || places.some((each) => current(cluster, each) !== undefined)) return
    stop()
    then()
  })
}

function orphan(cluster: Cluster, place: Place, uid: string): void {
  const object = current(cluster, place)
  if (object === undefined) return
  const after = cloneObject(object)
  const rest = ownersOf(object).filter((each) => uidOf(each) !== uid)
  if (rest.length > 0) after.metadata.ownerReferences = rest
  else delete after.metadata.ownerReferences
  cluster.store.put(place.definition.key, after)
}

function release(cluster: Cluster, by: { definition: Definition; object: KubernetesObject; finalizer: string }): void {
  const after = cloneObject(by.object)
  const rest = listAt(by.object, 'metadata', 'finalizers').filter((each) => each !== by.finalizer)
  if (rest.length > 0) after.metadata.finalizers = rest
  else delete after.metadata.finalizers
  if (isReleased(after)) cluster.store.remove(by.definition.key, after)
  else cluster.store.put(by.definition.key, after)
}
