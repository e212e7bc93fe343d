import type { Place, RouteDestination, RouteEndpoint, RoutePolicy } from '@orbweaver/contracts/explain'
import { type Json, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { kindKey, kinds } from '../../world/kinds.ts'
import type { UsedWaypoint } from '../workloads/waypoints.ts'
import type { Asking } from './asking.ts'
import { type DefinedSubset, isWithheld, type MergedRule, ruleFor, rulesFor } from './destination-rules.ts'
import { type Endpoint, endpointsOf } from './endpoints.ts'
import { makerOf } from './makers.ts'
import { reached } from './reached.ts'
import { portOf, registry, type Service, type ServicePort } from './services.ts'
import { type Effective, effective, tlsOfEndpoints } from './traffic-policies.ts'
import { tlsPolicy } from './upstream-tls.ts'
import { hostOfWaypoint, ingressWaypoint, serviceCanary } from './waypoint-services.ts'
import { waypointCluster } from './waypoint-scope.ts'

/** Where a rule sends to, once its port is known. */
export type Target = { host: string; port: number; subset: string; layer?: 'tcp' }

/** Hosts that a proxy has clusters for. */
export type Clusters = ReadonlyMap<string, Service>

export type Lookup = (host: string) => Service | undefined

/** The port that is said, else the host's only one, else the listener's (route.go, GetDestinationCluster). */
export function targetOf(destination: Json | undefined, lookup: Lookup, listenerPort: number): Target {
  const host = textAt(destination, 'host') ?? ''
  const service = lookup(host)
  const [only, ...more] = service?.ports ?? []
  const single = only !== undefined && more.length === 0 ? only.number : listenerPort
  return {
    host: service?.externalName ?? host,
    port: numberAt(destination, 'port', 'number') ?? single,
    subset: textAt(destination, 'subset') ?? '',
  }
}

export function clusterName({ scope }: Pick<Asking, 'scope'>, target: Target): string {
  const { host, port, subset } = target
  if (host === '') return 'UnknownService'
  return scope === undefined ? `outbound|${port}|${subset}|${host}` : waypointCluster(scope, target)
}

type Destined = { destination: RouteDestination; policies: RoutePolicy[] }

/** A target as a proxy reaches it: its endpoints, its policies, or why nothing arrives there. */
export function destinationOf(asking: Asking, clusters: Clusters, { target, ...share }: Share): Destined {
  const { host, port, subset } = target
  const cluster = clusterName(asking, target)
  const base = { weight: share.weight, host, port, ...(subset !== '' && { subset }), cluster }
  const found = clusterOf(asking, clusters, target)
  if ('code' in found) {
    const fails: Message = { code: found.code, params: { ...found.params, status: share.status } }
    asking.say(found.code, fails.params)
    return { destination: { ...base, endpoints: [], resolution: 'listed', fails }, policies: [] }
  }
  return arriving(asking, { ...found, cluster }, base)
}

type Base = Pick<RouteDestination, 'weight' | 'host' | 'port' | 'subset' | 'cluster'>

function arriving(asking: Asking, found: Cluster & { cluster: string }, base: Base): Destined {
  const { endpoints, behind, resolution, waypoint } = reachOf(asking, found)
  const isEmpty = resolution === 'listed' && !endpoints.some(({ ready }) => ready) && isCounted(asking)
  const dialled = waypoint === undefined ? base : { host: `${waypoint.namespace ?? ''}/${waypoint.name}`, port: 15_008 }
  const params = { host: dialled.host, port: dialled.port, subset: base.subset ?? '', status: 503 }
  const fails = isEmpty ? absent(asking, found, { code: 'no-ready-endpoint', params }) : undefined
  return {
    destination: {
      ...base,
      ...(waypoint !== undefined && { waypoint }),
      endpoints: endpoints.map(told),
      resolution,
      ...(fails !== undefined && { fails }),
    },
    policies: policiesOf(asking, { ...found, endpoints: behind }),
  }
}

/** That nothing is there, unless it is still to come. */
function absent(asking: Asking, found: Cluster, why: Message): Message | undefined {
  const maker = makerOf(asking.world, found.service, found.subset?.labels ?? {})
  if (maker === undefined) {
    asking.say(why.code, why.params)
    return why
  }
  const { service, port } = found
  const { kind, name } = maker
  asking.say('endpoints-to-come', { host: service.host, port: port.number, kind, name })
  return undefined
}

/** What is dialled, and what stands behind it. */
type Reach = Pick<RouteDestination, 'resolution' | 'waypoint'> & {
  endpoints: readonly Endpoint[]
  behind: readonly Endpoint[]
}

function reachOf(asking: Asking, { service, port, rule, subset }: Cluster): Reach {
  const used = asking.proxy.kind === 'router' ? ingressWaypoint(asking.world, service) : undefined
  if (used !== undefined) return byWaypoint(asking, service, used)
  // A waypoint has endpoints of what its namespace sees alone (xds/endpoints/endpoint_builder.go, NewEndpointBuilder).
  const from = asking.proxy.cluster
  const isHidden = asking.scope !== undefined && !asking.scope.seen.has(service.host)
  const behind = isHidden ? [] : endpointsOf(asking.world, { service, port, labels: subset?.labels ?? {}, from })
  return {
    endpoints: reached(asking, behind, { mode: modeFor(asking, { service, port, rule, subset }) }),
    behind,
    resolution: resolutionOf(asking, service),
  }
}

/** Of a waypoint's own host istiod looks for a subset called `http` or `tcp`, and finds no TLS (xds/endpoints/mtls_checker.go). */
function modeFor({ scope }: Asking, { service, port, rule, subset }: Cluster): string | undefined {
  if (subset === undefined && scope?.own.has(service.host) === true) return undefined
  const tls = tlsOfEndpoints(rule?.policies ?? [], subset?.policy, port.number)
  return tls && (textAt(tls.value, 'mode') ?? 'DISABLE')
}

/**
 * A gateway that is told to use a waypoint sends to it what is for the host, and it decides (findServiceWaypoint); a share
 * to the canary beside it (weightedWaypointEndpoints).
 */
function byWaypoint(asking: Asking, service: Service, used: UsedWaypoint): Reach {
  const { world } = asking
  const { host } = service
  const canary = serviceCanary(world, service, used)
  const weight = canary?.weight ?? 0
  const all = [...(weight < 100 ? [used.gateway] : []), ...(canary !== undefined && weight > 0 ? [canary.gateway] : [])]
  const endpoints = all.flatMap((gateway) => {
    const ref = refOf(world.config.cluster, gateway)
    const isCanary = gateway === canary?.gateway
    const params = { host, name: `${ref.namespace ?? ''}/${ref.name}`, ...(isCanary && { weight }) }
    asking.say(isCanary ? 'ingress-waypoint-canary' : 'ingress-waypoint', params, { ref, pointer: '' })
    return waypointEndpoints(asking, gateway)
  })
  const waypoint = refOf(world.config.cluster, all[0] ?? used.gateway)
  return { endpoints, behind: endpoints, resolution: 'listed', waypoint }
}

function waypointEndpoints({ world, proxy }: Asking, gateway: KubernetesObject): readonly Endpoint[] {
  const [service] = world.known(registry).of(hostOfWaypoint(world, gateway))
  const port = service && portOf(service, 15_008)
  return service && port ? endpointsOf(world, { service, port, labels: {}, from: proxy.cluster }) : []
}

/** `weight`: share of 100. `status`: what is answered where the cluster is not there. */
type Share = { target: Target; weight: number; status: number }

/** Whether Pods are known at all: an unread kind says nothing of endpoints. */
function isCounted({ world }: Asking): boolean {
  return world.clusters.some((view) => view.has('Pod'))
}

export function told({
  labels: _labels,
  meshed: _meshed,
  hbone: _hbone,
  object: _object,
  ...endpoint
}: Endpoint): RouteEndpoint {
  return endpoint
}

type Cluster = {
  service: Service
  port: ServicePort
  rule: MergedRule | undefined
  subset: DefinedSubset | undefined
}

function clusterOf(asking: Asking, clusters: Clusters, target: Target): Cluster | Message {
  const { host, port, subset } = target
  if (host === '') return { code: 'backend-refused', params: {} }
  const service = clusters.get(host)
  if (service === undefined) {
    const code = asking.scope?.seen.has(host) === true ? 'waypoint-unprepared' : 'host-not-found'
    return { code, params: { host, namespace: asking.proxy.namespace } }
  }
  const found = portOf(service, port)
  if (found === undefined || found.protocol === 'UDP') {
    return {
      code: 'port-not-found',
      params: { host, port, ports: service.ports.map((each) => each.number).join(', ') },
    }
  }
  const rule = appliedRule(asking, service)
  if (subset === '') return { service, port: found, rule, subset: undefined }
  const defined = rule?.subsets.find(({ name }) => name === subset)
  if (defined === undefined) {
    return { code: rule === undefined ? 'subset-without-rule' : 'subset-not-found', params: { host, subset } }
  }
  asking.say('subset', { subset, labels: spelled(defined.labels) }, defined.place)
  return { service, port: found, rule, subset: defined }
}

/** A waypoint is told rules of what its namespace sees alone (model/sidecar.go, DefaultSidecarScopeForNamespace). */
function appliedRule(asking: Asking, service: Service): MergedRule | undefined {
  if (asking.scope !== undefined && !asking.scope.seen.has(service.host)) return undefined
  const rules = rulesFor(asking, service)
  const rule = ruleFor(rules, asking.proxy)
  if (rules === undefined || rule === undefined) return undefined
  const from = rule.from.find(({ ref }) => kindKey(ref) === kinds.destinationRule)
  // Made of BackendTLSPolicies alone: of them `tls-of-policy` speaks.
  if (from === undefined) return rule
  const code = { client: 'rule-from-client', service: 'rule-from-service', root: 'rule-from-root' }[rules.where]
  asking.say(code, { host: service.host, namespace: rule.namespace }, from)
  return rule
}

function spelled(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map((each) => each.join('='))
    .join(', ')
}

/** Gateways have no original destination: they list what others would pass on to where the client dialled. */
function resolutionOf({ proxy }: Asking, { resolution }: Service): RouteDestination['resolution'] {
  if (resolution === 'list') return 'listed'
  if (resolution !== 'passthrough') return 'dns'
  return proxy.kind === 'router' ? 'listed' : 'original'
}

function saidFor({ rule, subset, port }: Pick<Cluster, 'rule' | 'subset' | 'port'>): Effective {
  return effective(rule?.policies ?? [], subset?.policy, port.number)
}

type Known = Cluster & { cluster: string; endpoints: readonly Endpoint[] }

function policiesOf(asking: Asking, known: Known): RoutePolicy[] {
  const { cluster } = known
  const said = saidFor(known)
  const named = (name: RoutePolicy['name']): RoutePolicy[] => {
    const found = said[name]
    return found === undefined ? [] : [{ name, value: found.value, by: found.place, cluster }]
  }
  sayPolicy(asking, known, said.tls)
  const balancer = named('loadBalancer')
  const byDefault: RoutePolicy = { name: 'loadBalancer', value: { simple: 'LEAST_REQUEST' }, by: null, cluster }
  return [
    ...named('connectionPool'),
    ...named('outlierDetection'),
    ...(balancer.length > 0 || known.service.resolution === 'passthrough' ? balancer : [byDefault]),
    tlsPolicy(asking, {
      ...known,
      said: said.tls,
      toEndpoints: tlsOfEndpoints(known.rule?.policies ?? [], known.subset?.policy, known.port.number),
    }),
    ...named('tunnel'),
    ...named('proxyProtocol'),
  ]
}

/** That TLS is of a BackendTLSPolicy, and where nothing can come of it. */
function sayPolicy(asking: Asking, { service, rule }: Known, tls: Effective[string] | undefined): void {
  if (tls === undefined || kindKey(tls.place.ref) !== kinds.backendTlsPolicy) return
  const { ref } = tls.place
  const params = {
    host: service.host,
    name: ref.name,
    namespace: ref.namespace ?? '',
    sni: textAt(tls.value, 'sni') ?? '',
  }
  asking.say('tls-of-policy', params, tls.place)
  if (textAt(tls.value, 'credentialName') !== 'invalid://') return
  if (isWithheld(tls.value, rule, asking.proxy)) asking.say('policy-without-ca-plain', { name: ref.name }, tls.place)
  else asking.say('policy-without-ca', { name: ref.name }, tls.place)
}

/** Destinations with their share of all that is sent: those of no weight get nothing where there are others. */
export function shares(route: readonly Json[]): { value: Json; index: number; weight: number }[] {
  const all = route.map((value, index) => ({ value, index, weight: numberAt(value, 'weight') ?? 0 }))
  if (all.length === 1) return all.map((each) => ({ ...each, weight: 100 }))
  const sum = all.reduce((total, each) => total + each.weight, 0)
  return all.filter(({ weight }) => weight > 0).map((each) => ({ ...each, weight: (each.weight / sum) * 100 }))
}

type Sent = { target: Target; weight: number }

/** That a share goes to a target, rounded to hundredths. */
export function saySends(asking: Asking, { target, weight }: Sent, place: Place): void {
  const { host, port, subset } = target
  const params = { host, port, weight: Math.round(weight * 100) / 100 }
  if (subset === '') asking.say('sends', params, place)
  else asking.say('sends-subset', { ...params, subset }, place)
}
