import type { Intent } from '@orbweaver/contracts/intent'
import { type Planner, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'

/** For changes that ask something of a mesh: of one that is being deleted nothing would come of them. */
export function standing<Wanted extends Intent & { name: string }>(plan: Planner<Wanted>): Planner<Wanted> {
  return async (input) => {
    const { viewer, fleet, intent } = input
    const mesh = await meshFor(viewer, fleet, intent.name)
    return mesh?.deleting === true ? refuse('meshes.being_deleted', { name: mesh.name }) : plan(input)
  }
}
