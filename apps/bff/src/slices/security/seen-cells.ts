import type { AccessCell } from '@orbweaver/contracts/explain-access'
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
