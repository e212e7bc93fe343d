import { anyAddress } from './addresses.ts'
import type { Asking } from './asking.ts'
import { isWildcard } from './host-names.ts'
import { addressFor, type Service } from './services.ts'

/** Names that clients call a host by (istio pilot/pkg/networking/core/httproute.go, generateVirtualHostDomains; 1.31). */
export function domainsOf(service: Service, asking: Asking): { domains: string[]; alternatives: ReadonlySet<string> } {
  const alternatives = new Set<string>()
  const domains = [service.host, ...service.aliases].flatMap((host) => {
    const others = altNames(host, asking)
    for (const each of others) alternatives.add(each)
    return [host, ...others]
  })
  const isHeadless = service.resolution === 'passthrough' && service.registry === 'Kubernetes'
  const below = isHeadless ? domains.map((each) => `*.${each}`) : []
  const address = addressFor(service, asking.proxy.cluster)
  return {
    domains: [...domains, ...below, ...(address === anyAddress || address === '' ? [] : [address])],
    alternatives,
  }
}

/** Shorter forms of a Kubernetes name, as the client's resolver completes them, and the absolute one. */
export function altNames(host: string, { proxy, world }: Pick<Asking, 'proxy' | 'world'>): string[] {
  const absolute = [`${host}.`]
  const suffix = `.svc.${world.mesh.domain}`
  if (!host.endsWith(suffix)) return absolute
  const short = host.slice(0, -suffix.length)
  const dot = host.indexOf('.')
  if (dot > short.length) return []
  const name = host.slice(0, dot)
  const namespace = host.slice(dot + 1, short.length)
  const qualified = namespace === proxy.namespace ? [name, `${short}.svc`, short] : [short, `${short}.svc`]
  return [...absolute, ...qualified]
}

/** The virtual host that a name falls to: its own, else the longest wildcard over it, else the one for all. */
export function hostFor<Host extends { domains: readonly string[] }>(
  hosts: readonly Host[],
  name: string,
): Host | undefined {
  const exact = hosts.find(({ domains }) => domains.some((each) => each.toLowerCase() === name))
  if (exact !== undefined) return exact
  const covers = (domain: string) =>
    domain !== '*' && isWildcard(domain) && name.length >= domain.length && name.endsWith(domain.slice(1).toLowerCase())
  const [longest] = hosts
    .flatMap((host) => host.domains.filter(covers).map((domain) => ({ host, length: domain.length })))
    .toSorted((a, b) => b.length - a.length)
  return longest?.host ?? hosts.find(({ domains }) => domains.includes('*'))
}
