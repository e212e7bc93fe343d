import { distance, nearestWord } from '../values/nearest.ts'
import { kinds } from '../world/kinds.ts'
import { type HostPort, servicesByBareName } from './host-registry.ts'
import type { MeshWorld } from './world.ts'

/** A service whose name is spelt almost as one that is not there: how to write it, and what it is called in full. */
export type NearService = { written: string; host: string; ports: readonly HostPort[] }

/**
 * The only service of the namespace that is meant whose name is near to what is written, and that the viewer sees. Of short
 * names one letter may be other, of longer ones two or a quarter.
 */
export function nearestServiceOf(world: MeshWorld, written: string, viewer: string): NearService | undefined {
  const { domain } = world.mesh
  const [name = '', owner, ...rest] = written.split('.')
  const home = owner ?? viewer
  if (!['', `svc.${domain}`].includes(rest.join('.'))) return undefined
  const services = world.clusters.flatMap((view) => view.list(kinds.service, home))
  const near = nearWord([...new Set(services.map(({ metadata }) => metadata.name))], name)
  if (near === undefined) return undefined
  const host = `${near}.${home}.svc.${domain}`
  if (world.hosts.find(host, viewer) === undefined) return undefined
  const own = world.look(servicesByBareName, near).filter(({ namespace }) => namespace === home)
  return { written: owner === undefined ? near : host, host, ports: own[0]?.ports ?? [] }
}

function nearWord(names: readonly string[], name: string): string | undefined {
  const near = nearestWord(names, name)
  const isFar = near === undefined || near === name || (name.length < 6 && distance(near, name) > 1)
  return isFar || isOpposite(near, name) ? undefined : near
}

/** Two letters apart, and never meant for each other: the gateways at the two ends of a mesh. */
function isOpposite(near: string, name: string): boolean {
  return near.includes('ingress') && name.includes('egress')
}
