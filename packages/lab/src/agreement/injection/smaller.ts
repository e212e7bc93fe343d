import { reduced } from '../reduced.ts'
import { compare, type ComparedPod, differs } from './compare.ts'

/** The difference in a world in which no object can be left out. */
export const smallest = (program: string, of: ComparedPod): Promise<ComparedPod> =>
  reduced(of, async (fewer, { world }) => {
    const worlds = fewer.map((objects) => ({ ...world, objects, pods: [of.pod] }))
    const tried = await compare(program, worlds).catch(() => [])
    return tried.find(
      (each) => differs(each) && each.theirs.outcome === of.theirs.outcome && each.ours.outcome === of.ours.outcome,
    )
  })
