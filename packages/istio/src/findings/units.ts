import type { Finding } from '@orbweaver/contracts/plan'
import { groupedBy } from '../world/grouped.ts'
import { type KindKey, kindOf } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import type { ClusterView } from '../world/view.ts'
import type { Change } from './changes.ts'
import type { Judge, Subject } from './finding.ts'
import { placeOf } from './held.ts'
import type { Looking, Node } from './looking.ts'
import type { Store } from './store.ts'
import type { MeshWorld } from './world.ts'

/** Every object that is judged, with what is found about it. */
export type Units = {
  /** What changed is to be judged again, as is what looked at something that has changed. */
  mark(changes: readonly Change[]): void
  /** Judges so many of what is to be judged, at first everything; says whether that was all. */
  judge(most: number): boolean
  /** Judges all that is to be judged: what was found about it before, and what is found now. */
  rejudge(): Touched
  /** Whether nothing is left to be judged. */
  isJudged(): boolean
  /** What was found so far. The same list until something is judged again. */
  findings(): readonly Finding[]
  /** These are the findings: what was judged since has been taken back. */
  keep(findings: readonly Finding[]): void
}

/** What is found about some objects, before and after something has changed. */
export type Touched = { before: readonly Finding[]; after: readonly Finding[] }

type Unit = Node & { found: readonly Finding[] }
/** All objects of a kind in a cluster that some judge asks about. */
type Home = {
  view: ClusterView
  kind: KindKey
  asked: readonly Judge[]
  /** By `placeOf`. */
  units: Map<string, Unit>
  stale: Set<string>
  /** What is found about all of them, until one is judged again. */
  found: readonly Finding[] | undefined
}
/** One of a home's units. */
type Place = { home: Home; place: string }
type Parts = { store: Store; looking: Looking; world: MeshWorld; judges: readonly Judge[] }

const none: readonly Finding[] = []

export function createUnits({ store, looking, world, judges }: Parts): Units {
  const homes = homesOf(world, judges)
  const all = [...homes.values()].flatMap((kinds) => [...kinds.values()])
  let begun = false
  let last: readonly Finding[] | undefined

  const judgeAt = (home: Home, place: string) => {
    const { view, kind, asked, units, stale } = home
    const known = units.get(place)
    if (known !== undefined) known.forgotten = true
    home.found = undefined
    const object = store.get(view.cluster, kind, place)
    if (object === undefined) return void units.delete(place)
    const unit: Unit = { forgotten: false, found: none, again: () => void stale.add(place) }
    units.set(place, unit)
    const namespace = place.startsWith('/') ? '' : namespaceOf(object)
    const subject = { cluster: view.cluster, object, namespace, view }
    unit.found = looking.work(unit, () => foundBy(asked, subject, world))
  }
  const judgeAll = (places: readonly Place[]) => {
    if (places.length > 0) last = undefined
    for (const { home, place } of places) {
      judgeAt(home, place)
      home.stale.delete(place)
    }
  }
  const isJudged = () => begun && all.every(({ stale }) => stale.size === 0)
  const begin = () => {
    begun = true
    for (const { view, kind, stale } of all)
      for (const place of store.places(view.cluster, kind).keys()) stale.add(place)
  }
  return {
    judge(most) {
      if (!begun) begin()
      judgeAll(staleIn(all, most))
      return isJudged()
    },
    rejudge() {
      const touched = staleIn(all)
      const before = foundAt(touched)
      judgeAll(touched)
      return { before, after: foundAt(touched) }
    },
    isJudged,
    mark(changes) {
      if (!begun) return
      for (const { cluster, before, after } of changes) {
        const object = after ?? before
        if (object !== undefined) homes.get(cluster)?.get(kindOf(object))?.stale.add(placeOf(object))
      }
    },
    findings: () => (last ??= all.flatMap(foundIn)),
    keep(findings) {
      last = findings
    },
  }
}

function foundBy(judges: readonly Judge[], subject: Subject, world: MeshWorld): readonly Finding[] {
  const found: Finding[] = []
  for (const judge of judges) found.push(...judge.judge(subject, world))
  return found.length === 0 ? none : found
}

/** At most so many of what is to be judged. */
function staleIn(homes: readonly Home[], most = Number.POSITIVE_INFINITY): Place[] {
  const places: Place[] = []
  for (const home of homes) {
    for (const place of home.stale) {
      if (places.length >= most) return places
      places.push({ home, place })
    }
  }
  return places
}

function foundAt(places: readonly Place[]): Finding[] {
  return places.flatMap(({ home, place }) => home.units.get(place)?.found ?? none)
}

function foundIn(home: Home): readonly Finding[] {
  home.found ??= [...home.units.values()].flatMap(({ found }) => found)
  return home.found
}

function homesOf(world: MeshWorld, judges: readonly Judge[]): ReadonlyMap<string, ReadonlyMap<KindKey, Home>> {
  const pairs = judges.flatMap((judge) => judge.kinds.map((kind) => ({ kind, judge })))
  const byKind = [...groupedBy(pairs, ({ kind }) => kind)]
  const homeOf = (view: ClusterView, kind: KindKey, all: readonly Judge[]): Home => {
    const asked = all.filter(({ where }) => where === 'every' || view.cluster === world.config.cluster)
    return { view, kind, asked, units: new Map(), stale: new Set(), found: undefined }
  }
  return new Map(
    world.clusters.map((view) => {
      const homes = byKind.map(([kind, of]) =>
        homeOf(
          view,
          kind,
          of.map(({ judge }) => judge),
        ),
      )
      return [view.cluster, new Map(homes.filter(({ asked }) => asked.length > 0).map((home) => [home.kind, home]))]
    }),
  )
}
