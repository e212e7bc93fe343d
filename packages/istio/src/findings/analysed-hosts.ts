import { textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../world/hosts.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { entryWildcards } from './found-host.ts'
import { entriesByHost, type HostOwner, servicesByName } from './host-registry.ts'
import { type MeshWorld, nameFact } from './world.ts'

/**
 * The hosts that istioctl analyze knows to an object (istio pkg/config/analysis/analyzers/util/service_lookup.go, 1.31):
 * those exported to everybody, then those exported to the namespaces that the object is itself exported to (to its own
 * where it says nothing), then wildcards of ServiceEntries. Where several objects make a host known, Services win.
 */
export function analysedHost(world: MeshWorld, object: KubernetesObject, host: string): HostOwner | undefined {
  const namespace = namespaceOf(object)
  const named = world.knownOf(owners, host, namespace)
  const open = named.find(isForAll)
  if (open !== undefined) return open
  const exported = textsAt(object, 'spec', 'exportTo').map((each) => (each === '.' ? namespace : each))
  for (const scope of exported.length === 0 ? [namespace] : exported) {
    const owner = named.find((each) => isInScope(each, scope))
    if (owner !== undefined) return owner
  }
  return entryWildcards(world, host)
    .flatMap((each) => world.look(entriesByHost, each))
    .find((each) => isForAll(each) || isInScope(each, namespace))
}

/** The analysers know Services by `cluster.local` alone; a mesh of another domain is not told to be broken for it. */
function usualDomain(world: MeshWorld, host: string): string {
  const { domain } = world.mesh
  const suffix = `.svc.${domain}`
  return domain !== 'cluster.local' && host.endsWith(suffix) ? `${host.slice(0, -domain.length)}cluster.local` : host
}

const suffix = '.svc.cluster.local'

/** Those that make the very name known, as a namespace says it. */
const owners = nameFact<readonly HostOwner[]>('owners of analysed hosts', (world, host, namespace) => {
  const fqdn = resolveHost(usualDomain(world, host), namespace)
  const short = fqdn.endsWith(suffix) ? fqdn.slice(0, -suffix.length) : undefined
  const [name = '', owner = namespace] = short?.split('.') ?? []
  const services = short === undefined ? [] : world.look(servicesByName, short)
  const entries = world.look(entriesByHost, fqdn)
  const bare = short === undefined ? [] : world.look(entriesByHost, name).filter((each) => each.namespace === owner)
  return [...services, ...entries, ...bare]
})

function isForAll({ exportTo }: HostOwner): boolean {
  return exportTo.length === 0 || exportTo.includes('*')
}

function isInScope(owner: HostOwner, scope: string): boolean {
  const { exportTo, namespace } = owner
  if (scope === '*') return isForAll(owner)
  return exportTo.includes(scope) || (exportTo.includes('.') && namespace === scope)
}
