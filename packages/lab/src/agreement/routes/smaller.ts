import { compare, type ComparedRequest, differs } from './compare.ts'
import type { RouteWorld } from './generate.ts'

/** The difference in a world in which no object can be left out. */
export async function smallest(program: string, of: ComparedRequest): Promise<ComparedRequest> {
  let best: ComparedRequest = of
  let size = Math.ceil(of.world.objects.length / 2)
  while (size >= 1) {
    const tried = await compare(program, withoutSome({ ...best.world, requests: [of.request] }, size)).catch(() => [])
    const still = tried.find((each) => differs(each) && isAlike(each, of))
    if (still !== undefined) best = still
    else size = Math.floor(size / 2)
    size = Math.min(size, best.world.objects.length)
  }
  return best
}

/** The same difference: one of the two says the same as before. */
const isAlike = (one: ComparedRequest, other: ComparedRequest): boolean =>
  one.theirs.outcome === other.theirs.outcome || one.ours.outcome === other.ours.outcome

/** The world without each run of so many objects; the Pod that asks stays. */
function withoutSome(world: RouteWorld, size: number): RouteWorld[] {
  const [request] = world.requests
  const isAsker = ({ kind, metadata }: RouteWorld['objects'][number]) =>
    kind === 'Pod' && metadata.name === request?.from.ref.name && metadata.namespace === request.from.ref.namespace
  const smaller: RouteWorld[] = []
  for (let from = 0; from < world.objects.length; from += size) {
    const objects = world.objects.filter((each, index) => index < from || index >= from + size || isAsker(each))
    if (objects.length < world.objects.length) {
      const proxies = [{ namespace: request?.from.ref.namespace ?? '', name: request?.from.ref.name ?? '' }]
      smaller.push({ ...world, objects, proxies })
    }
  }
  return smaller
}
