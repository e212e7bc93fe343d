import type { RouteDestination } from '@orbweaver/contracts/explain'

/** Which outcome is told of a request that is routed: what is sent where nothing answers has not arrived. */
export function routedCode(
  destinations: readonly Pick<RouteDestination, 'fails'>[],
): 'routed' | 'routed-in-part' | 'routed-nowhere' {
  const failing = destinations.filter(({ fails }) => fails !== undefined).length
  if (failing === 0) return 'routed'
  return failing === destinations.length ? 'routed-nowhere' : 'routed-in-part'
}
