import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { destinationsOf } from './routes.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Accepted by Istio, answered with 503: no cluster of that name exists in any proxy. */
export const virtualServiceHostNotFound: Judge = (world) => {
  if (!world.complete(kinds.service)) return []
  return world.config.list(kinds.virtualService).flatMap((object) => {
    const namespace = namespaceOf(object)
    return destinationsOf(object)
      .filter(({ host }) => world.hosts.find(host, namespace) === undefined)
      .map(({ host, pointer }) =>
        finding({
          cluster: world.config.cluster,
          object,
          code: 'virtualservice.host-not-found',
          severity: 'error',
          pointer: `${pointer}/host`,
          params: { host, namespace },
          aliases: ['IST0101', 'KIA1101'],
        }),
      )
  })
}
