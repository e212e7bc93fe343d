import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import type { Asking } from './asking.ts'
import type { GatewayConfig, Server } from './gateway-configs.ts'
import { isHttp, isTls } from './protocols.ts'
import { selectorOf } from './services.ts'

/** A server as the workload serves it: on the port that its Service leads to. */
export type Served = Server & { gateway: string; title: string; routes: string }

/** What a workload listens for on one port: servers of all its Gateways together (istio pilot/pkg/model/gateway.go; 1.31). */
export type Merged = {
  /** Servers that share a listener's HTTP routes, by the name of those. */
  byRoutes: ReadonlyMap<string, readonly Served[]>
  servers: readonly Served[]
}

/** A port of a Service that a workload is behind. */
type Instance = { host: string; port: number; target: number; translated: boolean }

export function instancesOf({ world, proxy }: Asking): Instance[] {
  const view = world.clusters.find((each) => each.cluster === proxy.cluster) ?? world.config
  const services = view
    .list(kinds.service, proxy.namespace)
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  const workload = view.get(
    proxy.ref.group === '' ? proxy.ref.kind : `${proxy.ref.group}/${proxy.ref.kind}`,
    proxy.ref.name,
    proxy.namespace,
  )
  const spec = workload?.kind === 'Pod' ? workload : { spec: templateOf(workload) }
  return services.flatMap((service) => {
    const selector = Object.entries(selectorOf({ cluster: view.cluster, object: service }))
    if (selector.length === 0 || selector.some(([key, value]) => proxy.labels[key] !== value)) return []
    const translated = labelsOf(service)['experimental.istio.io/disable-gateway-port-translation'] === undefined
    return listAt(service, 'spec', 'ports').flatMap((each): Instance[] => {
      const port = numberAt(each, 'port')
      const target = targetOf(each, spec)
      if (port === undefined || target === undefined) return []
      return [
        { host: `${service.metadata.name}.${proxy.namespace}.svc.${world.mesh.domain}`, port, target, translated },
      ]
    })
  })
}

function templateOf(workload: unknown): ReturnType<typeof listAt>[number] {
  const containers = listAt(workload, 'spec', 'template', 'spec', 'containers')
  return { containers }
}

function targetOf(port: unknown, workload: unknown): number | undefined {
  const number = numberAt(port, 'targetPort')
  if (number !== undefined) return number
  const name = textAt(port, 'targetPort')
  if (name === undefined) return numberAt(port, 'port')
  const ports = listAt(workload, 'spec', 'containers').flatMap((each) => listAt(each, 'ports'))
  return numberAt(
    ports.find((each) => textAt(each, 'name') === name),
    'containerPort',
  )
}

/** The port that a workload listens on where clients dial this one: that of the first Service, else the same. */
export function listenPort(instances: readonly Instance[], dialled: number): number {
  return instances.find(({ port, translated }) => translated && port === dialled)?.target ?? dialled
}

/** Gateways that a workload serves: those that select it, or name a Service that it is behind (push_context.go, mergeGateways). */
export function servedBy(
  asking: Asking,
  gateways: readonly GatewayConfig[],
  instances: readonly Instance[],
): GatewayConfig[] {
  const { proxy } = asking
  const served = gateways.filter(({ selector, services, servedIn, madeOf }) => {
    if (services === undefined) {
      return Object.entries(selector ?? {}).every(([key, value]) => proxy.labels[key] === value)
    }
    if (isFor(proxy, madeOf)) return true
    return servedIn === proxy.namespace && instances.some(({ host }) => services.includes(host))
  })
  const managed = new Set(served.filter((each) => each.managed).map((each) => each.namespace))
  if (managed.size === 0) return served
  return served.filter((each) => each.services !== undefined || managed.has(each.namespace))
}

/** A Gateway that has no workload yet is served by what istiod would make for it. */
function isFor({ ref }: Asking['proxy'], madeOf: GatewayConfig['madeOf']): boolean {
  return (
    madeOf !== undefined && ref.kind === 'Gateway' && ref.name === madeOf.name && ref.namespace === madeOf.namespace
  )
}

