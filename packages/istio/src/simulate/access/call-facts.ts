import type { Facts } from './facts.ts'
import { remoteIpOf } from './request.ts'
import type { Incoming } from './stop.ts'

type Seen = { layer: 'http' | 'tcp'; mtls: boolean; trusted: number | 'sidecar' | undefined }

/** What every proxy sees of a call alike; of a token what it says, and not yet what comes of it. */
export function factsOf(
  { call, request, identity, ip }: Incoming,
  { layer, mtls, trusted }: Seen,
): Omit<Facts, 'port' | 'destinationIp'> {
  const { method, path, host, headers } = request
  const remoteIp = layer === 'tcp' ? ip : (call.remoteIp ?? remoteIpOf(request, ip, trusted))
  const sni = call.sni ?? (mtls ? undefined : null)
  return {
    layer,
    identity: mtls ? identity : { kind: 'none' },
    sourceIp: ip,
    remoteIp,
    sni,
    method,
    path,
    host,
    headers,
    claims: call.claims,
  }
}
