import { matches } from '../../world/hosts.ts'
import type { Asking } from './asking.ts'
import { isWildcard } from './host-names.ts'
import { type Candidate, candidatesOf, type Unused } from './http-match.ts'
import { isHttpOrSniffed } from './protocols.ts'
import type { Rule } from './rules.ts'
import type { EgressListener } from './sidecar-scope.ts'
import type { Service } from './services.ts'
import { domainsOf } from './virtual-domains.ts'

/** A virtual host of a sidecar's routes for one port (istio pilot/pkg/networking/core/httproute.go; 1.31). */
export type SidecarHost = {
  name: string
  domains: readonly string[]
  service: Service | undefined
  rule: Rule | undefined
  routes: readonly Candidate[]
  unused: readonly Unused[]
}

/** Rules that are for a name as well, and do not get it. */
type Shadowed = { rule: Rule; by: Rule; host: string }

export type SidecarHosts = { hosts: SidecarHost[]; shadowed: Shadowed[]; byName: ReadonlyMap<string, Service> }

export function sidecarHosts(asking: Asking, egress: EgressListener, port: number): SidecarHosts {
  const byName = new Map<string, Service>()
  for (const each of egress.services) {
    const own = each.ports.find(({ number }) => number === port)
    if (own !== undefined) byName.set(each.host.toLowerCase(), { ...each, host: each.host.toLowerCase(), ports: [own] })
  }
  const names = [...byName.keys()]
  const known = { byName, names, wildcards: names.filter(isWildcard) }
  const rules = port === 80 ? egress.rules : egress.rules.filter((rule) => isForAny(rule, known))
  const wrappers = rules.flatMap((rule) => ofRule(asking, egress, { rule, byName, port }))
  const taken = new Set(wrappers.flatMap(({ services }) => services.map(({ host }) => host)))
  const rest = [...byName.values()]
    .filter(({ host }) => !taken.has(host))
    .toSorted((a, b) => (a.host < b.host ? -1 : 1))
  for (const service of rest) {
    const isShown = service.resolution !== 'alias' && service.ports.every(({ protocol }) => isHttpOrSniffed(protocol))
    if (isShown) wrappers.push({ services: [service], names: [], rule: undefined, routes: [], unused: [] })
  }
  return { ...named(asking, wrappers), byName }
}

type Wrapper = Pick<SidecarHost, 'rule' | 'routes' | 'unused'> & { services: Service[]; names: string[] }

type Names = { byName: ReadonlyMap<string, Service>; names: readonly string[]; wildcards: readonly string[] }

/** Whether a rule is for any host of the port (selectVirtualServices). */
function isForAny({ hosts }: Rule, { byName, names, wildcards }: Names): boolean {
  return hosts.some((each) => {
    const host = each.toLowerCase()
    if (byName.has(host)) return true
    return (isWildcard(host) ? names : wildcards).some((one) => matches(host, one))
  })
}

type Of = { rule: Rule; byName: ReadonlyMap<string, Service>; port: number }

function ofRule(asking: Asking, egress: EgressListener, { rule, byName, port }: Of): Wrapper[] {
  const { proxy } = asking
  const { routes, unused } = candidatesOf(rule, { port, gateways: ['mesh'], proxy })
  if (routes.length === 0) return []
  const { names, services } = split(rule, byName, egress)
  const isGatewayApi = rule.semantics === 'gateway-api'
  const near = (each: Service) => each.namespace === rule.namespace || proxy.namespace === rule.namespace
  const allowed = isGatewayApi ? services.filter(near) : services
  if (isGatewayApi && allowed.length === 0) return []
  const served = allowed.filter((each) => each.ports.some(({ protocol }) => isHttpOrSniffed(protocol)))
  if (served.length === 0 && port !== 80) return []
  return [{ rule, routes, unused, services: served, names }]
}

/** Hosts of a rule that the registry has, and those that it has not (separateVSHostsAndServices). */
function split(
  rule: Rule,
  byName: ReadonlyMap<string, Service>,
  egress: EgressListener,
): { names: string[]; services: Service[] } {
  const names: string[] = []
  const services: Service[] = []
  for (const each of rule.hosts.filter((host) => !isWildcard(host))) {
    const service = byName.get(each.toLowerCase())
    if (service === undefined) names.push(each)
    else services.push(service)
  }
  for (const each of rule.hosts.filter(isWildcard)) {
    const host = each.toLowerCase()
    if (rule.semantics === 'gateway-api') {
      names.push(host)
      continue
    }
    const covered = [...byName.values()].filter((service) => matches(service.host, host))
    services.push(...covered.filter((service) => egress.speaking.get(service.host) === rule))
    if (covered.length === 0) names.push(host)
  }
  return { names, services }
}

/** One virtual host a name: who comes first has it. */
function named(asking: Asking, wrappers: readonly Wrapper[]): Pick<SidecarHosts, 'hosts' | 'shadowed'> {
  const full = new Set(wrappers.flatMap(({ services }) => services.map(({ host }) => host)))
  const byName = new Map<string, SidecarHost>()
  const domains = new Set<string>()
  const shadowed: Shadowed[] = []
  const put = (name: string, wrapper: Wrapper, service: Service | undefined) => {
    const known = byName.get(name)
    if (known !== undefined) {
      const { rule } = wrapper
      if (rule !== undefined && known.rule !== undefined) shadowed.push({ rule, by: known.rule, host: name })
      return
    }
    const all =
      service === undefined ? { domains: [name], alternatives: new Set<string>() } : domainsOf(service, asking)
    const free = all.domains.filter((each) => {
      const key = each.toLowerCase()
      if (domains.has(key) || (all.alternatives.has(each) && full.has(each))) return false
      domains.add(key)
      return true
    })
    const { rule, routes, unused } = wrapper
    byName.set(name, { name, domains: free, service, rule, routes, unused })
  }
  for (const wrapper of wrappers) {
    for (const name of wrapper.names) put(name.toLowerCase(), wrapper, undefined)
    for (const service of wrapper.services) put(service.host, wrapper, service)
  }
  return { hosts: [...byName.values()].filter((each) => each.domains.length > 0), shadowed }
}
