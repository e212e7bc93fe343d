import { isSubsetOf, isWildcard } from './host-names.ts'
import { matches } from '../../world/hosts.ts'
import type { Rule } from './rules.ts'
import type { Service } from './services.ts'

/** Hosts that a Sidecar's egress listener names in one namespace (model/sidecar.go, hostClassification). */
type Named = { exact: Set<string>; all: string[]; excluded: string[] }

/** What an egress listener lets in: `namespace/host`, with `.`, `*` and `~` for the namespace. */
export type EgressHosts = ReadonlyMap<string, Named>

export function egressHosts(hosts: readonly string[], namespace: string): EgressHosts {
  const named = new Map<string, Named>()
  for (const each of hosts) {
    const [written = '', host, more] = each.split('/')
    if (host === undefined || more !== undefined) continue
    const space = spaceOf(written, namespace)
    const known = named.get(space) ?? { exact: new Set<string>(), all: [], excluded: [] }
    named.set(space, known)
    if (written.startsWith('~')) known.excluded.push(host)
    else known.all.push(host)
    if (!written.startsWith('~') && !isWildcard(host)) known.exact.add(host)
  }
  return named
}

/** `.` is the client's own, `~` alone all of them. */
function spaceOf(written: string, namespace: string): string {
  const bare = written.startsWith('~') ? written.slice(1) : written
  if (written === '~') return '*'
  return bare === '.' ? namespace : bare
}

/** Services of the list that it lets in, one namespace a host (selectServices); `trimmed` cuts to the listener's port. */
export function chosenServices(
  services: readonly Service[],
  { hosts, namespace }: { hosts: EgressHosts; namespace: string },
  trimmed: (service: Service) => Service | undefined,
): Service[] {
  const anywhere = hosts.get('*')
  const chosen = services.flatMap((each) => {
    const here = hosts.get(each.namespace)
    if (isExcluded(here, each.host) || isExcluded(anywhere, each.host)) return []
    const letsIn = (named: Named | undefined) => named !== undefined && lets(named, each.host)
    const service = letsIn(here) || letsIn(anywhere) ? trimmed(each) : undefined
    return service === undefined ? [] : [service]
  })
  const space = new Map<string, Service>()
  for (const each of chosen) {
    const before = space.get(each.host)
    if (before === undefined || goesBefore(each, before, namespace)) space.set(each.host, each)
  }
  return chosen.filter((each) => space.get(each.host)?.namespace === each.namespace)
}

/** The client's own namespace first, then Kubernetes, then who is older. */
function goesBefore(service: Service, before: Service, namespace: string): boolean {
  if (service.namespace === namespace) return true
  const isBetter = before.registry !== 'Kubernetes' && service.registry === 'Kubernetes'
  return isBetter && before.namespace !== namespace
}

function isExcluded(named: Named | undefined, host: string): boolean {
  return named?.excluded.some((each) => isSubsetOf(host, each)) ?? false
}

function lets(named: Named, host: string): boolean {
  if (named.exact.has(host)) return true
  return named.all.some((each) => (isWildcard(host) || isWildcard(each)) && isSubsetOf(host, each))
}

function letsRule(named: Named, host: string, rule: Rule): boolean {
  if (named.exact.has(host)) return true
  const covers = rule.semantics === 'gateway-api' ? isSubsetOf : matches
  return named.all.some((each) => (isWildcard(host) || isWildcard(each)) && covers(host, each))
}

/** Whether the listener takes a rule in, by any of its hosts (model/virtualservice.go, SelectVirtualServices). */
export function takesRule(rule: Rule, hosts: EgressHosts): boolean {
  const here = hosts.get(rule.namespace)
  const anywhere = hosts.get('*')
  return rule.hosts.some((host) => {
    if (isExcluded(here, host) || isExcluded(anywhere, host)) return false
    return [here, anywhere].some((named) => named !== undefined && letsRule(named, host, rule))
  })
}
