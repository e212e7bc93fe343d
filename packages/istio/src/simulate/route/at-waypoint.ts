import { type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type NoWaypoint, type UsedWaypoint, waypointOf } from '../workloads/waypoints.ts'
import { allRules } from './all-rules.ts'
import type { Asking, Result } from './asking.ts'
import { callOf } from './call.ts'
import { dialled } from './dialled.ts'
import { defaultAnswer } from './http-answer.ts'
import { candidatesOf, type Unused } from './http-match.ts'
import type { HttpRule, StreamRule } from './http-rule.ts'
import { isHttp } from './protocols.ts'
import type { Proxy } from './proxy.ts'
import { reads } from './revisions.ts'
import { boundTo, type Rule } from './rules.ts'
import { portOf, type Service, type ServicePort } from './services.ts'
import { streamed, toHost } from './stream-answer.ts'
import { type DialledPod, passedOn, podAt } from './to-endpoints.ts'
import { triedRoutes } from './tried-routes.ts'
import { waypointClusters, waypointScope } from './waypoint-scope.ts'
import { isAddressed, serviceCanary, serviceWaypoint } from './waypoint-services.ts'

const closed: Result = { outcome: { kind: 'no-route' }, decidedBy: null, policies: [] }

/** A request that comes to a waypoint, whoever sends it there: it serves nobody but those bound to it. */
export function toWaypoint(asking: Asking): Result {
  const { world, proxy, request } = asking
  const { service, address } = dialled(asking)
  const isVirtual = service !== undefined && isAddressed(service)
  const used = isVirtual ? serviceWaypoint(world, service) : undefined
  if (isVirtual && isFor(asking, service, used)) return atWaypoint(asking, proxy, service)
  const found = isVirtual || address === undefined ? undefined : podAt(asking, address)
  if (found !== undefined && isMine(proxy, podWaypoint(asking, found))) {
    const { metadata } = found.pod
    asking.say('waypoint-passes-on', { target: `${metadata.namespace ?? ''}/${metadata.name}`, port: request.port })
    return passedOn(asking, found)
  }
  asking.say('waypoint-not-for', { host: request.host, name: `${proxy.namespace}/${nameOf(proxy)}` })
  return closed
}

function nameOf({ labels, ref }: Proxy): string {
  return labels[names.gatewayName] ?? ref.name
}

/** As its waypoint, or as the canary beside it. */
function isFor({ world, proxy }: Asking, service: Service, used: ReturnType<typeof serviceWaypoint>): boolean {
  if (used === undefined || 'code' in used) return false
  const canary = serviceCanary(world, service, used)
  return isMine(proxy, used) || (canary !== undefined && isMine(proxy, { ...used, gateway: canary.gateway }))
}

function isMine(proxy: Proxy, used: UsedWaypoint | NoWaypoint | undefined): boolean {
  if (used === undefined || 'code' in used) return false
  return used.gateway.metadata.name === nameOf(proxy) && namespaceOf(used.gateway) === proxy.namespace
}

/** The waypoint that a Pod of the control plane's own cluster is reached through. */
export function podWaypoint({ world }: Asking, { view, pod }: DialledPod): UsedWaypoint | NoWaypoint | undefined {
  if (view.cluster !== world.config.cluster) return undefined
  return waypointOf(view, { labels: labelsOf(pod), namespace: namespaceOf(pod), traffic: 'workload' })
}

/**
 * What a waypoint makes of a request for a host that is bound to it (istio
 * pilot/pkg/networking/core/listener_waypoint.go, buildWaypointInternal; 1.31).
 */
export function atWaypoint(before: Asking, waypoint: Proxy, service: Service): Result {
  const { world, request } = before
  const isRead = reads(world, waypoint.revision)
  const asking: Asking = { ...before, proxy: waypoint, isRead, rules: allRules(world, isRead) }
  const scope = waypointScope(asking, { namespace: waypoint.namespace, name: nameOf(waypoint) })
  const here: Asking = { ...asking, scope }
  const port = portOf(service, request.port)
  if (port === undefined || port.protocol === 'UDP' || !isAddressed(service)) {
    const ports = service.ports.map((each) => each.number).join(', ')
    here.say('waypoint-no-port', { host: service.host, port: request.port, ports })
    return closed
  }
  const rules = rulesAt(here, service)
  if (!isHttp(port.protocol) && (port.protocol !== 'Unsupported' || request.protocol !== 'http')) {
    return byStreams(here, { service, port, rules })
  }
  if (request.protocol !== 'http') {
    here.say('not-http-to-http', { port: request.port })
    return closed
  }
  return byHttp(here, { service, port, rules })
}

