import type { AccessCell, AccessChange } from '@orbweaver/contracts/explain-access'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { groupedBy } from '../../world/grouped.ts'
import { accessMatrix } from './matrix.ts'
import { type Touches, touchedBy } from './touched.ts'

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
  const wanted = new Set(workloads.map(refKey))
  const touches = touchedBy(before, after)
  const [was, is] = [pairsOf(before, touches), pairsOf(after, touches)]
  const changed = [...new Set([...was.keys(), ...is.keys()])].flatMap((key): Changed[] => {
    const [old, now] = [was.get(key), is.get(key)]
    if (old !== undefined && now !== undefined && isSame(old.cell, now.cell)) return []
    const pair = now ?? old
    if (pair === undefined || !concerns(wanted, pair)) return []
    return [{ caller: pair.caller, before: old?.cell, after: now?.cell }]
  })
  return joined(changed)
}

type Pair = { caller: ObjectRef; cell: AccessCell }
type Changed = { caller: ObjectRef; before: AccessCell | undefined; after: AccessCell | undefined }

function pairsOf(world: MeshWorld, touches: Touches): Map<string, Pair> {
  const found = new Map<string, Pair>()
  for (const cell of accessMatrix(world, (to) => touches(world, to))) {
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
