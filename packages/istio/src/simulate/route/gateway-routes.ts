import type { Asking, Result } from './asking.ts'
import { callOf, hostOf, type Call } from './call.ts'
import { gatewayHosts, type GatewayHost, lookupFor, sorted } from './gateway-hosts.ts'
import { endsTls, type Served } from './gateway-merge.ts'
import { triedRoutes } from './tried-routes.ts'
import type { Service } from './services.ts'
import { hostFor } from './virtual-domains.ts'

/** HTTP at a gateway: by virtual host, then route by route (core/gateway.go, buildGatewayHTTPRouteConfig; 1.31). */
export function byGatewayHosts(asking: Asking, servers: readonly Served[], clusters: Map<string, Service>): Result {
  const { request, world } = asking
  const [first] = servers
  const isTls = first !== undefined && endsTls(first)
  const call = callOf(request, isTls ? 'https' : 'http', world.mesh.pathNormalization)
  const host = hostFor(gatewayHosts(asking, servers), hostOf(call.authority))
  if (host === undefined) {
    asking.say('no-virtual-host', { host: call.authority, port: request.port })
    return { outcome: { kind: 'no-route', status: 404 }, decidedBy: null, policies: [] }
  }
  if (host.httpsRedirect && !isTls) return toHttps(asking, servers, call)
  const rules = host.rules.map((each) => `${each.namespace}/${each.name}`).join(', ')
  asking.say('gateway-host', { host: host.name, rules })
  return tried(asking, host, { call, clusters })
}

/** Before any route is looked at (envoy source/common/router/config_impl.cc, SslRedirector). */
function toHttps(asking: Asking, servers: readonly Served[], call: Call): Result {
  const location = `https://${call.authority.replace(/:80$/, '')}${call.path}${call.search}`
  const place = servers.find((each) => each.tls?.httpsRedirect === true)?.place
  const decidedBy = place === undefined ? null : { ...place, pointer: `${place.pointer}/tls/httpsRedirect` }
  asking.say('https-redirect', { location }, decidedBy ?? undefined)
  return { outcome: { kind: 'redirect', status: 301, location }, decidedBy, policies: [] }
}

type At = { call: Call; clusters: Map<string, Service> }

function tried(asking: Asking, host: GatewayHost, { call, clusters }: At): Result {
  const lost = host.rules.flatMap((rule) => rule.lost)
  return triedRoutes(
    asking,
    ({ rule, server }) => ({
      port: server.port,
      clusters,
      lookup: lookupFor(asking, rule, clusters),
      isTls: server.tls !== undefined,
    }),
    { routes: sorted(host.routes), unused: host.unused, lost, call },
  )
}
