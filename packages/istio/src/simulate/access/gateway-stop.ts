import { numberAt } from '@orbweaver/contracts/json'
import type { MeshWorld } from '../../findings/world.ts'
import { factsOf } from './call-facts.ts'
import type { ClientTls } from './client-tls.ts'
import type { Destination } from './destination.ts'
import type { Identity } from './facts.ts'
import type { GatewayServer } from './servers.ts'
import { type Refusal, unfit } from './unfit.ts'
import { checksOf, type Incoming, stepOf, type Stop, targetOf } from './stop.ts'
import type { Workload } from '../workloads/workload.ts'

/** A gateway has TLS of its own: who shows a certificate where one is asked for has an identity. */
export function gatewayStop(incoming: Incoming, { workload, port, server }: Destination, tls: ClientTls): Stop {
  const { session, call, request } = incoming
  const layer = server?.layer ?? call.protocol
  const { mtls, refused } = meeting(server, tls, incoming.identity)
  const facts = {
    ...factsOf(incoming, { layer, mtls, trusted: trustedProxies(session.world, workload) }),
    port,
    destinationIp: workload.addresses[0],
    sni: server?.tls === 'none' ? null : call.sni,
  } satisfies Stop['facts']
  const checks = checksOf(session, { workload, target: targetOf(workload), layer, at: 'gateway' })
  const steps = [
    stepOf('gateway', { name: `${workload.namespace}/${workload.ref.name}` }, { ref: workload.ref, pointer: '' }),
  ]
  const base = { at: 'gateway', workload, layer, peer: undefined, mtls, checks, facts } satisfies Partial<Stop>
  if (refused !== undefined) return { ...base, steps: [...steps, ...refused.steps], refused: refused.why }
  const why = layer === 'http' ? unfit(call.protocol, request.isMalformed) : undefined
  if (why !== undefined) return { ...base, steps: [...steps, ...why.steps], refused: why.why }
  return { ...base, steps, refused: undefined }
}

type Meeting = { mtls: boolean; refused?: Refusal }

/**
 * What a server makes of a client that has a certificate of the mesh, or has none; a client that is only described does
 * as the server does. Any trust domain will do (istio pilot/pkg/networking/core/listener.go, BuildListenerTLSContext).
 */
function meeting(server: GatewayServer | undefined, client: ClientTls, identity: Identity): Meeting {
  const shows = client.kind === 'mutual'
  switch (server?.tls) {
    case undefined:
      return { mtls: shows }
    case 'none':
      // Bytes of a TCP server go on as they come, whatever they are.
      return begins(client) && server.layer === 'http'
        ? { mtls: false, refused: refusal('refused-tls', 'server-plain') }
        : { mtls: false }
    case 'passes':
    case 'ends':
      return { mtls: false }
    case 'asks':
    case 'demands':
      return judged(server, shows ? identity : undefined)
  }
}

/** Of a certificate that is shown, or none. */
function judged({ tls, names }: GatewayServer, shown: Identity | undefined): Meeting {
  if (shown === undefined) {
    return tls === 'asks' ? { mtls: false } : { mtls: false, refused: refusal('refused-plaintext', 'server-demands') }
  }
  return isNamed(names, shown) ? { mtls: true } : { mtls: true, refused: refusal('refused-tls', 'server-names') }
}

/** Somebody who is only described does as the server does. */
function begins({ kind, code }: ClientTls): boolean {
  return kind !== 'plain' && code !== 'client-described'
}

/** Whether nobody but the two ends sees what is inside of the client's TLS. */
export function hides(server: GatewayServer | undefined, client: ClientTls): boolean {
  return server?.tls === 'passes' || (server?.tls === 'none' && begins(client))
}

function isNamed(names: readonly string[], identity: Identity): boolean {
  return names.length === 0 || identity.kind !== 'known' || names.includes(identity.uri)
}

function refusal(verdict: 'refused-tls' | 'refused-plaintext', code: string): Refusal {
  return { why: { verdict, by: undefined }, steps: [stepOf(code)] }
}

/**
 * Proxies before a gateway whose word it takes: as its Pod says, or the mesh (istio pkg/config/mesh, ApplyProxyConfig).
 * Undefined where what the Pod says cannot be read.
 */
function trustedProxies(world: MeshWorld, { annotations }: Workload): number | undefined {
  const said = annotations['proxy.istio.io/config']
  if (said === undefined || !said.includes('numTrustedProxies')) return world.mesh.trustedProxies
  const read = world.yaml(said)
  if (read === undefined || read.fault !== undefined) return undefined
  return numberAt(read.value, 'gatewayTopology', 'numTrustedProxies') ?? world.mesh.trustedProxies
}
