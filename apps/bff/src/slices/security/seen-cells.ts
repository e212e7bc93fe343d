import type { ReachChange } from '@orbweaver/contracts/compare'
import type { AccessCell, AccessChange } from '@orbweaver/contracts/explain-access'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { ViewerDoor } from '../../kube/doors.ts'

/** Cells whose ends the viewer may see: of callers only the workloads that are seen, and of those that are all hidden nothing. */
export async function seenCells(viewer: ViewerDoor, cells: readonly AccessCell[]): Promise<AccessCell[]> {
  const seen = await viewer.seesWhich(cells.flatMap(({ from, to }) => [...from.workloads, to.ref]))
  return cells.flatMap((cell) => {
    const workloads = cell.from.workloads.filter((each) => seen.has(refKey(each)))
    if (workloads.length === 0 || !seen.has(refKey(cell.to.ref))) return []
    return [{ ...cell, from: { ...cell.from, workloads } }]
  })
}

/** Callers that a change of a whole group names. */
const mostNamed = 10

/** The same of what a change makes of cells. */
export async function seenChanges(viewer: ViewerDoor, changes: readonly AccessChange[]): Promise<ReachChange[]> {
  const sides = changes.map(({ before, after }) => [before, after].filter((each) => each !== undefined))
  const seen = await viewer.seesWhich(sides.flat().flatMap(({ from, to }) => [...from.workloads, to.ref]))
  return changes.flatMap(({ before, after }): ReachChange[] => {
    const one = after ?? before
    if (one === undefined || !seen.has(refKey(one.to.ref))) return []
    const callers = one.from.workloads.filter((each) => seen.has(refKey(each)))
    if (callers.length === 0) return []
    const named = (cell: AccessCell) => ({ ...cell, from: { ...cell.from, workloads: callers.slice(0, mostNamed) } })
    return [
      {
        callers: callers.length,
        ...(before !== undefined && { before: named(before) }),
        ...(after !== undefined && { after: named(after) }),
      },
    ]
  })
}
