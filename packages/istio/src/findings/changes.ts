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
  const gone = new Map<string, KubernetesObject>()
  const come: KubernetesObject[] = []
  // Most lists are as they were but for some objects, each in its place: only others are looked for by name.
  const held = before.entries()
  for (const object of after) {
    const next = held.next()
    if (next.done !== true && next.value[1] === object) continue
    if (next.done !== true) gone.set(...next.value)
    come.push(object)
  }
  for (const [place, was] of held) gone.set(place, was)
  const changes: Change[] = []
  for (const object of come) {
    const place = placeOf(object)
    const was = gone.get(place)
    gone.delete(place)
    if (was !== object) changes.push({ cluster, before: was, after: object })
  }
  for (const was of gone.values()) changes.push({ cluster, before: was })
  return changes
}
