import type { AccessVerdict } from '@orbweaver/contracts/explain-access'
import type { TrailStep } from '@orbweaver/contracts/explain'
import { factsOf } from './call-facts.ts'
import type { ClientTls } from './client-tls.ts'
import type { Destination } from './destination.ts'
import { type Inbound, layerOf } from './inbound.ts'
import type { PeerMode } from './peer-mode.ts'
import { checksOf, endOf, type Incoming, noChecks, stepOf, type Stop, targetOf } from './stop.ts'
import { isTrusted } from './trusted.ts'
import { type Refusal, unfit } from './unfit.ts'

/** The sidecar of the destination: which kind of connection it takes the call for, and whether it takes it at all. */
export function sidecarStop(incoming: Incoming, to: Destination, tls: ClientTls): Stop {
  const { workload, port } = to
  const { session, call } = incoming
  const { inbound, peer } = endOf(session, to)
  const spoken = tls.kind === 'tls' ? 'tcp' : call.protocol
  const layer = inbound.kind === 'past' ? 'tcp' : layerOf(inbound.protocol, spoken)
  const mtls = tls.kind === 'mutual'
  const seen = factsOf(incoming, { layer, mtls, trusted: 'sidecar' })
  const facts = { ...seen, sni: call.sni ?? (mtls ? tls.sni : null), destinationIp: workload.addresses[0], port }
  const at = inbound.kind === 'past' ? 'none' : 'sidecar'
  const base = { at, workload, layer, peer, mtls, facts } satisfies Partial<Stop>
  const steps = [inboundStep(inbound, port)]
  if (inbound.kind === 'past') return { ...base, mtls: false, checks: noChecks, steps, refused: undefined }
  const checks = checksOf(session, { workload, target: targetOf(workload), layer, at: 'sidecar' })
  const refused = refusalOf(incoming, { tls, peer, inbound, layer })
  return { ...base, checks, steps: [...steps, peerStep(peer), ...(refused?.steps ?? [])], refused: refused?.why }
}

function inboundStep(inbound: Inbound, port: number): TrailStep {
  switch (inbound.kind) {
    case 'past':
      return stepOf('port-past', { port, annotation: inbound.annotation })
    case 'undeclared':
      return stepOf('port-undeclared', { port })
    case 'listener':
      return stepOf('port-listener', { port, protocol: inbound.protocol }, inbound.place)
    case 'door': {
      const { door, protocol } = inbound
      const place = { ref: door.ref, pointer: '' }
      if (protocol === 'Unsupported') return stepOf('port-sniffed', { port, host: door.host }, place)
      return stepOf('port-protocol', { port, protocol, host: door.host }, place)
    }
  }
}

export function peerStep({ mode, level, place }: PeerMode): TrailStep {
  return stepOf(level === 'default' ? 'peer-default' : 'peer-mode', { mode, level }, place)
}

type Meeting = { tls: ClientTls; peer: PeerMode; inbound: Inbound; layer: 'http' | 'tcp' }

/** Which filter chain takes it: none for the one kind of connection that its mode does not take (filterchain_options.go). */
function refusalOf(incoming: Incoming, meeting: Meeting): Refusal | undefined {
  const { tls, inbound, layer } = meeting
  const { call, session, request } = incoming
  const byMode = refusedByMode(meeting)
  if (byMode !== undefined) return byMode
  if (tls.kind === 'mutual' && !isTrusted(session.world, incoming.identity)) return stranger
  if (layer !== 'http') return undefined
  const isDeclared = inbound.kind !== 'past' && inbound.protocol !== 'Unsupported'
  return unfit(isDeclared ? call.protocol : 'http', request.isMalformed)
}

function refusedByMode({ tls, peer, layer }: Meeting): Refusal | undefined {
  const { mode, place: by } = peer
  const refuse = (verdict: AccessVerdict, code: string): Refusal => ({
    why: { verdict, by },
    steps: [stepOf(code, {}, by)],
  })
  if (tls.kind === 'plain') return mode === 'STRICT' ? refuse('refused-plaintext', 'refused-plaintext') : undefined
  if (tls.kind === 'mutual') return mode === 'DISABLE' ? refuse('refused-tls', 'refused-tls') : undefined
  if (mode === 'STRICT') return refuse('refused-plaintext', 'refused-foreign-tls')
  return layer === 'http' ? refuse('refused-tls', 'refused-foreign-tls') : undefined
}

const stranger: Refusal = { why: { verdict: 'refused-tls', by: undefined }, steps: [stepOf('refused-trust-domain')] }
