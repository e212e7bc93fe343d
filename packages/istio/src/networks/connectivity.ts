import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { MemberSync } from '@orbweaver/contracts/member-sync'
import type { Message } from '@orbweaver/contracts/message'
import type { Crossing } from '@orbweaver/contracts/metrics'
import type { Exposure, NetworkCluster, NetworkGateway } from '@orbweaver/contracts/networks'
import { isUnserved } from '../meshes/sync.ts'
import { overlap } from './cidr.ts'

/** A cluster as the ways into and out of it are judged by. */
export type Place = NetworkCluster & { sync?: MemberSync | undefined }

type Net = {
  members: readonly Place[]
  exposure: Exposure | undefined
  /** Requests that were counted between clusters; none where nobody counts. */
  crossings: readonly Crossing[]
}

/** What to do about a way that is broken, or that nobody knows of. */
type NextStep =
  | 'repair'
  | 'expose'
  | 'gateway'
  | 'restart'
  | 'cluster'
  | 'separate'
  | 'rights'
  | 'probe'
  | 'wait'
  | 'nothing'

export type Evidence = Message & { holds: 'yes' | 'no' | 'unknown'; ref?: ObjectRef | undefined; cluster: string }

/**
 * How requests of one cluster get to another. `reachable`: every part of the way is there, by what the clusters and istiod
 * say, or requests were answered on it just now; the console sends none itself. `unknown`: some part nobody can tell.
 * `broken`: a part is missing, which stops them for sure.
 */
export type Way = { state: 'reachable' | 'unknown' | 'broken'; reason: Message; next: NextStep; evidence: Evidence[] }

type Part = Evidence & { next: NextStep }

/**
 * Judged by what is known; parts that do not hold come before those nobody can tell, and decide. Requests that were
 * answered prove what nobody can tell; that there were none proves nothing.
 */
export function wayBetween(net: Net, from: Place, to: Place): Way {
  const parts = [...ends(from, 'out'), ...ends(to, 'in'), ...middle(net, from, to)]
  const traffic = crossed(net, from, to)
  const evidence = [...traffic, ...parts.map(({ next: _next, ...each }) => each)]
  const [proof] = traffic.filter(({ holds }) => holds === 'yes')
  if (proof !== undefined && parts.every(({ holds }) => holds !== 'no')) {
    return { state: 'reachable', reason: { code: proof.code, params: proof.params }, next: 'nothing', evidence }
  }
  const telling = parts.find((each) => each.holds === 'no') ?? parts.find((each) => each.holds === 'unknown')
  if (telling !== undefined) {
    const { code, params, next, holds } = telling
    return { state: holds === 'no' ? 'broken' : 'unknown', reason: { code, params }, next, evidence }
  }
  const network = to.network ?? ''
  return { state: 'reachable', reason: { code: 'network.way-complete', params: { network } }, next: 'probe', evidence }
}

/** What proxies counted. Where every request failed it may be the way, or the service behind it. */
function crossed({ crossings }: Net, from: Place, to: Place): Evidence[] {
  const found = crossings.find((each) => each.from === from.cluster && each.to === to.cluster)
  if (found === undefined || found.requests <= 0) return []
  const params = {
    from: from.cluster,
    to: to.cluster,
    rate: Number(found.requests.toPrecision(3)),
    percent: Number((found.errors * 100).toFixed(2)),
  }
  return found.errors < 1
    ? [{ code: 'network.crossed', params, cluster: to.cluster, holds: 'yes' }]
    : [{ code: 'network.crossed-in-vain', params, cluster: to.cluster, holds: 'unknown' }]
}

/** What must hold of a cluster whoever is at the other end. */
function ends(place: Place, way: 'in' | 'out'): Part[] {
  const { cluster, network = '' } = place
  if (place.unread !== undefined) {
    const next = place.unread.code === 'network.not-permitted' ? 'rights' : 'cluster'
    return [{ ...place.unread, cluster, holds: 'unknown', next }, ...served(place)]
  }
  const agrees = place.label === network
  const label: Part = agrees
    ? { code: 'network.label-agrees', params: { cluster, network }, cluster, holds: 'yes', next: 'probe' }
    : {
        code: 'network.label-differs',
        params: { cluster, network, label: place.label ?? '–' },
        cluster,
        holds: 'no',
        next: 'repair',
      }
  return [...served(place), label, ...stale(place, way)]
}

