import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { destinationsOf } from './routes.ts'
import { definedIn, rulesIn, subsetsOf } from './subsets.ts'
import { resolveHost } from './world.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Accepted by Istio, answered with 503: a subset that no DestinationRule defines has no endpoints. */
export const virtualServiceSubsetNotFound: Judge = (world) => {
  const isDefined = definedIn(subsetsOf(world))
  const rulesFor = rulesIn(world)
  return world.config.list(kinds.virtualService).flatMap((object) => {
    const namespace = namespaceOf(object)
    return destinationsOf(object).flatMap(({ host, subset, pointer }) => {
      const resolved = resolveHost(host, namespace)
      if (subset === undefined || isDefined({ host: resolved, name: subset, namespace })) return []
      return [
        finding({
          cluster: world.config.cluster,
          object,
          code: 'virtualservice.subset-not-found',
          severity: 'error',
          pointer: `${pointer}/subset`,
          params: { host, subset },
          evidence: rulesFor(resolved),
          aliases: ['IST0101', 'KIA1107'],
        }),
      ]
    })
  })
}
