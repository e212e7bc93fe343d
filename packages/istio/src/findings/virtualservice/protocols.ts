import { type Json, listAt, numberAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import type { Host } from '../host-registry.ts'
import { saidAbout } from '../host-patterns.ts'
import { put } from '../operations.ts'
import { type OwnedPort, type PortProtocol, portsOf } from '../port-protocols.ts'
import type { MeshWorld } from '../world.ts'
import { gatewaysOf, isForMesh } from './gateways.ts'
import { meshHostsOf, openMeshHosts, scopedMeshHosts } from './mesh-hosts.ts'
import { type RouteProtocol, routeProtocolNames, takenBy } from './server-routes.ts'

const inMesh: Code = { code: 'virtualservice.routes-of-other-protocol', severity: 'warning', istio: 'ignores' }
const atGateway: Code = { code: 'virtualservice.routes-not-at-gateway', severity: 'warning', istio: 'ignores' }

/** Ports whose listeners take a list of routes (istio pilot/pkg/networking/core/tls.go; listener.go, auto is both). */
const takers: Readonly<Record<RouteProtocol, readonly PortProtocol[]>> = {
  http: ['http', 'auto'],
  tcp: ['tcp', 'auto'],
  tls: ['tls'],
}

/** Routes of a protocol that no port of the rule's hosts, and no server of its Gateways, is for. */
export const routeProtocols: Judge = {
  says: [inMesh, atGateway],
  kinds: [kinds.virtualService],
  judge: (subject, world) =>
    routeProtocolNames.flatMap((protocol) => {
      const routes = listAt(subject.object, 'spec', protocol)
      if (routes.length === 0) return []
      return isForMesh(subject.object)
        ? atPorts(subject, world, { protocol, routes })
        : atServers(subject, world, { protocol, routes })
    }),
}

type Routes = { protocol: RouteProtocol; routes: readonly Json[] }

function atPorts(subject: Subject, world: MeshWorld, { protocol, routes }: Routes): Finding[] {
  const { object, namespace } = subject
  if (gatewaysOf(object, namespace).length > 0) return []
  if (!world.complete(kinds.service) || !world.config.has(kinds.serviceEntry)) return []
  const hosts = textsAt(object, 'spec', 'hosts').map((each) =>
    each.startsWith('*') ? undefined : world.hosts.find(each, namespace),
  )
  const known = hosts.filter((each) => each !== undefined)
  const wanted = portsWanted(routes)
  const ports = known.flatMap((each) => portsAt(each, wanted))
  if (known.length < hosts.length || ports.length === 0) return []
  if (ports.some((each) => takers[protocol].includes(each.protocol))) return []
  const params = { protocol, ports: ports.map((each) => `${each.number} ${each.protocol}`).join(', ') }
  const evidence = known.flatMap(({ owners }) => owners.map((each) => refOf(each.cluster, each.object)))
  const alone = known.length === 1 && ports.length === 1 && isOnlyRule(subject, world)
  const fixes = alone ? saying(known[0], { protocol, wanted }) : []
  return [found(subject, inMesh, { pointer: `/spec/${protocol}`, params, evidence, fixes })]
}

/** Ports that routes are narrowed to; none where one of them is for all. */
function portsWanted(routes: readonly Json[]): number[] {
  const all = routes.flatMap((route) => {
    const list = listAt(route, 'match')
    return list.length === 0 ? [undefined] : list.map((match) => numberAt(match, 'port'))
  })
  return all.includes(undefined) ? [] : all.filter((each) => each !== undefined)
}

function portsAt(host: Host, wanted: readonly number[]): OwnedPort[] {
  return host.owners
    .flatMap(portsOf)
    .filter((each) => each.protocol !== 'udp' && (wanted.length === 0 || wanted.includes(each.number)))
}

/** Whether no other routes, of this rule or of others, are for the hosts' ports as they are. */
function isOnlyRule({ object }: Subject, world: MeshWorld): boolean {
  const lists = routeProtocolNames.filter((each) => listAt(object, 'spec', each).length > 0)
  const rivals = meshHostsOf(object).flatMap(({ host }) =>
    [openMeshHosts, scopedMeshHosts].flatMap((index) => saidAbout(world, index, host)),
  )
  return lists.length === 1 && rivals.every((each) => each.object === object)
}

/** The protocol, said by the only object that has the port. */
function saying(
  host: Host | undefined,
  { protocol, wanted }: { protocol: RouteProtocol; wanted: readonly number[] },
): Fix[] {
  const [owner, ...others] = host?.owners ?? []
  if (host === undefined || owner === undefined || others.length > 0) return []
  const name: string = protocol
  const value = owner.kind === 'Service' ? name : name.toUpperCase()
  const ports = portsAt(host, wanted)
  // HTTP on 443 of a host outside would be another mistake.
  if (owner.kind === 'ServiceEntry' && protocol === 'http' && ports.some(({ number }) => number === 443)) return []
  return ports.map(({ pointer, number }) =>
    fix(owner, { code: 'say-protocol', params: { port: number, protocol: value } }, [put(pointer, value)]),
  )
}

function atServers(subject: Subject, world: MeshWorld, { protocol }: Routes): Finding[] {
  const { object, namespace } = subject
  const named = gatewaysOf(object, namespace)
  const gateways = named.map((each) => world.config.get(kinds.gateway, each.name, each.namespace))
  const servers = gateways.flatMap((each) => (each === undefined ? [] : serversFor(each, object)))
  if (gateways.includes(undefined) || servers.length === 0) return []
  const taken = new Set(servers.map(takenBy))
  if (taken.has(protocol)) return []
  const params = { protocol, servers: [...taken].join(', ') }
  const evidence = gateways.flatMap((each) => (each === undefined ? [] : [refOf(subject.cluster, each)]))
  return [found(subject, atGateway, { pointer: `/spec/${protocol}`, params, evidence })]
}

function serversFor(gateway: KubernetesObject, object: KubernetesObject): Json[] {
  const hosts = textsAt(object, 'spec', 'hosts')
  return listAt(gateway, 'spec', 'servers').filter((server) =>
    textsAt(server, 'hosts').some((each) => hosts.some((host) => matches(each.slice(each.indexOf('/') + 1), host))),
  )
}
