import { refOf } from '@orbweaver/contracts/kubernetes'
import { anyAddress } from './addresses.ts'
import type { Service } from './services.ts'
import { serviceWaypoint } from './waypoint-services.ts'
import type { Asking, Result } from './asking.ts'
import { callOf, hostOf } from './call.ts'
import { type Clusters, clusterName, destinationOf, targetOf } from './clusters.ts'
import { dialled } from './dialled.ts'
import { chainFor, type Connection, type Onward } from './filter-chains.ts'
import { defaultAnswer } from './http-answer.ts'
import { outboundListeners } from './outbound-listeners.ts'
import { streamed, toHost } from './stream-answer.ts'
import { triedRoutes } from './tried-routes.ts'
import { scopeOf, type Scope } from './sidecar-scope.ts'
import { type SidecarHost, type SidecarHosts, sidecarHosts } from './sidecar-hosts.ts'
import { hostFor } from './virtual-domains.ts'
import { whyNoRule } from './why-no-rule.ts'

/** A request of a workload, through the sidecar beside it. */
export function fromSidecar(asking: Asking): Result {
  const { request, proxy } = asking
  const scope = scopeOf(asking, proxy)
  if (scope.sidecar !== undefined)
    asking.say('sidecar-scope', { name: scope.sidecar.object.metadata.name }, scope.sidecar.place)
  const to = dialled(asking)
  if (to.service !== undefined) {
    passesBy(asking, to.service)
    missesPort(asking, to.service)
  }
  const listeners = outboundListeners(asking, scope, request.port)
  const listener = (to.address === undefined ? undefined : listeners.get(to.address)) ?? listeners.get(anyAddress)
  if (listener === undefined) {
    asking.say('no-listener', { port: request.port })
    return unlisted(asking, scope, false)
  }
  if (listener.protocol === 'HTTP_PROXY') {
    asking.say('http-proxy', { port: request.port }, listener.egress.place)
    return { outcome: { kind: 'unknown', reason: { code: 'http-proxy', params: {} } }, decidedBy: null, policies: [] }
  }
  asking.say('listener', { bind: listener.bind, port: request.port })
  const chain = chainFor(listener.chains, { ...connectionOf(asking), address: to.address })
  if (chain === undefined) {
    asking.say('no-chain', { port: request.port })
    return unlisted(asking, scope, false)
  }
  return onward(asking, scope, chain.to)
}

/** What becomes of such a connection depends on the listeners of others; who asks has most likely mistaken the port. */
function missesPort(asking: Asking, { host, ports }: Service): void {
  const { port } = asking.request
  if (ports.some((each) => each.number === port)) return
  asking.say('service-no-port', { host, port, ports: ports.map((each) => each.number).join(', ') })
}

/** Sidecars have done themselves what the waypoint would do (xds/endpoints/endpoint_builder.go). */
function passesBy(asking: Asking, service: Service): void {
  const used = serviceWaypoint(asking.world, service)
  if (used === undefined || 'code' in used) return
  const ref = refOf(asking.world.config.cluster, used.gateway)
  const params = { host: service.host, name: `${ref.namespace ?? ''}/${ref.name}` }
  asking.say('sidecar-passes-waypoint', params, { ref, pointer: '' })
}

/** TLS of the workload's own is not opened, whatever is inside. */
function connectionOf({ request }: Asking): Omit<Connection, 'address'> {
  const isTls = request.protocol === 'tls' || request.protocol === 'https'
  const serverName = isTls ? (request.sni ?? request.host) : undefined
  return { serverName, speaks: isTls ? 'tls' : request.protocol === 'http' ? 'http' : 'raw' }
}

function onward(asking: Asking, scope: Scope, to: Onward): Result {
  const clusters: Clusters = scope.services
  if (asking.request.protocol === 'http' && to.kind !== 'http') asking.say('not-http', { port: asking.request.port })
  switch (to.kind) {
    case 'http':
      return byRoutes(asking, scope, to.routes)
    case 'stream': {
      asking.say('stream-route', { rule: to.rule.name, namespace: to.rule.namespace }, to.place)
      return streamed(asking, clusters, to)
    }
    case 'service':
      return toHost(asking, clusters, to)
  }
}

