import { compare, type ComparedCall, differs } from './compare.ts'
import type { AccessWorld } from './generate.ts'

/** The difference in a world in which no object can be left out. */
export async function smallest(program: string, of: ComparedCall): Promise<ComparedCall> {
  let best: ComparedCall = of
  let size = Math.ceil(of.world.objects.length / 2)
  while (size >= 1) {
    const tried = await compare(program, withoutSome({ ...best.world, calls: [of.call] }, size)).catch(() => [])
    const still = tried.find(
      (each) => differs(each) && each.theirs.verdict === of.theirs.verdict && each.ours.verdict === of.ours.verdict,
    )
    if (still !== undefined) best = still
    else size = Math.floor(size / 2)
    size = Math.min(size, best.world.objects.length)
  }
  return best
}

/** The world without each run of so many objects; the Pods of both ends stay. */
function withoutSome(world: AccessWorld, size: number): AccessWorld[] {
  const [call] = world.calls
  const ends = [call?.to.ref, call?.from.kind === 'workload' ? call.from.ref : undefined]
  const isEnd = ({ kind, metadata }: AccessWorld['objects'][number]) =>
    kind === 'Pod' && ends.some((each) => each?.name === metadata.name && each.namespace === metadata.namespace)
  const smaller: AccessWorld[] = []
  for (let from = 0; from < world.objects.length; from += size) {
    const objects = world.objects.filter((each, index) => index < from || index >= from + size || isEnd(each))
    const proxies = [{ namespace: call?.to.ref.namespace ?? '', name: call?.to.ref.name ?? '' }]
    if (objects.length < world.objects.length) smaller.push({ ...world, objects, proxies })
  }
  return smaller
}
