import type { AccessExplanation } from '@orbweaver/contracts/explain-access'
import type { TrailStep } from '@orbweaver/contracts/explain'
import { sameJson } from '@orbweaver/contracts/json'

type Told = Pick<AccessExplanation, 'hops' | 'trail' | 'unknown'>

/**
 * What no hop says: how the call gets to the first, and what is to be said after the last, with what was not read. The
 * steps of the hops stand in the trail together, in their order; without a hop it tells what was not read itself.
 */
export function aroundHops({ hops, trail, unknown }: Told): {
  before: TrailStep[]
  after: TrailStep[]
} {
  const inside = hops.flatMap((each) => each.trail)
  const starts = Array.from({ length: Math.max(0, trail.length - inside.length) + 1 }, (_, index) => index)
  const start = starts.find((each) => sameJson(trail.slice(each, each + inside.length), inside)) ?? trail.length
  return {
    before: trail.slice(0, start),
    after: [...trail.slice(start + inside.length), ...(hops.length === 0 ? [] : unknown)],
  }
}
