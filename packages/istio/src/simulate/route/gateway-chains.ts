import { listAt, numberAt, textsAt } from '@orbweaver/contracts/json'
import { matches } from '../../world/hosts.ts'
import type { Asking } from './asking.ts'
import type { Chain } from './filter-chains.ts'
import { isHttpServer, isPassthrough, type Merged, type Served, serverNames } from './gateway-merge.ts'
import type { Match } from './http-rule.ts'
import { isHttp } from './protocols.ts'
import { boundTo, type Rule } from './rules.ts'
import type { Service, ServicePort } from './services.ts'
import { tlsMatches } from './stream-chains.ts'

export type GatewayChain = Chain & { server: Served; routes: string; betweenNetworks: boolean }

/** One chain for all plain HTTP of a port, one for each server that ends TLS, those of TCP and TLS rules for the rest. */
export function gatewayChains(asking: Asking, { servers }: Merged): GatewayChain[] {
  const done = new Set<string>()
  const names = new Set<string>()
  return servers.flatMap((server): GatewayChain[] => {
    const base = { cidrs: [], onlyHttp: false, server, routes: server.routes, betweenNetworks: false }
    const routes: Chain['to'] = { kind: 'http', routes: server.routes, service: nobody }
    if (isHttp(server.protocol)) {
      if (done.has(server.routes)) return []
      done.add(server.routes)
      return [{ ...base, serverNames: [], to: routes }]
    }
    if (isHttpServer(server) && server.tls !== undefined)
      return [{ ...base, serverNames: serverNames(server), to: routes }]
    if (server.tls?.mode === 'AUTO_PASSTHROUGH') {
      return [{ ...base, serverNames: [asking.request.sni ?? asking.request.host], to: routes, betweenNetworks: true }]
    }
    if (isPassthrough(server)) return tlsChains(asking, server, names).map((each) => ({ ...base, ...each }))
    const to = tcpRoute(asking, server)
    return to === undefined ? [] : [{ ...base, serverNames: serverNames(server), to }]
  })
}

/** Routes of a gateway are no host's own. */
const nobody: Service = {
  host: '',
  namespace: '',
  registry: 'External',
  resolution: 'list',
  addresses: new Map(),
  address: '',
  ports: [],
  external: true,
  exportTo: [],
  labels: {},
  externalName: undefined,
  aliases: [],
  sources: [],
  created: '',
}

/** Rules for the server: any of their hosts is one that it lets their namespace have (pickMatchingGatewayHosts). */
function rulesOf({ rules, proxy }: Asking, { gateway, hosts }: Served): Rule[] {
  return boundTo(rules, gateway, proxy.namespace).filter((rule) =>
    hosts.some((each) => {
      const slash = each.indexOf('/')
      if (slash >= 0 && each.slice(0, slash) !== rule.namespace) return false
      return rule.hosts.some((host) => matches(each.slice(slash + 1), host))
    }),
  )
}

function fitsServer(match: Match, server: Served): boolean {
  const port = numberAt(match.value, 'port') ?? 0
  const gateways = textsAt(match.value, 'gateways')
  return (port === 0 || port === server.port) && (gateways.length === 0 || gateways.includes(server.gateway))
}

function portOf(server: Served): ServicePort {
  return { number: server.port, name: server.portName, protocol: server.protocol }
}

/** By server name; who names one first has it (buildGatewayNetworkFiltersFromTLSRoutes). */
function tlsChains(asking: Asking, server: Served, names: Set<string>): Pick<Chain, 'serverNames' | 'to'>[] {
  const out: Pick<Chain, 'serverNames' | 'to'>[] = []
  for (const { rule, each, match } of rulesOf(asking, server).flatMap(tlsMatches)) {
    if (!fitsServer(match, server)) continue
    const wanted = textsAt(match.value, 'sniHosts')
    if (wanted.some((name) => names.has(name))) {
      const params = { rule: rule.name, namespace: rule.namespace, names: wanted.join(', ') }
      asking.say('server-names-taken', params, match.place)
      continue
    }
    for (const name of wanted) names.add(name)
    const to: Chain['to'] = {
      kind: 'stream',
      route: listAt(each.value, 'route'),
      rule,
      place: each.place,
      port: portOf(server),
    }
    out.push({ serverNames: wanted, to })
  }
  return out
}

/** The first TCP rule for the server's port, or TLSRoute where TLS ends here (buildGatewayNetworkFiltersFromTCPRoutes). */
function tcpRoute(asking: Asking, server: Served): Chain['to'] | undefined {
  for (const rule of rulesOf(asking, server)) {
    const fits = (matches_: readonly Match[]) => matches_.some((match) => fitsServer(match, server))
    const tcp = rule.tcp.filter((each) => each.matches.length === 0 || fits(each.matches))
    const tls = rule.kind === 'TLSRoute' ? rule.tls.filter((each) => fits(each.matches)) : []
    const found = [...tcp, ...tls].find((each) => listAt(each.value, 'route').length > 0)
    if (found === undefined) continue
    return { kind: 'stream', route: listAt(found.value, 'route'), rule, place: found.place, port: portOf(server) }
  }
  return undefined
}
