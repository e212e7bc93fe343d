import type { InjectionComparison } from '@orbweaver/contracts/compare'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { injectedBy, injectionDifference, injectionTold } from '@orbweaver/istio/simulate/injection/difference'
import { asSeen } from '../../fleet/as-seen.ts'
import { askChange, askMesh, type WorldChange } from '../../fleet/mesh-world.ts'
import type { Context } from '../../http/context.ts'

const mostChanges = 200

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
