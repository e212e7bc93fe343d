import { at } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { unknownTopLevel } from '../../validation/admit.ts'
import { decodingFault } from '../../validation/decoding.ts'
import type { Said } from '../../validation/report.ts'
import { annotationProblem, checked } from '../../validation/validate.ts'
import { refusalMeant, warningMeant } from './sentences.ts'

/** Everything that istiod has against an object, each once. */
export function saidOf(object: KubernetesObject): Said[] {
  const { errors, warnings } = checked(object)
  const early = [decodingFault(object.kind, at(object, 'spec')), annotationProblem(object), unknownTopLevel(object)]
  return unlike([...early.filter((each) => each !== undefined), ...errors, ...warnings])
}

/** What it means, or its own words. */
export function slugOf({ about, words }: Said): string {
  return about ?? refusalMeant(words)?.slug ?? warningMeant(words)?.slug ?? words
}

export const keyOf = ({ words, pointer }: Said): string => `${pointer} ${words}`

/** Istio says some things twice. */
export function unlike(said: readonly Said[]): Said[] {
  return [...new Map(said.map((each) => [keyOf(each), each])).values()]
}

/** How often something is said, by what it means. */
export type Counts = ReadonlyMap<string, number>

export function counted(all: readonly string[]): Counts {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

/** What istiod has against an object, counted. */
export const countsOf = (object: KubernetesObject): Counts => counted(saidOf(object).map(slugOf))

/** Whether nothing is said more often than before. */
export function isNoMore(before: Counts, after: Counts): boolean {
  return [...after].every(([what, count]) => count <= (before.get(what) ?? 0))
}
