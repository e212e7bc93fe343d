import type { Asking } from './asking.ts'
import type { Lookup } from './clusters.ts'
import type { Served } from './gateway-merge.ts'
import { hostsFor, intersection } from './host-names.ts'
import { type Candidate, candidatesOf, isCatchAll, type Unused } from './http-match.ts'
import { boundTo, type Rule } from './rules.ts'
import { isShown, registry, type Service } from './services.ts'

/** A virtual host of a gateway's routes: those of all rules for it, one after the other (core/gateway.go; 1.31). */
export type GatewayHost = {
  name: string
  domains: readonly string[]
  routes: (Candidate & { server: Served })[]
  unused: Unused[]
  rules: Rule[]
  httpsRedirect: boolean
}

/** A rule's routes are made once for a Gateway: for the first of its servers that the rule is for. */
type Made = ReturnType<typeof candidatesOf> & { server: Served }

/** Virtual hosts of servers that share their routes. */
export function gatewayHosts(asking: Asking, servers: readonly Served[]): GatewayHost[] {
  const byName = new Map<string, GatewayHost>()
  const made = new Map<string, Made>()
  for (const server of servers) {
    const redirects = server.tls?.httpsRedirect === true
    for (const { rule, hosts } of rulesOf(asking, server)) {
      const key = `${server.gateway} ${rule.key}/${rule.namespace}`
      const spot = { port: server.port, gateways: [server.gateway], proxy: asking.proxy }
      const own = made.get(key) ?? { ...candidatesOf(rule, spot), server }
      if (own.routes.length === 0) continue
      made.set(key, own)
      for (const name of hosts) enter(hostOf(byName, name), { rule, own, httpsRedirect: redirects })
    }
    if (redirects) for (const name of server.hosts) hostOf(byName, name).httpsRedirect = true
  }
  return [...byName.values()]
}

function hostOf(byName: Map<string, GatewayHost>, written: string): GatewayHost {
  const name = written.toLowerCase()
  const known = byName.get(name)
  if (known !== undefined) return known
  const fresh: GatewayHost = { name, domains: [name], routes: [], unused: [], rules: [], httpsRedirect: false }
  byName.set(name, fresh)
  return fresh
}

type Entered = { rule: Rule; own: Made; httpsRedirect: boolean }

function enter(host: GatewayHost, { rule, own, httpsRedirect }: Entered): void {
  host.routes.push(...own.routes.map((each) => ({ ...each, server: own.server })))
  host.unused.push(...own.unused)
  host.rules.push(rule)
  host.httpsRedirect ||= httpsRedirect
}

/** Rules bound to the server's Gateway that are for hosts it serves, with those hosts. */
function rulesOf(asking: Asking, server: Served): { rule: Rule; hosts: string[] }[] {
  return boundTo(asking.rules, server.gateway, asking.proxy.namespace).flatMap((rule) => {
    const hosts = intersection(hostsFor(rule.namespace, server.hosts), rule.hosts)
    if (hosts.length > 0) return [{ rule, hosts }]
    const params = {
      kind: rule.kind,
      rule: rule.name,
      namespace: rule.namespace,
      hosts: rule.hosts.join(', '),
      served: server.hosts.join(', '),
    }
    if (rule.http.length > 0) asking.say('rule-not-of-server', params, { ref: rule.ref, pointer: '/spec/hosts' })
    return []
  })
}

/** Routes for everything go last; all else stays in its order (route.go, SortVHostRoutes). */
export function sorted<Route extends Candidate>(routes: readonly Route[]): Route[] {
  return [...routes.filter((each) => !isCatchAll(each)), ...routes.filter(isCatchAll)]
}

/** A rule's own namespace's host before all others (core/gateway.go, buildNameToServiceMapForHTTPRoutes). */
export function lookupFor({ world, proxy }: Asking, rule: Rule, clusters: ReadonlyMap<string, Service>): Lookup {
  return (host) => {
    const own = world.known(registry).in(host, rule.namespace)
    return own !== undefined && isShown(own, proxy.namespace) ? own : clusters.get(host)
  }
}
