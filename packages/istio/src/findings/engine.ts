import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kindKey } from '../world/kinds.ts'
import type { VersionOf } from '../world/view.ts'
import type { Judge } from './finding.ts'
import { createLooking, type Look } from './looking.ts'
import type { Change } from './changes.ts'
import { createStore } from './store.ts'
import { createUnits, type Touched } from './units.ts'
import { watchedWorld } from './watched-world.ts'
import type { MeshWorld, MeshWorldParts } from './world.ts'

/**
 * What is wrong in one mesh, kept from one question to the next. Each object is judged by itself, and what its judges
 * look at meanwhile is seen: a change asks again only about objects that looked at what it touches.
 */
export type Engine = {
  /** In no order; brought in line with the views first. The same list while nothing has changed. */
  findings(): readonly Finding[]
  /** Judges at most so many objects of those that are to be judged; says whether that was all. */
  judge(most: number): boolean
  /** As it would be with a change, which is taken back before this returns. */
  with(changes: readonly Laid[]): readonly Finding[]
  /** The same of what the change touches alone: what is found about that now, and what would be. */
  touched(changes: readonly Laid[]): Touched
  /** What a question says of the world as it is, whatever is found wrong in it, or as it would be with a change, which is taken back. */
  ask<Answer>(question: (world: MeshWorld) => Answer, changes?: readonly Laid[]): Answer
}

/** What is to be at a place: an object, or nothing. */
export type Laid = { ref: ObjectRef; after: KubernetesObject | undefined }

/** The clusters are in the order of the store: first the one that istiod reads its rules from. */
export function createEngine(parts: MeshWorldParts, judges: readonly Judge[], versionOf?: VersionOf): Engine {
  const clusters = [parts.config, ...parts.clusters.filter((each) => each !== parts.config)]
  const store = createStore(clusters, versionOf)
  const looking = createLooking()
  const world = watchedWorld({ ...parts, clusters }, store, looking)
  const units = createUnits({ store, looking, world, judges })
  const mark = (changes: readonly Change[], looks: Iterable<Look>) => {
    looking.changed(looks)
    units.mark(changes)
  }
  const refresh = () => {
    const { changes, looks } = store.refresh()
    mark(changes, looks)
  }
  const findings = () => {
    units.judge(Number.POSITIVE_INFINITY)
    return units.findings()
  }
  const laying = <Answer>(laid: readonly Laid[], answer: () => Answer): Answer => {
    const before = units.isJudged() ? units.findings() : undefined
    const changes = laid.map(({ ref, after }) => {
      const place = `${ref.namespace ?? ''}/${ref.name}`
      return { cluster: ref.cluster, before: store.get(ref.cluster, kindKey(ref), place), after }
    })
    mark(changes, store.change(changes))
    try {
      return answer()
    } finally {
      const back = changes.map(({ cluster, ...each }) => ({ cluster, before: each.after, after: each.before }))
      mark(back, store.change(back))
      if (before !== undefined) {
        units.rejudge()
        units.keep(before)
      }
    }
  }
  const judgedWith = <Answer>(laid: readonly Laid[], answer: () => Answer): Answer => {
    refresh()
    findings()
    return laying(laid, answer)
  }
  return {
    findings() {
      refresh()
      return findings()
    },
    judge(most) {
      refresh()
      return units.judge(most)
    },
    with: (laid) => judgedWith(laid, findings),
    touched: (laid) => judgedWith(laid, () => units.rejudge()),
    ask(question, laid = []) {
      refresh()
      return laid.length === 0 ? question(world) : laying(laid, () => question(world))
    },
  }
}
