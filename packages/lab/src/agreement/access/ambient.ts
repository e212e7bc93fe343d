import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { at, type Json, listAt, numberAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { answerOf, type Call } from '../../envoy/answer.ts'
import { listenerInside, listenerOf } from '../../envoy/chains.ts'
import type { ConfiguredWorld, ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import type { Dialling } from '../../envoy/dialling.ts'
import { LabError } from '../../lab-error.ts'
import { agreed, both } from './both.ts'
import { waypointsOf } from '../routes/ztunnel.ts'
import { callOf, callerOf, opening, podOf, proxyOf, type Said, saidOf } from './reference.ts'
import { type Sent, sentBy } from './sent.ts'
import { wayOut } from './way-out.ts'
import { isOfPeers, judgedByZtunnel } from './ztunnel-rules.ts'

type Known = { readonly world: ProxyWorld; readonly configured: ConfiguredWorld }

/** A call in the ambient mesh: to a Service by who asks ztunnel, or to a Pod by whoever finds it. */
export const isInAmbient = ({ objects }: ProxyWorld, { to: { ref } }: AccessCall): boolean =>
  ref.kind === 'Service' ||
  objects.some(
    ({ kind, metadata }) =>
      kind === 'Pod' &&
      metadata.name === ref.name &&
      metadata.namespace === ref.namespace &&
      metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled',
  )

/** What the proxies on its way say, by what istiod has sent them: a waypoint, then ztunnel or the sidecar of the Pod. */
export function byAmbient(known: Known, call: AccessCall): Said | undefined {
  const { ref } = call.to
  if (ref.kind !== 'Service') {
    const from = { ...clientOf(known, call), sent: callOf(known.world, call) }
    return lastHop(known, call, {
      workload: workloadAt(known, call),
      port: call.to.port,
      ...from,
      mutual: call.mtls === true,
    })
  }
  const service = sentOf(known, 'service').find(
    (each) => textAt(each, 'namespace') === ref.namespace && textAt(each, 'name') === ref.name,
  )
  const key = `${ref.namespace ?? ''}/${textAt(service, 'hostname') ?? ''}`
  const out = bySidecar(known, call, textAt(service, 'hostname') ?? '')
  if (out === 'untold') return undefined
  if (out === 'stopped') return { verdict: 'denied', by: [] }
  const mutual = out === 'known'
  const all = sentOf(known, 'workload').flatMap((workload) => {
    const port = listAt(recordAt(workload, 'services')[key], 'ports').find(
      (each) => numberAt(each, 'service_port') === call.to.port,
    )
    return port === undefined
      ? []
      : [
          toWorkload(known, call, {
            service: service ?? null,
            workload,
            port: numberAt(port, 'target_port') ?? 0,
            mutual,
          }),
        ]
  })
  const [first] = all
  if (first === undefined) throw new LabError('ztunnel', [`nobody behind ${key}`])
  return agreed(all) ?? first
}

/** What the sidecar of a client makes of its call; ztunnel knows everybody. */
function bySidecar({ world, configured }: Known, call: AccessCall, host: string): ReturnType<typeof wayOut> {
  const { from, to } = call
  const own = from.kind === 'workload' ? proxyOf(configured.proxies, from.ref) : undefined
  return own === undefined ? 'known' : wayOut(world, own, { call, cluster: `outbound|${to.port}||${host}` })
}

type Target = { readonly service: Json; readonly workload: Json; readonly port: number; readonly mutual: boolean }

/** Who dials a Service without an address dials a Pod. */
function toWorkload(known: Known, call: AccessCall, { service, workload, port, mutual }: Target): Said {
  const client = clientOf(known, call)
  const vip = ipIn(textAt(listAt(service, 'addresses')[0], 'address'))
  const isVirtual = listAt(service, 'addresses').length > 0
  const named = client.asksZtunnel ? waypointsOf(isVirtual ? service : workload) : []
  const waypoints = named.flatMap((each) => waypointOf(known, each) ?? [])
  const sent = callOf(known.world, call)
  const end = { workload, port, ...client, mutual, sent }
  const destination = isVirtual ? { address: vip, port: call.to.port } : { address: addressOf(workload), port }
  const said = waypoints.map((waypoint) => byWaypoint(known, call, { waypoint, destination, end, sealed: false }))
  return agreed(said) ?? lastHop(known, call, end)
}

type Inside = {
  readonly waypoint: ProxyConfiguration
  /** What is asked for inside of the tunnel. */
  readonly destination: { readonly address: string; readonly port: number }
  /** What the waypoint is to send it to, and who has sent it there. */
  readonly end: Arrival
  /** TLS of the client's own is inside of the tunnel. */
  readonly sealed: boolean
}

/** A waypoint judges what comes out of the tunnel, and opens a connection of its own to the workload. */
function byWaypoint(known: Known, call: AccessCall, { waypoint, destination, end, sealed }: Inside): Said {
  const { source, principal, sent } = end
  const arriving = {
    connection: {
      destination,
      source,
      peer: `spiffe://${principal}`,
      speaks: sent.request === undefined || sealed ? ('other' as const) : ('http' as const),
      ...(sealed && { tls: { alpn: [] } }),
    },
    ...asSent(sent),
  }
  const answer = answerOf(waypoint, listenerInside(waypoint.listeners), arriving)
  const { namespace, name } = waypoint
  const onward = callerOf(known.world, { kind: 'workload', ref: { ...call.to.ref, kind: 'Pod', namespace, name } })
  return both(
    saidOf(sealed ? opening(answer) : answer, call),
    lastHop(known, call, { ...end, ...onward, sent: sentBy(answer, arriving) }),
  )
}

const asSent = ({ request, claims }: Sent): Pick<Call, 'request' | 'claims'> => ({
  ...(request !== undefined && { request }),
  ...(claims !== undefined && { claims }),
})

type Arrival = {
  readonly workload: Json
  readonly port: number
  readonly source: string
  readonly principal: string
  /** To whom takes it by HBONE. */
  readonly mutual: boolean
  readonly sent: Sent
}

function lastHop(known: Known, call: AccessCall, { workload, port, source, principal, mutual, sent }: Arrival): Said {
  if (textAt(workload, 'tunnel_protocol') === 'HBONE') {
    const arriving = { source, principal: mutual ? principal : undefined, destination: addressOf(workload), port }
    const { allowed, matching } = judgedByZtunnel(known.configured.policies, workload, arriving)
    if (allowed) return { verdict: 'allowed', by: matching }
    return matching.some(isOfPeers) ? { verdict: 'refused-plaintext', by: [] } : { verdict: 'denied', by: matching }
  }
  const proxy = known.configured.proxies.find(
    (each) => each.namespace === textAt(workload, 'namespace') && each.name === textAt(workload, 'name'),
  )
  if (proxy === undefined) throw new LabError('sidecar', [`none of ${textAt(workload, 'name') ?? ''}`])
  const destination = { address: addressOf(workload), port }
  const speaks = sent.request === undefined ? ('other' as const) : ('http' as const)
  const arriving = { connection: { destination, source, speaks }, ...asSent(sent) }
  return saidOf(answerOf(proxy, listenerOf(proxy.listeners, 'inbound', destination), arriving), call)
}

type Tunnelled = { readonly tunnel: Dialling; readonly from: Pick<Arrival, 'source' | 'principal' | 'sent'> }

/** A call of an Envoy to a Pod by HBONE: to a waypoint's Pod, or to the node of the Pod itself. */
export function byTunnel(known: Known, call: AccessCall, { tunnel: { address, inner }, from }: Tunnelled): Said {
  const end = { workload: workloadAt(known, call), port: call.to.port, ...from, mutual: true }
  if (inner?.byWaypoint !== true) return lastHop(known, call, end)
  const waypoint = known.configured.proxies.find((each) => {
    const pod = podOf(known.world, { ...call.to.ref, namespace: each.namespace, name: each.name })
    return each.type === 'waypoint' && textAt(pod, 'status', 'podIP') === address
  })
  if (waypoint === undefined) throw new LabError('waypoint', [`none at ${address}`])
  return byWaypoint(known, call, { waypoint, destination: inner, end, sealed: inner.sealed })
}

function workloadAt(known: Known, { to: { ref } }: AccessCall): Json {
  const own = sentOf(known, 'workload').find(
    (each) => textAt(each, 'namespace') === ref.namespace && textAt(each, 'name') === ref.name,
  )
  if (own === undefined) throw new LabError('ztunnel', [`no workload ${ref.namespace ?? ''}/${ref.name}`])
  return own
}

function clientOf({ world, configured }: Known, { from }: AccessCall) {
  const asksZtunnel =
    from.kind === 'workload' &&
    sentOf({ world, configured }, 'workload').some(
      (each) =>
        textAt(each, 'namespace') === from.ref.namespace &&
        textAt(each, 'name') === from.ref.name &&
        textAt(each, 'tunnel_protocol') === 'HBONE',
    )
  return { ...callerOf(world, from), asksZtunnel }
}

const sentOf = ({ configured }: Known, kind: 'service' | 'workload'): readonly Json[] =>
  configured.addresses.map((each) => at(each, kind)).filter((each) => each !== undefined)

function waypointOf({ configured }: Known, waypoint: Json | undefined): ProxyConfiguration | undefined {
  const [name = ''] = (textAt(waypoint, 'hostname', 'hostname') ?? '').split('.')
  const namespace = textAt(waypoint, 'hostname', 'namespace')
  return configured.proxies.find((each) => each.namespace === namespace && each.name === `${name}-1`)
}

const addressOf = (workload: Json): string => ipIn(textsAt(workload, 'addresses')[0])

const ipIn = (bytes: string | undefined): string => [...Buffer.from(bytes ?? '', 'base64')].join('.')