function served({ cluster, sync }: Place): Part[] {
  if (sync === undefined) return []
  const said = (code: string, holds: Part['holds'], next: NextStep): Part[] => [
    { code, params: { state: sync.state, cluster }, cluster, holds, next },
  ]
  if (sync.state === 'synced') return said('network.synced', 'yes', 'probe')
  if (isUnserved(sync)) return said('network.unserved', 'no', 'repair')
  if (sync.state === 'syncing') return said('network.syncing', 'unknown', 'wait')
  return [{ code: 'network.sync-unknown', params: { cluster }, cluster, holds: 'unknown', next: 'rights' }]
}

/**
 * Proxies keep the network they were injected with, as servers (the Pod's label goes before its namespace's) and as
 * clients (ISTIO_META_NETWORK): pilot/pkg/serviceregistry/kube/controller Network(), pkg/kube/inject, 1.30.
 */
function stale({ cluster, stale: found, network = '' }: Place, way: 'in' | 'out'): Part[] {
  if (found === undefined)
    return [{ code: 'network.pods-unseen', params: { cluster }, cluster, holds: 'unknown', next: 'rights' }]
  if (found.pods === 0) return []
  const params = { pods: found.pods, cluster, network }
  return [{ code: `network.stale-${way}`, params, cluster, holds: 'no', next: 'restart' }]
}

function middle(net: Net, from: Place, to: Place): Part[] {
  return from.network === to.network ? direct(from, to) : throughGateway(net, to)
}

/** On one network proxies dial Pod addresses; nothing in Kubernetes or Istio shows that they are routed. */
function direct(from: Place, to: Place): Part[] {
  const { cluster, network = '' } = to
  const both = { from: from.cluster, to: cluster, network }
  const shared = from.podCidrs.find((each) => to.podCidrs.some((other) => overlap(each, other)))
  if (shared !== undefined) {
    return [
      { code: 'network.cidrs-overlap', params: { ...both, cidr: shared }, cluster, holds: 'no', next: 'separate' },
    ]
  }
  const told = from.podCidrs.length > 0 && to.podCidrs.length > 0
  const apart: Part[] = told
    ? [{ code: 'network.cidrs-apart', params: both, cluster, holds: 'yes', next: 'probe' }]
    : []
  return [...apart, { code: 'network.direct-unproved', params: both, cluster, holds: 'unknown', next: 'probe' }]
}

/** Every gateway of the network may be chosen, in whichever of its clusters it stands. */
function throughGateway({ members, exposure }: Net, to: Place): Part[] {
  const { cluster, network = '' } = to
  const here = members.filter((each) => each.network === network)
  const unread = here.filter((each) => each.gateways === undefined)
  const gateways = here.flatMap((each) => each.gateways ?? []).filter((each) => each.network === network)
  const open = opened(exposure, cluster)
  if (gateways.length > 0) return [...gateways.flatMap(gatewayParts), ...open]
  const away = unread.length > 0
  const params = { network, clusters: unread.map((each) => each.cluster).join(', ') }
  const missing: Part = away
    ? { code: 'network.gateway-unseen', params, cluster, holds: 'unknown', next: 'rights' }
    : { code: 'network.gateway-missing', params: { network }, cluster, holds: 'no', next: 'repair' }
  return [missing, ...open]
}

function gatewayParts(gateway: NetworkGateway): Part[] {
  const { ref, addresses, ready, network } = gateway
  const { cluster, name } = ref
  const base = { cluster, ref }
  const addressed: Part =
    addresses.length === 0
      ? { ...base, code: 'network.no-address', params: { name, cluster }, holds: 'no', next: 'gateway' }
      : {
          ...base,
          code: 'network.addressed',
          params: { name, addresses: addresses.join(', '), network },
          holds: 'yes',
          next: 'probe',
        }
  if (ready === undefined) {
    return [
      addressed,
      { ...base, code: 'network.endpoints-unseen', params: { name, cluster }, holds: 'unknown', next: 'rights' },
    ]
  }
  const served: Part =
    ready === 0
      ? { ...base, code: 'network.gateway-down', params: { name, cluster }, holds: 'no', next: 'cluster' }
      : { ...base, code: 'network.gateway-up', params: { name, cluster, ready }, holds: 'yes', next: 'probe' }
  return [addressed, served]
}

function opened(exposure: Exposure | undefined, cluster: string): Part[] {
  if (exposure === undefined) return []
  const { ref, found, wanted } = exposure
  const params = { name: ref.name, cluster: ref.cluster }
  if (found === 'yes') return [{ code: 'network.exposed', params, cluster, ref, holds: 'yes', next: 'probe' }]
  if (found === 'unknown')
    return [{ code: 'network.exposure-unseen', params, cluster, holds: 'unknown', next: 'rights' }]
  return [{ code: 'network.not-exposed', params, cluster, ref, holds: 'no', next: wanted ? 'repair' : 'expose' }]
}
