import type { AccessComparison, ReachChange } from '@orbweaver/contracts/compare'
import type { AccessCall, AccessChange } from '@orbweaver/contracts/explain-access'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { boundedDifference, callDifference } from '@orbweaver/istio/simulate/access/difference'
import { access } from '@orbweaver/istio/simulate/access/explain'
import { inFlight } from '../../changes/in-flight.ts'
import { asSeen } from '../../fleet/as-seen.ts'
import { askChange, type WorldChange, worldsOf } from '../../fleet/mesh-world.ts'
import type { Asking } from './rows.ts'
import { seenChanges } from './seen-cells.ts'

type Draft = { mesh: Mesh; change: WorldChange }

/**
 * Pairs of callers (of one identity) and ports of workloads that are asked about, in both worlds: some 55 µs and 6 kB each,
 * so that all of them stay within the second that a page may take (`pnpm bench findings`). Nobody else is answered meanwhile.
 */
const mostPairs = 15_000
const mostChanges = 100

/** Null where an end of the call is not there for the viewer. */
export async function comparedCalls(
  { fleet, viewer }: Asking,
  draft: Draft,
  calls: readonly AccessCall[],
): Promise<(AccessComparison | null)[]> {
  const seen = await viewer.seesWhich(calls.flatMap(endsOf))
  const asked = calls.map((call) => (endsOf(call).every((each) => seen.has(refKey(each))) ? call : undefined))
  const told = askChange(fleet, draft, (world) => asked.map((call) => call && access(world, call)))
  return inFlight(asked, 4, async (call, index) => {
    const [before, after] = [told?.before[index], told?.after[index]]
    if (call === undefined || before === undefined || after === undefined) return null
    return asSeen(viewer, callDifference(before, after), endsOf(call))
  })
}

/** All that a call names, each of which its asker has to see. */
export function endsOf({ from, to, through }: AccessCall): ObjectRef[] {
  return [...(from.kind === 'workload' ? [from.ref] : []), ...(through === undefined ? [] : [through.ref]), to.ref]
}

export type ReachTold = { changes: ReachChange[]; total: number; tooMany: boolean }

/** Whose calls are let in no longer, or from now on: asked on the whole world, told as far as the viewer sees it. */
export async function comparedReach({ fleet, viewer }: Asking, draft: Draft): Promise<ReachTold> {
  const worlds = worldsOf(fleet, draft)
  if (worlds === undefined) return { changes: [], total: 0, tooMany: false }
  const told = boundedDifference(worlds, mostPairs)
  if (told === undefined) return { changes: [], total: 0, tooMany: true }
  const seen = await seenChanges(viewer, told)
  const changes = seen.toSorted((one, other) => gravity(one) - gravity(other)).slice(0, mostChanges)
  return { changes: await asSeen(viewer, changes, []), total: seen.length, tooMany: false }
}

/** What is lost comes first, then what is won, then what is another only. */
function gravity({ before, after }: AccessChange): number {
  const [was, is] = [before, after].map((cell) => cell?.verdict === 'allowed')
  if (was === is) return 2
  return was === true ? 0 : 1
}