/** Whether a Gateway's port is listened on at this one (resolvePorts). */
function isAt(asking: Asking, gateway: GatewayConfig, { written, port }: { written: number; port: number }): boolean {
  const instances = instancesOf(asking)
  if (gateway.services === undefined) return listenPort(instances, written) === port
  const own = instances.filter((each) => gateway.services?.includes(each.host) === true && each.port === written)
  if (own.length > 0) return own.some((each) => each.target === port)
  return asking.proxy.ref.kind === 'Gateway' && written === port
}

/** What is merged so far on a port. */
type Merging = {
  byRoutes: Map<string, Served[]>
  servers: Served[]
  /** The first plain server of each address. */
  plain: Map<string, Served>
  /** Hosts of servers with TLS, of each address. */
  names: Map<string, Set<string>>
}

/** Servers of one port that go together; who comes first wins, and the trail says who does not. */
export function mergedAt(asking: Asking, gateways: readonly GatewayConfig[], port: number): Merged {
  const merging: Merging = { byRoutes: new Map(), servers: [], plain: new Map(), names: new Map() }
  for (const gateway of gateways) {
    for (const server of gateway.servers) {
      if (!isAt(asking, gateway, { written: server.port, port })) continue
      const routes = routesName(server, port, gateway)
      const each: Served = { ...server, gateway: `${gateway.namespace}/${gateway.name}`, title: gateway.title, routes }
      const refused = takesNames(each, merging) ? conflictOf(each, merging) : 'server-hosts-taken'
      if (refused === undefined) put(each, merging)
      else asking.say(refused, { hosts: server.hosts.join(', '), gateway: each.title }, server.place)
    }
  }
  return merging
}

/** Hosts of TLS are told apart by name: whose are taken is left out altogether. */
function takesNames({ tls, bind, hosts }: Served, { names }: Merging): boolean {
  if (tls === undefined) return true
  const known = names.get(bind) ?? new Set<string>()
  names.set(bind, known)
  if (hosts.some((host) => known.has(host))) return false
  for (const host of hosts) known.add(host)
  return true
}

/** Plain HTTP goes with plain HTTP, TLS with TLS; those that end it have each a name of port of their own. */
function conflictOf(server: Served, { servers, plain, byRoutes }: Merging): string | undefined {
  const current = plain.get(server.bind)
  if (servers.length === 0) return undefined
  if (current === undefined) {
    const isTaken = isTlsServer(server) && isHttpServer(server) && byRoutes.has(server.routes)
    return isTaken ? 'server-port-name' : undefined
  }
  const goes = (isHttp(current.protocol) || current.protocol === server.protocol) && isHttp(server.protocol)
  return goes && server.routes !== '' ? undefined : 'server-conflict'
}

function put(server: Served, { byRoutes, servers, plain }: Merging): void {
  if (!isTlsServer(server) && !plain.has(server.bind)) plain.set(server.bind, server)
  if (isHttpServer(server)) byRoutes.set(server.routes, [...(byRoutes.get(server.routes) ?? []), server])
  servers.push(server)
}

/** HTTP servers of a port share their routes; each that ends TLS has its own (gatewayRDSRouteName). */
function routesName(server: Server, port: number, { name, namespace }: GatewayConfig): string {
  const bind = server.bind === '' ? '' : `.${server.bind}`
  if (isHttp(server.protocol)) return `http.${port}${bind}`
  if (server.protocol !== 'HTTPS' || isPassthrough(server)) return ''
  return `https.${server.port}.${server.portName}.${name}.${namespace}${bind}`
}

export function isPassthrough({ tls }: Server): boolean {
  return tls !== undefined && (tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH')
}

function isTlsServer({ tls, protocol }: Server): boolean {
  return tls !== undefined && !isHttp(protocol)
}

export function isHttpServer(server: Server): boolean {
  return isHttp(server.protocol) || (server.protocol === 'HTTPS' && !isPassthrough(server))
}

export function endsTls(server: Server): boolean {
  return server.tls !== undefined && !isPassthrough(server) && (isTls(server.protocol) || !isHttp(server.protocol))
}

/** Names that a server's TLS is found by. */
export function serverNames({ tls, hosts }: Served): string[] {
  return tls === undefined ? [] : [...new Set(hosts.map((each) => each.slice(each.indexOf('/') + 1)))]
}
