import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { destinationsOf } from './routes.ts'
import { definesSubset, rulesFor, subsetsOf } from './subsets.ts'

/** Accepted by Istio, answered with 503: a subset that no DestinationRule defines has no endpoints. */
export const virtualServiceSubsetNotFound: Judge = (world) => {
  const subsets = subsetsOf(world)
  return world.config.list(kinds.virtualService).flatMap((object) => {
    const namespace = object.metadata.namespace ?? 'default'
    return destinationsOf(object).flatMap(({ host, subset, pointer }) => {
      if (subset === undefined) return []
      if (subsets.some((each) => definesSubset(each, { host, name: subset, namespace }))) return []
      return [
        finding({
          cluster: world.config.cluster,
          object,
          code: 'virtualservice.subset-not-found',
          severity: 'error',
          pointer: `${pointer}/subset`,
          params: { host, subset },
          evidence: rulesFor(world, host, namespace),
          aliases: ['IST0101', 'KIA1107'],
        }),
      ]
    })
  })
}
