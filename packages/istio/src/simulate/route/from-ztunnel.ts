import { refOf } from '@orbweaver/contracts/kubernetes'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { NoWaypoint, UsedWaypoint } from '../workloads/waypoints.ts'
import type { Asking, Result } from './asking.ts'
import { atWaypoint, podWaypoint } from './at-waypoint.ts'
import { dialled } from './dialled.ts'
import { endpointsOf } from './endpoints.ts'
import { ofKubernetesGateway, type Proxy } from './proxy.ts'
import { addressFor, portOf, registry, type Service } from './services.ts'
import { type DialledPod, passedOn, podAt, sentTo, toPodItself } from './to-endpoints.ts'
import { isAddressed, serviceCanary, serviceWaypoint } from './waypoint-services.ts'

/**
 * A request of an ambient workload: ztunnel knows addresses and ports. To a Service with a waypoint, or else a workload
 * with one, the waypoint decides; to others no rule of HTTP applies (ztunnel src/proxy/outbound.rs, build_request).
 */
export function fromZtunnel(asking: Asking): Result {
  const { service, address } = dialled(asking)
  const known = service ?? (address === undefined ? undefined : serviceAt(asking, address))
  if (known !== undefined && isAddressed(known)) return toService(asking, known)
  const pod = address === undefined ? undefined : podAt(asking, address)
  if (pod !== undefined) return toPod(asking, pod)
  asking.say('ztunnel-passthrough', { host: asking.request.host, port: asking.request.port })
  return { outcome: { kind: 'passthrough', cluster: 'PassthroughCluster' }, decidedBy: null, policies: [] }
}

/** Of an address that is dialled itself the host that has it. */
function serviceAt({ world, proxy }: Asking, address: string): Service | undefined {
  return world.known(registry).all.find((each) => addressFor(each, proxy.cluster) === address)
}

function toService(asking: Asking, service: Service): Result {
  const { world, request } = asking
  const found = serviceWaypoint(world, service)
  const waypoint = sayWaypoint(asking, found, service.host)
  if (waypoint !== undefined && found !== undefined && !('code' in found))
    return throughWaypoints(asking, service, { used: found, waypoint })
  const port = portOf(service, request.port)
  const { host } = service
  if (port === undefined) {
    const ports = service.ports.map((each) => each.number).join(', ')
    asking.say('ztunnel-no-port', { host, port: request.port, ports })
    return { outcome: { kind: 'no-route' }, decidedBy: null, policies: [] }
  }
  const all = endpointsOf(world, { service, port, labels: {} })
  // What istiod tells ztunnel of other clusters is nothing, unless it is told to (AMBIENT_ENABLE_MULTI_NETWORK).
  const endpoints = all.filter((each) => each.cluster === asking.proxy.cluster)
  const isListed = service.resolution === 'list'
  asking.say('ztunnel-sends', { host, port: request.port })
  const params = { host, port: request.port, status: 0 }
  const unready = isListed && !endpoints.some(({ ready }) => ready)
  if (unready) asking.say('ztunnel-no-endpoint', params)
  return sentTo(endpoints, {
    host,
    port: request.port,
    resolution: isListed ? 'listed' : service.resolution === 'passthrough' ? 'original' : 'dns',
    ...(unready && { fails: { code: 'ztunnel-no-endpoint', params } }),
  })
}

type Through = { used: UsedWaypoint; waypoint: Proxy }

/** ztunnel chooses one of two waypoints for each connection: what comes of both is told, or that it depends. */
function throughWaypoints(asking: Asking, service: Service, { used, waypoint }: Through): Result {
  const { world } = asking
  const canary = serviceCanary(world, service, used)
  if (canary === undefined || canary.weight === 0) return atWaypoint(asking, waypoint, service)
  const ref = refOf(world.config.cluster, canary.gateway)
  const params = { name: `${ref.namespace ?? ''}/${ref.name}`, weight: canary.weight }
  const first = canary.weight === 100 ? undefined : atWaypoint(asking, waypoint, service)
  asking.say('waypoint-canary', params, { ref, pointer: '' })
  const second = atWaypoint(asking, ofKubernetesGateway(world, world.config, canary.gateway), service)
  if (first === undefined) return second
  if (JSON.stringify(first) === JSON.stringify(second)) {
    asking.say('waypoint-canary-alike', params)
    return first
  }
  const reason = { code: 'waypoint-canary-differs', params }
  asking.say(reason.code, params)
  return { outcome: { kind: 'unknown', reason }, decidedBy: null, policies: [] }
}

/** Who decides in the end, said with who names it; a waypoint that is named and not used is passed by. */
function sayWaypoint(asking: Asking, found: UsedWaypoint | NoWaypoint | undefined, target: string): Proxy | undefined {
  if (found === undefined) {
    asking.say('waypoint-none', { target })
    return undefined
  }
  if ('code' in found) {
    asking.say(found.code, { name: found.name })
    return undefined
  }
  const { world } = asking
  const ref = refOf(world.config.cluster, found.gateway)
  const params = { target, name: `${ref.namespace ?? ''}/${ref.name}` }
  asking.say(found.namedBy === 'object' ? 'waypoint-by-object' : 'waypoint-by-namespace', params, { ref, pointer: '' })
  return ofKubernetesGateway(world, world.config, found.gateway)
}

function toPod(asking: Asking, found: DialledPod): Result {
  const { view, pod } = found
  const namespace = namespaceOf(pod)
  const target = `${namespace}/${pod.metadata.name}`
  asking.say('host-pod', { name: pod.metadata.name, namespace }, { ref: refOf(view.cluster, pod), pointer: '' })
  const params = { target, port: asking.request.port }
  if (sayWaypoint(asking, podWaypoint(asking, found), target) === undefined) {
    asking.say('ztunnel-sends-pod', params)
    return toPodItself(asking, found)
  }
  asking.say('waypoint-passes-on', params)
  return passedOn(asking, found)
}
