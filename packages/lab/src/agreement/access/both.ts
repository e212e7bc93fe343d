import type { Said } from './reference.ts'

export const isPass = ({ verdict }: Said): boolean => verdict === 'allowed' || verdict === 'asks-provider'

/** Who refuses first decides, then who asks somebody, then who has a rule that lets the call pass. */
export function both(first: Said, second: Said): Said {
  if (!isPass(first)) return first
  if (!isPass(second)) return second
  if (first.verdict === 'asks-provider') return first
  return second.verdict === 'asks-provider' || second.by.length > 0 ? second : first
}

/** Of several ways that a call may go the first, where all come to the same; undefined where there is none. */
export function agreed(all: readonly Said[]): Said | undefined {
  const [first] = all
  return all.some(({ verdict }) => verdict !== first?.verdict) ? { verdict: 'depends', by: [] } : first
}
