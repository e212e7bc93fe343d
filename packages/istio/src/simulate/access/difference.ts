import type { AccessComparison } from '@orbweaver/contracts/compare'
import type { AccessCell, AccessChange, AccessExplanation, AccessPeer } from '@orbweaver/contracts/explain-access'
import { sameJson } from '@orbweaver/contracts/json'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { groupedBy } from '../../world/grouped.ts'
import { cellsIn, pairsIn, type Part } from './matrix.ts'
import { remembered } from './stop.ts'
import { groundsOf, touchedBetween } from './touched.ts'

/**
 * What a change does to who may call whom: pairs whose verdict is another or hangs on something else, and those that are
 * in one of the two worlds only. Of the workloads that are named, calling or called; of all where none is. Callers to
 * whom the same happens are told together. Only pairs that the change may touch are asked about.
 */
export function accessDifference(
  before: MeshWorld,
  after: MeshWorld,
  workloads: readonly ObjectRef[] = [],
): AccessChange[] {
  const touched = touchedBetween(groundsOf(before), groundsOf(after))
  return cellsDifference(cellsIn(before, touched), cellsIn(after, touched), workloads)
}

/** Two worlds that are not there at once: a draft is laid over the one, and taken back. */
export type Worlds = {
  before: <Answer>(question: (world: MeshWorld) => Answer) => Answer
  after: <Answer>(question: (world: MeshWorld) => Answer) => Answer
}

/** The same of such worlds; undefined where it may touch more pairs than `most` (`pairsIn`). */
export function boundedDifference(worlds: Worlds, most: number): AccessChange[] | undefined {
  const grounds = worlds.before(groundsOf)
  const cells = (touched: Part) => (world: MeshWorld) =>
    pairsIn(world, touched) > most ? undefined : cellsIn(world, touched)
  const { touched, after } = worlds.after((world) => {
    const part = touchedBetween(grounds, groundsOf(world))
    return { touched: part, after: cells(part)(world) }
  })
  const before = after && worlds.before(cells(touched))
  return before && cellsDifference(before, after)
}

/** The same of all cells of both worlds, or of all that may differ. */
export function cellsDifference(
  before: readonly AccessCell[],
  after: readonly AccessCell[],
  workloads: readonly ObjectRef[] = [],
): AccessChange[] {
  const wanted = new Set(workloads.map(refKey))
  const same = sameCells(before, after)
  const others = (cells: readonly AccessCell[]) => pairsOf(cells.filter((each) => !same.has(each)))
  const [was, is] = [others(before), others(after)]
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

/** Cells of which the other world has the same, of the same callers: what most are, so that their pairs are not looked at. */
function sameCells(before: readonly AccessCell[], after: readonly AccessCell[]): ReadonlySet<AccessCell> {
  const keyOf = cellKeys()
  const known = new Map(before.map((each) => [keyOf(each), each]))
  return new Set(
    after.flatMap((cell) => {
      const other = known.get(keyOf(cell))
      return other !== undefined && isSame(cell, other) ? [cell, other] : []
    }),
  )
}

/** Cells by all their callers and their end: both are in many cells, so that each has a number. */
function cellKeys(): (cell: AccessCell) => string {
  const numbers = new Map<string, number>()
  const [callers, ends] = [new Map<AccessPeer, number>(), new Map<ObjectRef, number>()]
  const numberOf = (refs: readonly ObjectRef[]) => remembered(numbers, refs.map(refKey).join(' '), () => numbers.size)
  return ({ from, to }) => {
    const calling = remembered(callers, from, () => numberOf(from.workloads))
    return `${calling} ${remembered(ends, to.ref, () => numberOf([to.ref]))} ${to.port}`
  }
}

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
  if (one.verdict !== other.verdict || one.depends.length !== other.depends.length) return false
  return one.depends.length === 0 || one.depends.toSorted().join(',') === other.depends.toSorted().join(',')
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
