import type { InjectionBeside, InjectionComparison } from '@orbweaver/contracts/compare'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import {
  injectedBy,
  injectionDifference,
  injectionTold,
  podDifference,
} from '@orbweaver/istio/simulate/injection/difference'
import { inFlight } from '../../changes/in-flight.ts'
import { asSeen } from '../../fleet/as-seen.ts'
import { askChange, askMesh, type WorldChange } from '../../fleet/mesh-world.ts'
import type { Context } from '../../http/context.ts'

const mostChanges = 200

/** Null where what is asked about is not there for the viewer, neither before nor after. */
export async function comparedPods(
  { fleet, viewer }: Pick<Context, 'fleet' | 'viewer'>,
  draft: { mesh: Mesh; change: WorldChange },
  refs: readonly ObjectRef[],
): Promise<(InjectionBeside | null)[]> {
  const seen = await viewer.seesWhich(refs)
  const told = askChange(fleet, draft, (world) =>
    injectionTold(
      world,
      refs.filter((each) => seen.has(refKey(each))),
    ),
  )
  return inFlight(refs, 4, async (ref) => {
    const [before, after] = [told?.before.get(refKey(ref)), told?.after.get(refKey(ref))]
    if (before === undefined || after === undefined) return null
    return asSeen(viewer, podDifference(before, after), [ref])
  })
}

/** Whose new Pods get something else: of what the viewer sees among that which the change may touch. */
export async function comparedInjection(
  { fleet, viewer }: Pick<Context, 'fleet' | 'viewer'>,
  draft: { mesh: Mesh; change: WorldChange },
): Promise<{ changes: InjectionComparison[]; total: number }> {
  const touched = draft.change.map(({ ref }) => ref)
  const all = askMesh(fleet, draft.mesh, (world) => injectedBy(world, touched)) ?? []
  const seen = await viewer.seesWhich(all)
  const refs = all.filter((each) => seen.has(refKey(each)))
  const told = askChange(fleet, draft, (world) => injectionTold(world, refs))
  const found = told === undefined ? [] : injectionDifference(told.before, told.after)
  const changes = found.slice(0, mostChanges)
  return { changes: await asSeen(viewer, changes, refs), total: found.length }
}