/** Rules for the host, of the waypoint's namespace and of the host's own (getVirtualServiceForWaypoint). */
function rulesAt(asking: Asking, { host, namespace }: Service): Rule[] {
  const { rules, proxy } = asking
  const all = boundTo(rules, 'mesh', proxy.namespace).filter((each) => each.hosts.some((one) => matches(one, host)))
  const near = (each: Rule) => each.namespace === namespace || each.namespace === proxy.namespace
  for (const each of all.filter((one) => !near(one))) {
    const params = { kind: each.kind, rule: each.name, namespace: each.namespace, host }
    asking.say('waypoint-rule-elsewhere', params, { ref: each.ref, pointer: '' })
  }
  return all.filter(near)
}

type At = { service: Service; port: ServicePort; rules: readonly Rule[] }

/** Routes of all rules, one after the other; the host's own where there is none. What the request calls itself does not count. */
function byHttp(asking: Asking, { service, port, rules }: At): Result {
  const { request, world, proxy } = asking
  const made = rules
    .filter(({ http }) => http.length > 0)
    .map((rule) => {
      const { rule: rest, unused } = withoutSources(rule)
      const own = candidatesOf(rest, { port: port.number, gateways: ['mesh'], proxy })
      return { rule, routes: own.routes, unused: [...unused, ...own.unused] }
    })
  const routes = made.flatMap((each) => each.routes)
  const unused = made.flatMap((each) => each.unused)
  const clusters = clustersOf(asking)
  if (routes.length === 0) {
    for (const each of unused) asking.say(each.why.code, each.why.params, each.match?.place ?? each.http.place)
    if (rules.length === 0) asking.say('no-rule', { host: service.host })
    return defaultAnswer(asking, clusters, service)
  }
  for (const { rule } of made.filter((each) => each.routes.length > 0)) {
    const params = { host: service.host, rule: rule.name, namespace: rule.namespace, kind: rule.kind }
    asking.say('virtual-host', params, { ref: rule.ref, pointer: '/spec/hosts' })
  }
  const lookup = (name: string) => asking.scope?.seen.get(name)
  const spot = { port: port.number, clusters, lookup, isTls: false }
  const call = callOf(request, 'http', world.mesh.pathNormalization)
  return triedRoutes(asking, () => spot, { routes, unused, lost: rules.flatMap(({ lost }) => lost), call })
}

function clustersOf({ scope }: Asking): Map<string, Service> {
  return scope === undefined ? new Map<string, Service>() : waypointClusters(scope)
}

/** Matches that ask for labels of the client are left out: a waypoint does not see them (waypointInboundRoute). */
function withoutSources(rule: Rule): { rule: Rule; unused: Unused[] } {
  const unused: Unused[] = []
  const http = rule.http.flatMap((each): HttpRule[] => {
    const asks = each.matches.filter(({ value }) => Object.keys(stringsAt(value, 'sourceLabels')).length > 0)
    for (const match of asks)
      unused.push({ rule, http: each, match, why: { code: 'waypoint-source-labels', params: {} } })
    const kept = each.matches.filter((match) => !asks.includes(match))
    return each.matches.length > 0 && kept.length === 0 ? [] : [{ ...each, matches: kept }]
  })
  return { rule: { ...rule, http }, unused }
}

/** TLS routes before TCP routes, whichever rule has them; server names other than the host's own are not looked at. */
function byStreams(asking: Asking, { service, port, rules }: At): Result {
  const isTls = ({ matches: all }: StreamRule) =>
    all.length === 0 || all.some(({ value }) => namesOnly(value, service.host) && takes(value, port.number))
  const isTcp = ({ matches: all }: StreamRule) => all.length === 0 || all.some(({ value }) => takes(value, port.number))
  const clusters = clustersOf(asking)
  for (const field of ['tls', 'tcp'] as const) {
    for (const rule of rules) {
      const found = rule[field].find(field === 'tls' ? isTls : isTcp)
      const route: readonly Json[] = listAt(found?.value, 'route')
      if (found === undefined || route.length === 0) continue
      asking.say('stream-route', { rule: rule.name, namespace: rule.namespace }, found.place)
      return streamed(asking, clusters, { route, place: found.place, port })
    }
  }
  return toHost(asking, clusters, { service, port: port.number })
}

function namesOnly(match: unknown, host: string): boolean {
  const names = textsAt(match, 'sniHosts')
  return names.length === 1 && names[0] === host
}

/** Nobody's labels and no namespace are known there (getTCPRouteMatch). */
function takes(match: unknown, port: number): boolean {
  const gateways = textsAt(match, 'gateways')
  const wanted = numberAt(match, 'port') ?? 0
  return (
    (gateways.length === 0 || gateways.includes('mesh')) &&
    Object.keys(stringsAt(match, 'sourceLabels')).length === 0 &&
    (textAt(match, 'sourceNamespace') ?? '') === '' &&
    (wanted === 0 || wanted === port)
  )
}
