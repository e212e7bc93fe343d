import { type HostPort, servicesByBareName } from './host-registry.ts'
import type { MeshWorld } from './world.ts'

/** The one service that somebody can have meant who wrote `name`, `name.namespace` or more, where they can see it. */
export function onlyServiceOf(
  world: MeshWorld,
  written: string,
  viewer: string,
): { host: string; ports: readonly HostPort[] } | undefined {
  const [name = '', owner] = written.split('.')
  const services = world.look(servicesByBareName, name).filter((each) => (owner ?? each.namespace) === each.namespace)
  const [first] = services
  if (first === undefined || services.some(({ namespace }) => namespace !== first.namespace)) return undefined
  const host = `${name}.${first.namespace}.svc.${world.mesh.domain}`
  const known = host === written ? undefined : world.hosts.find(host, viewer)
  return known === undefined ? undefined : { host, ports: first.ports }
}
