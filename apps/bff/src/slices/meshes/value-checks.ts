import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { valueNotes, valueRefusals } from '@orbweaver/istio/values/refusals'
import { loadValues } from '@orbweaver/istio/values/schema'
import type { Draft } from '../../changes/draft.ts'

/** A draft that is blocked by what its change says in `values` and Istio, or the mesh itself, does not take. */
export async function withValueChecks(draft: Draft, before: Mesh | undefined, after: Mesh): Promise<Draft> {
  if (after.kind === 'External') return draft
  const all = await loadValues()
  const blocked: Message[] = [...draft.blocked, ...valueRefusals(all, before, after)]
  const notes = before === undefined ? [] : valueNotes(all, before, after)
  return { ...draft, blocked, impact: { ...draft.impact, notes: [...draft.impact.notes, ...notes] } }
}
