import type { IntentOf } from '@orbweaver/contracts/intent'
import { type PlannerInput, type PlannerOutcome, refuse, type UndoIntent } from '../../changes/draft.ts'
import type { ChangeRecord } from '../../changes/record.ts'
import { undoDraft } from '../../changes/undo.ts'
import { meshFor } from '../../fleet/mesh-of.ts'

type Switch = IntentOf<'sidecars.namespaces'> | IntentOf<'sidecars.workloads'>

/** Taking back that sidecars were switched off may ask for them again: only of a mesh that stands. */
export async function undoneSwitch(
  record: ChangeRecord,
  { action, mesh: name }: Switch,
  { viewer, fleet }: Pick<PlannerInput<UndoIntent>, 'viewer' | 'fleet'>,
): Promise<PlannerOutcome> {
  if (action === 'enable') return undoDraft(record)
  const mesh = await meshFor(viewer, fleet, name)
  if (mesh === undefined) return refuse('meshes.not_found', { name })
  return mesh.deleting ? refuse('sidecars.mesh_being_deleted', { name }) : undoDraft(record)
}
