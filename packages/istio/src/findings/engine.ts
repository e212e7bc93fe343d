import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { groupedBy } from '../world/grouped.ts'
import { type KindKey, kindKey, kindOf } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import type { VersionOf } from '../world/watched.ts'
import type { Judge } from './finding.ts'
import { createLooking, type Node } from './looking.ts'
import { type Change, createStore, placeOf } from './store.ts'
import { watchedWorld } from './watched-world.ts'
import type { MeshWorldParts } from './world.ts'

/**
 * What is wrong in one mesh, kept from one question to the next. Each object is judged by itself, and what its judges
 * look at meanwhile is seen: a change asks again only about objects that looked at what it touches.
 */
export type Engine = {
  /** In no order; brought in line with the views first. The same list while nothing has changed. */
  findings(): readonly Finding[]
  /** As it would be with a change, which is taken back before this returns. */
  with(changes: readonly Laid[]): readonly Finding[]
}

/** What is to be at a place: an object, or nothing. */
export type Laid = { ref: ObjectRef; after: KubernetesObject | undefined }

type Unit = Node & { found: readonly Finding[] }
type Place = { cluster: string; kind: KindKey; place: string }

export function createEngine(parts: MeshWorldParts, judges: readonly Judge[], versionOf?: VersionOf): Engine {
  const { config } = parts
  const clusters = [config, ...parts.clusters.filter((each) => each !== config)]
  const store = createStore(clusters, versionOf)
  const looking = createLooking()
  const world = watchedWorld({ ...parts, clusters }, store, looking)
  const viewOf = new Map(world.clusters.map((each) => [each.cluster, each]))
  const byKind = judgesByKind(judges)
  const units = new Map<string, Unit>()
  const stale = new Map<string, Place>()
  let last: readonly Finding[] | undefined

  const judgeAt = (at: Place) => {
    const id = `${at.cluster} ${at.kind} ${at.place}`
    const known = units.get(id)
    if (known !== undefined) looking.forget(known)
    units.delete(id)
    last = undefined
    const object = store.get(at.cluster, at.kind, at.place)
    const asked = byKind(at.kind).filter(({ where }) => where === 'every' || at.cluster === config.cluster)
    if (object === undefined || asked.length === 0) return
    const unit: Unit = { looked: new Set(), found: [], again: () => void stale.set(id, at) }
    units.set(id, unit)
    const namespace = at.place.startsWith('/') ? '' : namespaceOf(object)
    const subject = { cluster: at.cluster, object, namespace, view: viewOf.get(at.cluster) ?? world.config }
    unit.found = looking.work(unit, () => asked.flatMap((judge) => judge.judge(subject, world)))
  }
  const settle = (changes: readonly Change[], looks: Iterable<string>) => {
    looking.changed(looks)
    for (const { cluster, before, after } of changes) {
      const object = after ?? before
      if (object === undefined) continue
      const at = { cluster, kind: kindOf(object), place: placeOf(object) }
      stale.set(`${cluster} ${at.kind} ${at.place}`, at)
    }
    const again = [...stale.values()]
    stale.clear()
    for (const each of again) judgeAt(each)
  }
  const begin = () => {
    for (const kind of new Set(judges.flatMap((each) => each.kinds))) {
      for (const { cluster } of clusters) {
        for (const each of store.list(cluster, kind)) judgeAt({ cluster, kind, place: placeOf(each) })
      }
    }
  }
  let begun = false
  const refresh = () => {
    if (begun) {
      const { changes, looks } = store.refresh()
      settle(changes, looks)
    } else begin()
    begun = true
  }
  const all = () => (last ??= [...units.values()].flatMap(({ found }) => found))
  return {
    findings() {
      refresh()
      return all()
    },
    with(laid) {
      refresh()
      const changes = laid.map(({ ref, after }) => {
        const place = `${ref.namespace ?? ''}/${ref.name}`
        return { cluster: ref.cluster, before: store.get(ref.cluster, kindKey(ref), place), after }
      })
      const before = all()
      settle(changes, store.change(changes))
      const then = all()
      const back = changes.map(({ cluster, ...each }) => ({ cluster, before: each.after, after: each.before }))
      settle(back, store.change(back))
      last = before
      return then
    },
  }
}

function judgesByKind(judges: readonly Judge[]): (kind: KindKey) => readonly Judge[] {
  const grouped = groupedBy(
    judges.flatMap((judge) => judge.kinds.map((kind) => ({ kind, judge }))),
    ({ kind }) => kind,
  )
  const byKind = new Map([...grouped].map(([kind, pairs]) => [kind, pairs.map(({ judge }) => judge)]))
  return (kind) => byKind.get(kind) ?? []
}
