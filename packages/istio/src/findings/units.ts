import type { Finding } from '@orbweaver/contracts/plan'
import { groupedBy } from '../world/grouped.ts'
import { type KindKey, kindOf } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import type { Change } from './changes.ts'
import type { Judge } from './finding.ts'
import { placeOf } from './held.ts'
import type { Looking, Node } from './looking.ts'
import type { Store } from './store.ts'
import type { MeshWorld } from './world.ts'

/** Every object that is judged, with what is found about it. */
export type Units = {
  begin(): void
  /** Judges again what changed, and what looked at something that has changed. */
  settle(changes: readonly Change[]): void
  /** The same list until something is judged again. */
  findings(): readonly Finding[]
  /** These are the findings: what was judged since has been taken back. */
  keep(findings: readonly Finding[]): void
}

type Unit = Node & { found: readonly Finding[] }
type Place = { cluster: string; kind: KindKey; place: string }
type Parts = { store: Store; looking: Looking; world: MeshWorld; judges: readonly Judge[] }

export function createUnits({ store, looking, world, judges }: Parts): Units {
  const views = new Map(world.clusters.map((each) => [each.cluster, each]))
  const byKind = judgesByKind(judges)
  const units = new Map<string, Unit>()
  const stale = new Map<string, Place>()
  let last: readonly Finding[] | undefined

  const judgeAt = (at: Place) => {
    const id = idOf(at)
    const known = units.get(id)
    if (known !== undefined) looking.forget(known)
    units.delete(id)
    last = undefined
    const object = store.get(at.cluster, at.kind, at.place)
    const asked = byKind(at.kind).filter(({ where }) => where === 'every' || at.cluster === world.config.cluster)
    if (object === undefined || asked.length === 0) return
    const unit: Unit = { epoch: 0, found: [], again: () => void stale.set(id, at) }
    units.set(id, unit)
    const namespace = at.place.startsWith('/') ? '' : namespaceOf(object)
    const subject = { cluster: at.cluster, object, namespace, view: views.get(at.cluster) ?? world.config }
    unit.found = looking.work(unit, () => asked.flatMap((judge) => judge.judge(subject, world)))
  }
  return {
    begin() {
      for (const kind of new Set(judges.flatMap((each) => each.kinds))) {
        for (const { cluster } of world.clusters) {
          for (const each of store.list(cluster, kind)) judgeAt({ cluster, kind, place: placeOf(each) })
        }
      }
    },
    settle(changes) {
      for (const { cluster, before, after } of changes) {
        const object = after ?? before
        if (object === undefined) continue
        const at = { cluster, kind: kindOf(object), place: placeOf(object) }
        stale.set(idOf(at), at)
      }
      const again = [...stale.values()]
      stale.clear()
      for (const each of again) judgeAt(each)
    },
    findings: () => (last ??= [...units.values()].flatMap(({ found }) => found)),
    keep(findings) {
      last = findings
    },
  }
}

function idOf({ cluster, kind, place }: Place): string {
  return `${cluster} ${kind} ${place}`
}

function judgesByKind(judges: readonly Judge[]): (kind: KindKey) => readonly Judge[] {
  const grouped = groupedBy(
    judges.flatMap((judge) => judge.kinds.map((kind) => ({ kind, judge }))),
    ({ kind }) => kind,
  )
  const byKind = new Map([...grouped].map(([kind, pairs]) => [kind, pairs.map(({ judge }) => judge)]))
  return (kind) => byKind.get(kind) ?? []
}
