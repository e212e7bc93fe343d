import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { reduced } from '../reduced.ts'
import { compare, type ComparedRequest, differs } from './compare.ts'

/** The difference in a world in which no object can be left out; the Pod that asks stays. */
export const smallest = (program: string, of: ComparedRequest): Promise<ComparedRequest> =>
  reduced(of, async (fewer, { world }) => {
    const { name, namespace = '' } = of.request.from.ref
    const isAsker = ({ kind, metadata }: KubernetesObject) =>
      kind === 'Pod' && metadata.name === name && metadata.namespace === namespace
    const worlds = fewer
      .filter((objects) => objects.some(isAsker))
      .map((objects) => ({ ...world, objects, proxies: [{ namespace, name }], requests: [of.request] }))
    const tried = await compare(program, worlds).catch(() => [])
    return tried.find((each) => differs(each) && isAlike(each, of))
  })

/** The same difference: one of the two says the same as before. */
const isAlike = (one: ComparedRequest, other: ComparedRequest): boolean =>
  one.theirs.outcome === other.theirs.outcome || one.ours.outcome === other.ours.outcome
