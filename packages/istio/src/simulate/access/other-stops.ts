import { textAt } from '@orbweaver/contracts/json'
import { factsOf } from './call-facts.ts'
import type { ClientTls } from './client-tls.ts'
import type { Destination } from './destination.ts'
import { type Door, layerOf } from './inbound.ts'
import { peerStep } from './sidecar-stop.ts'
import { checksOf, endOf, type Incoming, noChecks, stepOf, type Stop, targetOf } from './stop.ts'
import { isTrusted } from './trusted.ts'
import type { Workload } from '../workloads/workload.ts'
import { unfit } from './unfit.ts'
import { ztunnelRefusesPlaintext } from './ztunnel-peer.ts'

/** ztunnel of the destination's node: connections only, and nothing of HTTP. */
export function ztunnelStop(incoming: Incoming, to: Destination, tls: ClientTls): Stop {
  const { workload, port } = to
  const { session } = incoming
  const mtls = tls.kind === 'mutual'
  const { policies, peer } = endOf(session, to)
  const facts = {
    ...factsOf(incoming, { layer: 'tcp', mtls, trusted: 0 }),
    port,
    destinationIp: workload.addresses[0],
  } satisfies Stop['facts']
  const checks = checksOf(session, { workload, target: targetOf(workload), layer: 'tcp', at: 'ztunnel' })
  const base = { at: 'ztunnel', workload, layer: 'tcp', peer, mtls, checks, facts } satisfies Partial<Stop>
  const steps = [stepOf('ztunnel'), peerStep(peer)]
  if (mtls && !isTrusted(session.world, incoming.identity)) {
    return {
      ...base,
      steps: [...steps, stepOf('refused-trust-domain')],
      refused: { verdict: 'refused-tls', by: undefined },
    }
  }
  if (!mtls && ztunnelRefusesPlaintext(policies, port)) {
    const refused = { verdict: 'refused-plaintext', by: peer.place } satisfies Stop['refused']
    return { ...base, steps: [...steps, stepOf('refused-plaintext', {}, peer.place)], refused }
  }
  return { ...base, steps, refused: undefined }
}

/** A waypoint: policies that name what it serves, or itself. It sees the client's own identity. */
export function waypointStop(incoming: Incoming, waypoint: Workload, { workload, port, door }: Destination): Stop {
  const { session, call, request } = incoming
  const layer = door === undefined ? call.protocol : layerOf(door.protocol, call.protocol)
  const service = door && { kind: door.kind, namespace: door.namespace, name: door.object.metadata.name }
  const target = targetOf(waypoint, { waypoint: true, ...(service !== undefined && { service }) })
  const clusterIp = door === undefined ? workload.addresses[0] : addressOf(door)
  const facts = {
    ...factsOf(incoming, { layer, mtls: true, trusted: 'sidecar' }),
    port: door?.port ?? port,
    destinationIp: clusterIp,
  } satisfies Stop['facts']
  const checks = checksOf(session, { workload: waypoint, target, layer, at: 'waypoint' })
  const steps = [
    stepOf('waypoint', { name: `${waypoint.namespace}/${waypoint.ref.name}` }, { ref: waypoint.ref, pointer: '' }),
  ]
  const base = {
    at: 'waypoint',
    workload: waypoint,
    layer,
    peer: undefined,
    mtls: true,
    checks,
    facts,
  } satisfies Partial<Stop>
  const why = layer === 'http' ? unfit(call.protocol, request.isMalformed) : undefined
  if (why === undefined) return { ...base, steps, refused: undefined }
  return { ...base, steps: [...steps, ...why.steps], refused: why.why }
}

/** What is asked for inside of the tunnel: of a Service without an address what istiod takes for one. */
function addressOf({ object }: Door): string | undefined {
  const own = textAt(object, 'spec', 'clusterIP')
  return own === 'None' ? '0.0.0.0' : own
}

/** Nothing of the mesh is there: whatever arrives is the application's. */
export function bareStop(incoming: Incoming, { workload, port }: Destination, tls: ClientTls): Stop {
  const { call } = incoming
  const facts = {
    ...factsOf(incoming, { layer: call.protocol, mtls: false, trusted: 0 }),
    port,
    destinationIp: workload.addresses[0],
  } satisfies Stop['facts']
  const base = {
    at: 'none',
    workload,
    layer: call.protocol,
    peer: undefined,
    mtls: false,
    checks: noChecks,
    facts,
  } satisfies Partial<Stop>
  if (tls.kind !== 'mutual') return { ...base, steps: [stepOf('outside')], refused: undefined }
  return {
    ...base,
    steps: [stepOf('outside'), stepOf('refused-tls-outside')],
    refused: { verdict: 'refused-tls', by: tls.place },
  }
}
