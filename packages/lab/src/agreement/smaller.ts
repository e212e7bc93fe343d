import { type Compared, compare, differs } from './compare.ts'
import { reduced } from './reduced.ts'

/** A world in which one of the differences is still there and no object can be left out. */
export function smallest(program: string, of: Compared): Promise<Compared> {
  const wanted = [...of.theirs, ...of.ours][0]
  return reduced(of, async (fewer, best) => {
    const tried = await compare(
      program,
      fewer.map((objects) => ({ ...best.world, objects })),
    )
    return tried.find((each) => differs(each) && [...each.theirs, ...each.ours].includes(wanted ?? ''))
  })
}
