import type { Said } from '../../validation/report.ts'

export const keyOf = ({ words, pointer }: Said): string => `${pointer} ${words}`

/** Istio says some things twice. */
export function unlike(said: readonly Said[]): Said[] {
  return [...new Map(said.map((each) => [keyOf(each), each])).values()]
}
