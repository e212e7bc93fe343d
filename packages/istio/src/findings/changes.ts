import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { placeOf } from './held.ts'

/** One object of one cluster before and after: without `before` it is new, without `after` gone. */
export type Change = {
  cluster: string
  before?: KubernetesObject | undefined
  after?: KubernetesObject | undefined
}

/** From what was to what is. By identity: who holds an object never changes it. */
export function changesIn(
  cluster: string,
  before: ReadonlyMap<string, KubernetesObject>,
  after: readonly KubernetesObject[],
): Change[] {
  const there = new Set<string>()
  const changes: Change[] = []
  for (const object of after) {
    const place = placeOf(object)
    there.add(place)
    const was = before.get(place)
    if (was !== object) changes.push({ cluster, before: was, after: object })
  }
  for (const [place, was] of before) if (!there.has(place)) changes.push({ cluster, before: was })
  return changes
}
