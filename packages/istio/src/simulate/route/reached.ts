import type { Asking } from './asking.ts'
import type { Endpoint } from './endpoints.ts'
import { type NetworkGateway, networkGateways } from './network-gateways.ts'
import { takesMutual } from './peer-tls.ts'

type Said = { /** What a rule says of TLS to it. */ mode: string | undefined }

/**
 * Endpoints as a proxy reaches them: those of another network by its entrances, which tell by the server name of mutual
 * TLS where to; without that nothing gets there (istio pilot/pkg/xds/endpoints/ep_filters.go, EndpointsByNetworkFilter; 1.31).
 */
export function reached(asking: Asking, endpoints: readonly Endpoint[], { mode }: Said): Endpoint[] {
  const gateways = asking.world.known(networkGateways)
  if (gateways.length === 0) return [...endpoints]
  const lost = new Map<string, number>()
  const found = endpoints.flatMap((each): Endpoint[] => {
    const entrances = entrancesFor(gateways, asking.proxy.network, each)
    if (entrances === undefined) return [each]
    const isMutual = mode === undefined ? takesMutual(asking, each) : mode === 'ISTIO_MUTUAL'
    if (isMutual) return [{ ...each, gateways: entrances.map(({ ref, address }) => ({ ref, address })) }]
    const network = each.network ?? ''
    lost.set(network, (lost.get(network) ?? 0) + 1)
    return []
  })
  for (const [network, count] of lost) asking.say('network-without-mtls', { network, count })
  const entered = new Map(found.flatMap((each) => (each.gateways ?? []).map(({ ref }) => [each.network ?? '', ref])))
  for (const [network, ref] of entered) asking.say('network-gateway', { network }, { ref, pointer: '' })
  return found
}

/** The entrances of an endpoint's own cluster, else of its network; undefined where a client of a network dials it itself. */
export function entrancesFor(
  gateways: readonly NetworkGateway[],
  from: string,
  endpoint: Pick<Endpoint, 'cluster' | 'network'>,
): NetworkGateway[] | undefined {
  const network = endpoint.network ?? ''
  const all = gateways.filter((each) => each.network === network)
  const own = all.filter((each) => each.ref.cluster === endpoint.cluster)
  const used = own.length > 0 ? own : all
  if (used.length === 0 || network === '' || network === from) return undefined
  return used
}
