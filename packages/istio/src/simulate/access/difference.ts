import type { AccessComparison } from '@orbweaver/contracts/compare'
import type { AccessCell, AccessChange, AccessExplanation } from '@orbweaver/contracts/explain-access'
import { sameJson } from '@orbweaver/contracts/json'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { groupedBy } from '../../world/grouped.ts'
import { accessMatrix } from './matrix.ts'
import { touchedBy } from './touched.ts'

/**
 * What a change does to who may call whom: pairs whose verdict is another or hangs on something else, and those that are
 * in one of the two worlds only. Of the workloads that are named, calling or called; of all where none is. Callers to
 * whom the same happens are told together.
 */
export function accessDifference(
  before: MeshWorld,
  after: MeshWorld,
  workloads: readonly ObjectRef[] = [],
): AccessChange[] {
  const touches = touchedBy(before, after)
  const cellsOf = (world: MeshWorld) => accessMatrix(world, (to) => touches(world, to))
  return cellsDifference(cellsOf(before), cellsOf(after), workloads)
}

/** The same of cells that were worked out before: those of a world that is no more, and of the one that took its place. */
export function cellsDifference(
  before: readonly AccessCell[],
  after: readonly AccessCell[],
  workloads: readonly ObjectRef[] = [],
): AccessChange[] {
  const wanted = new Set(workloads.map(refKey))
  const [was, is] = [pairsOf(before), pairsOf(after)]
  const changed = [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Changed[] => {
    const [old, now] = [was.get(key), is.get(key)]
    if (old !== undefined && now !== undefined && isSame(old.cell, now.cell)) return []
    const pair = now ?? old
    if (pair === undefined || !concerns(wanted, pair)) return []
    return [{ caller: pair.caller, before: old?.cell, after: now?.cell }]
  })
  return joined(changed)
}

/** What a change makes of one call. */
export function callDifference(before: AccessExplanation, after: AccessExplanation): AccessComparison {
  const differs = (...of: readonly (keyof AccessExplanation)[]) =>
    of.some((each) => !sameJson(before[each], after[each]))
  return {
    before,
    after,
    differs: { verdict: differs('verdict', 'depends', 'providers'), decidedBy: differs('decidedBy') },
  }
}

type Pair = { caller: ObjectRef; cell: AccessCell }
type Changed = { caller: ObjectRef; before: AccessCell | undefined; after: AccessCell | undefined }

function pairsOf(cells: readonly AccessCell[]): Map<string, Pair> {
  const found = new Map<string, Pair>()
  for (const cell of cells) {
    const to = `${refKey(cell.to.ref)} ${cell.to.port}`
    for (const caller of cell.from.workloads) found.set(`${refKey(caller)} ${to}`, { caller, cell })
  }
  return found
}

function concerns(wanted: ReadonlySet<string>, { caller, cell }: Pair): boolean {
  return wanted.size === 0 || wanted.has(refKey(caller)) || wanted.has(refKey(cell.to.ref))
}

function isSame(one: AccessCell, other: AccessCell): boolean {
  return one.verdict === other.verdict && one.depends.toSorted().join(',') === other.depends.toSorted().join(',')
}

function joined(changed: readonly Changed[]): AccessChange[] {
  const numbers = new Map<AccessCell, number>()
  const numberOf = (cell: AccessCell | undefined) => {
    if (cell === undefined) return ''
    const number = numbers.get(cell) ?? numbers.size
    numbers.set(cell, number)
    return number
  }
  const groups = groupedBy(changed, (each) => `${numberOf(each.before)} ${numberOf(each.after)}`)
  return [...groups.values()].map((group) => {
    const callers = group.map(({ caller }) => caller)
    const [first] = group
    return { ...of('before', first?.before, callers), ...of('after', first?.after, callers) }
  })
}

function of(side: 'before' | 'after', cell: AccessCell | undefined, workloads: ObjectRef[]): AccessChange {
  return cell === undefined ? {} : { [side]: { ...cell, from: { ...cell.from, workloads } } }
}
