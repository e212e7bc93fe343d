import type { InjectionBeside, InjectionComparison } from '@orbweaver/contracts/compare'
import type { InjectionExplanation } from '@orbweaver/contracts/explain-access'
import { sameJson } from '@orbweaver/contracts/json'
import { type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import { injection } from './explain.ts'

type Told = InjectionComparison['before']

const makers: readonly string[] = [kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.cronJob]

/** Whose injection hangs on these objects: themselves, and of a namespace what makes Pods there. */
export function injectedBy(world: MeshWorld, refs: readonly ObjectRef[]): ObjectRef[] {
  const found = refs.flatMap((ref): ObjectRef[] => {
    const kind = kindKey(ref)
    if (kind === kinds.pod || makers.includes(kind)) return [ref]
    const view = world.clusters.find(({ cluster }) => cluster === ref.cluster)
    if (kind !== kinds.namespace || view === undefined) return []
    const within = makers.flatMap((each) => view.list(each, ref.name).map((object) => refOf(ref.cluster, object)))
    return [ref, ...within]
  })
  return [...new Map(found.map((ref) => [refKey(ref), ref])).values()]
}

/** What becomes of new Pods of each: to be asked before and after a change, and compared. */
export function injectionTold(world: MeshWorld, refs: readonly ObjectRef[]): Map<string, InjectionExplanation> {
  return new Map(refs.map((ref) => [refKey(ref), injection(world, ref)]))
}

/** Those whose new Pods get something else than before. */
export function injectionDifference(
  before: ReadonlyMap<string, InjectionExplanation>,
  after: ReadonlyMap<string, InjectionExplanation>,
): InjectionComparison[] {
  return [...after].flatMap(([key, now]): InjectionComparison[] => {
    const was = before.get(key)
    if (was === undefined || (was.outcome === now.outcome && sameJson(was.by, now.by))) return []
    return [{ ref: now.ref, before: told(was), after: told(now) }]
  })
}

/** What a change makes of new Pods of one namespace or workload. */
export function podDifference(before: InjectionExplanation, after: InjectionExplanation): InjectionBeside {
  const differs = (...of: readonly (keyof InjectionExplanation)[]) =>
    of.some((each) => !sameJson(before[each], after[each]))
  return { before, after, differs: { outcome: differs('outcome', 'by'), decidedBy: differs('decidedBy') } }
}

function told({ outcome, by, decidedBy }: InjectionExplanation): Told {
  return { outcome, by, decidedBy }
}
