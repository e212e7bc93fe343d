import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { reduced } from '../reduced.ts'
import { compare, type ComparedCall, differs } from './compare.ts'

/** The difference in a world in which no object can be left out; the Pods of all proxies on the way stay. */
export const smallest = (program: string, of: ComparedCall): Promise<ComparedCall> =>
  reduced(of, async (fewer, { world }) => {
    const { to, from } = of.call
    const ends = [...world.proxies, to.ref, ...(from.kind === 'workload' ? [from.ref] : [])]
    const isEnd = ({ kind, metadata }: KubernetesObject) =>
      kind === 'Pod' && ends.some((each) => each.name === metadata.name && each.namespace === metadata.namespace)
    const kept = world.objects.filter(isEnd).length
    const worlds = fewer
      .filter((objects) => objects.filter(isEnd).length === kept)
      .map((objects) => ({ ...world, objects, calls: [of.call] }))
    const tried = await compare(program, worlds).catch(() => [])
    return tried.find(
      (each) => differs(each) && each.theirs.verdict === of.theirs.verdict && each.ours.verdict === of.ours.verdict,
    )
  })
