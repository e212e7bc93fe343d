import { type Compared, compare, differs } from './compare.ts'
import type { World } from './real-judges.ts'

/** A world in which one of the differences is still there and no object can be left out. */
export async function smallest(program: string, of: Compared): Promise<Compared> {
  const wanted = [...of.theirs, ...of.ours][0]
  let best = of
  let size = Math.ceil(best.world.objects.length / 2)
  while (size >= 1) {
    const tried = await compare(program, withoutSome(best.world, size))
    const still = tried.find((each) => differs(each) && [...each.theirs, ...each.ours].includes(wanted ?? ''))
    if (still !== undefined) best = still
    else size = Math.floor(size / 2)
    size = Math.min(size, best.world.objects.length)
  }
  return best
}

/** The world without each run of so many objects. */
function withoutSome(world: World, size: number): World[] {
  const smaller: World[] = []
  for (let from = 0; from < world.objects.length; from += size) {
    const objects = world.objects.filter((_, index) => index < from || index >= from + size)
    smaller.push({ ...world, objects })
  }
  return smaller
}
