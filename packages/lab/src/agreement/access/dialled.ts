import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { hasLabels } from '@orbweaver/istio/world/labels'
import { answerOf, type Call } from '../../envoy/answer.ts'
import { listenerOf, listenerOfPort } from '../../envoy/chains.ts'
import type { ConfiguredWorld, ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import { dialledBy, type Dialling } from '../../envoy/dialling.ts'
import { LabError } from '../../lab-error.ts'
import { byTunnel } from './ambient.ts'
import { agreed } from './both.ts'
import { calledBy, entryOf, entryTarget } from './entries.ts'
import { callerOf, opening, podOf, proxyFor, proxyOf, requestOf, type Said, saidOf, tlsOf } from './reference.ts'
import type { Sent } from './sent.ts'
import { wayOut } from './way-out.ts'

export type Known = { readonly world: ProxyWorld; readonly configured: ConfiguredWorld }

/** What becomes of a call of a workload, by what its own proxy does, the entrance of another network and the destination's. */
export function byClient(known: Known, call: AccessCall): Said | undefined {
  const client = call.from.kind === 'workload' ? proxyOf(known.configured.proxies, call.from.ref) : undefined
  if (client === undefined || call.from.kind !== 'workload') throw new LabError('client', ['no such proxy'])
  const { protocol, claims } = call
  const sent = protocol === 'http' ? { request: requestOf(call), claims: claims ?? undefined } : {}
  const out = wayOut(known.world, client, { call, cluster: clusterOf(known.world, call) })
  if (out === 'untold') return undefined
  if (out === 'stopped') return { verdict: 'denied', by: [] }
  return opened(known, call, { client, ref: call.from.ref, sent, isAside: out === 'as-it-is' })
}

/** A client's proxy, its Pod, and what it has to say. */
export type Opening = {
  readonly client: ProxyConfiguration
  readonly ref: ObjectRef
  readonly sent: Sent
  /** To a host that it does not know, which a sidecar lets out as it is. */
  readonly isAside?: boolean
}

/** Nobody could be dialled: what is behind an entrance takes no plain text. */
const closed: Said = { verdict: 'refused-plaintext', by: [] }

/** A proxy opens a connection to a Pod, as its cluster and the endpoint say; a gateway that has none has no way there. */
export function opened(known: Known, call: AccessCall, by: Opening): Said | undefined {
  const { world } = known
  const { client, ref, sent } = by
  const caller = callerOf(world, { kind: 'workload', ref })
  const destination = {
    address: addressOf(world, call.to.ref),
    port: call.to.port,
  }
  const endpoints = listedBy(by, clusterOf(world, call), destination)
  if (endpoints === undefined && client.type === 'router') return undefined
  const isIt = ({ address, port }: Dialling) => address === destination.address && port === destination.port
  const tunnels = tunnelsIn(endpoints ?? [], destination)
  const inside = agreed(tunnels.map((tunnel) => byTunnel(known, call, { tunnel, from: { ...caller, sent } })))
  if (inside !== undefined) return inside
  const aside: Dialling = { ...destination, kind: 'plain', sni: undefined }
  const direct = endpoints === undefined ? aside : endpoints.find(isIt)
  if (direct !== undefined && isPast(world, client, { call, listed: endpoints })) return undefined
  if (direct !== undefined) return arrived(known, call, connectionOf(call, { direct, caller, sent }))
  const entrance = endpoints?.find(({ address }) => address.startsWith('198.51.100.20'))
  return entrance === undefined ? closed : passed(known, call, connectionOf(call, { direct: entrance, caller, sent }))
}

const listedBy = ({ client, isAside }: Opening, cluster: string, said: Pick<Dialling, 'address' | 'port'>) =>
  isAside === true ? undefined : dialledBy(client, cluster, said)

const addressOf = (world: ProxyWorld, ref: ObjectRef): string => textAt(podOf(world, ref), 'status', 'podIP') ?? ''

/** By a waypoint whatever is asked for, or to the Pod itself. */
const tunnelsIn = (endpoints: readonly Dialling[], { address, port }: Pick<Dialling, 'address' | 'port'>) =>
  endpoints.filter(
    (each) =>
      each.inner?.byWaypoint === true || (each.kind === 'tunnel' && each.address === address && each.port === port),
  )

type Dialled = { readonly call: AccessCall; readonly listed: readonly Dialling[] | undefined }

/** Whether somebody of another network is dialled past its entrance: by an address that leads nowhere. */
function isPast({ remotes = {} }: ProxyWorld, client: ProxyConfiguration, { call, listed }: Dialled): boolean {
  const hasEntrances = Object.values(remotes)
    .flat()
    .some(({ metadata }) => metadata.name === 'istio-eastwestgateway')
  return hasEntrances && client.cluster !== call.to.ref.cluster && (listed === undefined || listed.length === 1)
}

type Connected = {
  readonly direct: Dialling
  readonly caller: { readonly source: string; readonly principal: string }
  readonly sent: Sent
}

function connectionOf(call: AccessCall, { direct, caller, sent }: Connected): Call {
  const { address, port, kind, sni } = direct
  const own = sent.request === undefined ? 'tcp' : 'http'
  const { principal: _principal, ...foreign } = tlsOf({ ...call, protocol: own, sni }, caller.principal)
  const tls = kind === 'mutual' ? tlsOf({ ...call, protocol: own, sni }, caller.principal) : { ...foreign, alpn: [] }
  return {
    connection: {
      destination: { address, port },
      source: caller.source,
      speaks: own === 'http' && kind === 'plain' ? 'http' : 'other',
      ...(kind !== 'plain' && { tls }),
    },
    ...(sent.request !== undefined && { request: sent.request }),
    ...(sent.claims !== undefined && { claims: sent.claims }),
  }
}

/** By the entrance of the other network, which passes TLS on as its names say. */
function passed(known: Known, call: AccessCall, arriving: Call): Said {
  const { cluster } = call.to.ref
  const entrance = { ...call.to.ref, cluster, namespace: 'istio-system', name: 'istio-eastwestgateway-1' }
  const proxy = proxyOf(known.configured.proxies, entrance)
  if (proxy === undefined) throw new LabError('entrance', [`none in ${cluster}`])
  const destination = { address: '10.244.250.1', port: 15_443 }
  const dialled = { ...arriving, connection: { ...arriving.connection, destination } }
  const answer = answerOf(proxy, listenerOfPort(proxy.listeners, 15_443), dialled)
  const isMutual = arriving.connection.tls?.principal !== undefined
  if (answer.kind !== 'tcp') return isMutual ? { verdict: 'refused-tls', by: [] } : closed
  const address = addressOf(known.world, call.to.ref)
  const own = { address, port: call.to.port }
  const reached = answer.clusters.flatMap(({ name }) => dialledBy(proxy, name, own) ?? [])
  if (!reached.some((each) => each.address === address && each.port === own.port)) return closed
  const source = addressOf(known.world, entrance)
  return arrived(known, call, { ...arriving, connection: { ...arriving.connection, destination: own, source } })
}

function arrived(known: Known, call: AccessCall, arriving: Call): Said {
  const proxy = proxyFor(known.configured.proxies, call)
  if (proxy === undefined) throw new LabError('destination', [`no proxy of ${call.to.ref.name}`])
  const { connection } = arriving
  const answer = answerOf(proxy, listenerOf(proxy.listeners, 'inbound', connection.destination), arriving)
  const isForeign = connection.tls !== undefined && connection.tls.principal === undefined
  return saidOf(isForeign ? opening(answer) : answer, { ...call, mtls: connection.tls !== undefined })
}

/** Of the Service that the Pod is behind, or of the host beside it, the port that leads to the one that is called. */
function clusterOf(world: ProxyWorld, { to }: AccessCall): string {
  const pod = podOf(world, to.ref)
  const objects = to.ref.cluster === 'default' ? world.objects : (world.remotes?.[to.ref.cluster] ?? [])
  const isBehind = (service: KubernetesObject) =>
    service.kind === 'Service' &&
    service.metadata.namespace === to.ref.namespace &&
    pod !== undefined &&
    hasLabels(pod, stringsAt(service, 'spec', 'selector'))
  const service = objects.find(isBehind)
  const entry = service === undefined || to.port !== entryTarget ? undefined : entryOf(objects, service.metadata)
  if (entry !== undefined) return `outbound|${calledBy(entry).port}||${calledBy(entry).host}`
  const port = listAt(service, 'spec', 'ports').find((each) => numberAt(each, 'targetPort') === to.port)
  const host = `${service?.metadata.name ?? ''}.${to.ref.namespace ?? ''}.svc.cluster.local`
  return `outbound|${numberAt(port, 'port') ?? 0}||${host}`
}
