import type { RouteOutcome } from '@orbweaver/contracts/explain'
import type { Asking, Result } from './asking.ts'
import { chainFor, type Connection } from './filter-chains.ts'
import { streamed } from './stream-answer.ts'
import { type GatewayChain, gatewayChains } from './gateway-chains.ts'
import { istioGateways } from './gateway-configs.ts'
import { kubernetesGateways } from './gateway-api/gateways.ts'
import { byGatewayHosts } from './gateway-routes.ts'
import { endsTls, instancesOf, listenPort, mergedAt, type Merged, servedBy } from './gateway-merge.ts'
import { type Service, servicesFor } from './services.ts'
import { betweenNetworks } from './between-networks.ts'

const closed: RouteOutcome = { kind: 'no-route' }
const nothing: Result = { outcome: closed, decidedBy: null, policies: [] }

/** A request that arrives at a gateway from outside. */
export function atGateway(asking: Asking): Result {
  const { request } = asking
  const instances = instancesOf(asking)
  const configs = [...istioGateways(asking), ...kubernetesGateways(asking)].toSorted((a, b) =>
    ageOf(a) < ageOf(b) ? -1 : 1,
  )
  const gateways = servedBy(asking, configs, instances)
  if (gateways.length === 0) return refused(asking, 'no-gateway')
  const port = listenPort(instances, request.port)
  if (port !== request.port) asking.say('port-translated', { port: request.port, target: port })
  const merged = mergedAt(asking, gateways, port)
  if (merged.servers.length === 0) {
    const ports = [...new Set(gateways.flatMap(({ servers }) => servers.map((each) => each.port)))]
    asking.say('no-server', { port: request.port, ports: ports.join(', ') })
    return nothing
  }
  const chain = chainFor(gatewayChains(asking, merged), connectionOf(asking))
  if (chain === undefined) {
    asking.say('no-server-name', { name: request.sni ?? request.host, port: request.port })
    return nothing
  }
  asking.say('server', { gateway: chain.server.title, hosts: chain.server.hosts.join(', ') }, chain.server.place)
  return served(asking, merged, chain)
}

function ageOf({ created, name, namespace }: { created: string; name: string; namespace: string }): string {
  return [created, name, namespace].join('\u0000')
}

function opensTls({ request }: Asking): boolean {
  return request.protocol === 'https' || request.protocol === 'tls'
}

function connectionOf(asking: Asking): Connection {
  const { request } = asking
  if (opensTls(asking)) return { address: undefined, serverName: request.sni ?? request.host, speaks: 'tls' }
  return { address: undefined, serverName: undefined, speaks: request.protocol === 'http' ? 'http' : 'raw' }
}

function served(asking: Asking, merged: Merged, chain: GatewayChain): Result {
  const { server, to } = chain
  const clusters = clustersOf(servicesFor(asking.world, asking.proxy.namespace))
  if (chain.betweenNetworks) {
    return betweenNetworks(asking, server, clusters) ?? refused(asking, 'no-such-cluster')
  }
  const why = unfit(asking, chain)
  if (why !== undefined) return refused(asking, why)
  if (to.kind === 'stream') {
    asking.say('stream-route', { rule: to.rule.name, namespace: to.rule.namespace }, to.place)
    return streamed(asking, clusters, to)
  }
  return byGatewayHosts(asking, merged.byRoutes.get(chain.routes) ?? [], clusters)
}

/** Why what is spoken is not what the server expects. */
function unfit(asking: Asking, { server, to }: GatewayChain): string | undefined {
  const isTls = opensTls(asking)
  if (to.kind === 'stream') return server.tls !== undefined && !isTls ? 'plain-to-tls' : undefined
  if (endsTls(server) !== isTls) return isTls ? 'tls-to-plain' : 'plain-to-tls'
  return asking.request.protocol === 'tcp' ? 'not-http-to-http' : undefined
}

function refused(asking: Asking, code: string): Result {
  asking.say(code, { port: asking.request.port })
  return nothing
}

function clustersOf(services: readonly Service[]): Map<string, Service> {
  const out = new Map<string, Service>()
  for (const each of services) {
    const known = out.get(each.host)
    if (known === undefined || (known.registry !== 'Kubernetes' && each.registry === 'Kubernetes'))
      out.set(each.host, each)
  }
  return out
}
