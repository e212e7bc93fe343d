import { isVisible, resolveHost } from '../world/hosts.ts'
import { entriesByHost, type Host, type HostOwner, servicesByName } from './host-registry.ts'
import { wildcardsIn } from './wildcards.ts'
import { type MeshWorld, nameFact } from './world.ts'

/** Wildcards over a name that ServiceEntries have among their hosts. */
export const entryWildcards = wildcardsIn(entriesByHost)

/** The host that a name means to someone in this namespace; undefined where istiod has none. */
export const foundHost = nameFact<Host | undefined>('hosts', (world, name, namespace) => {
  const wanted = resolveHost(name, namespace, world.mesh.domain)
  const suffix = `.svc.${world.mesh.domain}`
  const services = wanted.endsWith(suffix) ? world.look(servicesByName, wanted.slice(0, -suffix.length)) : []
  const isSeen = (each: HostOwner) => isVisible(each.exportTo, each.namespace, namespace)
  const named = [...services, ...world.look(entriesByHost, wanted)].filter(isSeen)
  const visible = named.length > 0 ? named : wildcardOwners(world, wanted, isSeen)
  const [first] = visible
  return first === undefined ? undefined : hostOf(wanted, first, visible)
})

/** ServiceEntries for the most specific wildcard over a name of which any is seen. */
function wildcardOwners(world: MeshWorld, name: string, isSeen: (owner: HostOwner) => boolean): readonly HostOwner[] {
  for (const each of entryWildcards(world, name)) {
    const visible = world.look(entriesByHost, each).filter(isSeen)
    if (visible.length > 0) return visible
  }
  return []
}

function hostOf(name: string, first: HostOwner, owners: readonly HostOwner[]): Host {
  const services = owners.filter(({ kind }) => kind === 'Service')
  return {
    name,
    namespace: first.namespace,
    owners,
    services: services.map(({ cluster, object }) => ({ cluster, service: object })),
  }
}