/** Routes are those of the first egress listener of the port, whichever has brought the listener (GetEgressListenerForRDS). */
function byRoutes(asking: Asking, scope: Scope, routes: string): Result {
  const { request, world } = asking
  const call = callOf(request, 'http', world.mesh.pathNormalization)
  const egress = scope.listeners.find(({ port }) => port === undefined || port.number === request.port)
  const { hosts, shadowed, byName } = egress === undefined ? none : sidecarHosts(asking, egress, request.port)
  const host = hostOfRoutes(hosts, routes, hostOf(call.authority))
  if (host === undefined || egress === undefined) {
    asking.say('no-virtual-host', { host: call.authority, port: request.port })
    if (!isOneHosts(routes)) return unlisted(asking, scope, true)
    return { outcome: { kind: 'no-route', status: 404 }, decidedBy: null, policies: [] }
  }
  const { rule, service } = host
  if (rule === undefined && service !== undefined) {
    whyNoRule(asking, { egress, service })
    return defaultAnswer(asking, scope.services, service)
  }
  for (const each of shadowed.filter((one) => one.host === host.name)) {
    const params = { rule: each.rule.name, namespace: each.rule.namespace, by: each.by.name, host: host.name }
    asking.say('rule-shadowed', params, { ref: each.rule.ref, pointer: '/spec/hosts' })
  }
  if (rule !== undefined) {
    const params = { host: host.name, rule: rule.name, namespace: rule.namespace, kind: rule.kind }
    asking.say('virtual-host', params, { ref: rule.ref, pointer: '/spec/hosts' })
  }
  const spot = {
    port: request.port,
    clusters: scope.services,
    lookup: (name: string) => byName.get(name),
    isTls: false,
  }
  return triedRoutes(asking, () => spot, { routes: host.routes, unused: host.unused, lost: rule?.lost ?? [], call })
}

const none: SidecarHosts = { hosts: [], shadowed: [], byName: new Map() }

function isOneHosts(routes: string): boolean {
  return routes.includes(':')
}

/** A listener for one host by itself has that host's routes, whatever the request calls it. */
function hostOfRoutes(hosts: readonly SidecarHost[], routes: string, name: string): SidecarHost | undefined {
  if (!isOneHosts(routes)) return hostFor(hosts, name)
  const own = hosts.filter((each) => isOf(each, routes))
  return own.length === 1 ? own[0] : hostFor(own, name)
}

function isOf({ domains }: SidecarHost, routes: string): boolean {
  const name = routes.slice(0, routes.lastIndexOf(':'))
  return domains.includes(name)
}

/** What nobody knows goes on to where the client dialled, to the one proxy for such, or nowhere (buildCatchAllVirtualHost). */
function unlisted(asking: Asking, scope: Scope, isHttp: boolean): Result {
  const { mode, proxy, place } = scope.outbound
  const decidedBy = place ?? null
  if (mode === 'REGISTRY_ONLY') {
    asking.say(isHttp ? 'blackhole-http' : 'blackhole', {}, place)
    return { outcome: { kind: 'blackhole', ...(isHttp && { status: 502 }) }, decidedBy, policies: [] }
  }
  if (proxy !== undefined) {
    const target = targetOf(proxy, () => undefined, 0)
    asking.say('egress-proxy', { host: target.host, port: target.port, cluster: clusterName(asking, target) }, place)
    const { destination, policies } = destinationOf(asking, scope.services, { target, weight: 100, status: 503 })
    return { outcome: { kind: 'routed', destinations: [destination] }, decidedBy, policies }
  }
  asking.say('passthrough', { host: asking.request.host, port: asking.request.port }, place)
  return { outcome: { kind: 'passthrough', cluster: 'PassthroughCluster' }, decidedBy, policies: [] }
}
