import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { at, type Json, listAt, numberAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { answerOf } from '../../envoy/answer.ts'
import { listenerInside, listenerOf } from '../../envoy/chains.ts'
import type { ConfiguredWorld, ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import { LabError } from '../../lab-error.ts'
import { both } from './both.ts'
import { callOf, callerOf, type Said, saidOf } from './reference.ts'
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
export function byAmbient(known: Known, call: AccessCall): Said {
  const { ref } = call.to
  const workloads = sentOf(known, 'workload')
  if (ref.kind !== 'Service') {
    const own = workloads.find(
      (each) => textAt(each, 'namespace') === ref.namespace && textAt(each, 'name') === ref.name,
    )
    if (own === undefined) throw new LabError('ztunnel', [`no workload ${ref.namespace ?? ''}/${ref.name}`])
    return lastHop(known, call, {
      workload: own,
      port: call.to.port,
      ...clientOf(known, call),
      mutual: call.mtls === true,
    })
  }
  const service = sentOf(known, 'service').find(
    (each) => textAt(each, 'namespace') === ref.namespace && textAt(each, 'name') === ref.name,
  )
  const key = `${ref.namespace ?? ''}/${textAt(service, 'hostname') ?? ''}`
  const all = workloads.flatMap((workload) => {
    const port = listAt(recordAt(workload, 'services')[key], 'ports').find(
      (each) => numberAt(each, 'service_port') === call.to.port,
    )
    return port === undefined
      ? []
      : [toWorkload(known, call, { service: service ?? null, workload, port: numberAt(port, 'target_port') ?? 0 })]
  })
  const [first] = all
  if (first === undefined) throw new LabError('ztunnel', [`nobody behind ${key}`])
  return all.some(({ verdict }) => verdict !== first.verdict) ? { verdict: 'depends', by: [] } : first
}

type Target = { readonly service: Json; readonly workload: Json; readonly port: number }

/** Who dials a Service without an address dials a Pod. */
function toWorkload(known: Known, call: AccessCall, { service, workload, port }: Target): Said {
  const client = clientOf(known, call)
  const vip = ipIn(textAt(listAt(service, 'addresses')[0], 'address'))
  const isVirtual = listAt(service, 'addresses').length > 0
  const named = at(isVirtual ? service : workload, 'waypoint')
  const waypoint = client.asksZtunnel ? waypointOf(known, named) : undefined
  const mutual = (one: boolean) => one && textAt(workload, 'tunnel_protocol') === 'HBONE'
  if (waypoint === undefined) return lastHop(known, call, { workload, port, ...client, mutual: mutual(true) })
  const { request, claims } = callOf(known.world, call)
  const destination = isVirtual ? { address: vip, port: call.to.port } : { address: addressOf(workload), port }
  const arriving = {
    connection: {
      destination,
      source: client.source,
      peer: `spiffe://${client.principal}`,
      speaks: request === undefined ? ('other' as const) : ('http' as const),
    },
    ...(request !== undefined && { request }),
    ...(claims !== undefined && { claims }),
  }
  const own = saidOf(answerOf(waypoint, listenerInside(waypoint.listeners), arriving), call)
  const pod = {
    kind: 'workload',
    ref: { ...call.to.ref, kind: 'Pod', name: waypoint.name, namespace: waypoint.namespace },
  }
  const onward = callerOf(known.world, { kind: 'workload', ref: pod.ref })
  return both(own, lastHop(known, call, { workload, port, ...onward, mutual: mutual(true) }))
}

type Arrival = {
  readonly workload: Json
  readonly port: number
  readonly source: string
  readonly principal: string
  readonly mutual: boolean
}

function lastHop(known: Known, call: AccessCall, { workload, port, source, principal, mutual }: Arrival): Said {
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
  const { request, claims } = callOf(known.world, call)
  const destination = { address: addressOf(workload), port }
  const connection = { destination, source, speaks: request === undefined ? ('other' as const) : ('http' as const) }
  const arriving = {
    connection,
    ...(request !== undefined && { request }),
    ...(claims !== undefined && { claims }),
  }
  return saidOf(answerOf(proxy, listenerOf(proxy.listeners, 'inbound', destination), arriving), call)
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
