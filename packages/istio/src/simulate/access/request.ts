import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { MeshWorld } from '../../findings/world.ts'
import { isAddress } from '../../validation/addresses.ts'
import type { Facts } from './facts.ts'
import { normalised, withoutQuery } from './path.ts'

/** What of a call is the same at every proxy that it comes to. */
export type Request = Pick<Facts, 'method' | 'path' | 'host' | 'headers'> & {
  /** No proxy takes such a path (400). */
  readonly isMalformed: boolean
  /** Undefined for an address that a proxy on the way has added and that is not known. */
  readonly forwardedFor: readonly (string | undefined)[]
}

export function requestOf(world: MeshWorld, call: AccessCall): Request {
  const { method, host } = call
  const path = call.path === undefined ? undefined : normalised(call.path, world.mesh.pathNormalization)
  const headers = headersOf(call)
  return {
    method,
    host,
    path: path === undefined ? undefined : withoutQuery(path),
    headers,
    isMalformed: call.path !== undefined && path === undefined,
    forwardedFor: (headers?.get('x-forwarded-for') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  }
}

/** As a gateway sends it on: with the address that it came from at the end of X-Forwarded-For (envoy http/conn_manager_utility.cc). */
export function forwarded(request: Request, ip: string | undefined): Request {
  const forwardedFor = [...request.forwardedFor, ip]
  const { headers } = request
  if (headers === undefined) return { ...request, forwardedFor }
  const said = forwardedFor.filter((each) => each !== undefined)
  const value: [string, string][] = said.length < forwardedFor.length ? [] : [['x-forwarded-for', said.join(',')]]
  return { ...request, forwardedFor, headers: new Map([...headers, ...value]) }
}

/** Of pseudo headers too, as far as they are said; `host` is `:authority` by another name. */
function headersOf({ headers, method, path, host }: AccessCall): ReadonlyMap<string, string> | undefined {
  if (headers === undefined) return undefined
  const own = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const pseudo = [
    [':method', method],
    [':path', path],
    [':authority', host],
    ['host', host],
  ] satisfies [string, string | undefined][]
  const said = pseudo.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))
  return new Map([...own, ...said])
}

/**
 * Who a proxy takes a request to come from first: sidecars and waypoints take the last address of X-Forwarded-For,
 * gateways that of the connection, or what so many proxies before them have added (envoy http/conn_manager_utility.cc).
 */
export function remoteIpOf(
  request: Request,
  ip: string | undefined,
  trusted: number | 'sidecar' | undefined,
): string | undefined {
  if (trusted === undefined) return undefined
  const hops = trusted === 'sidecar' ? 1 : trusted
  if (hops === 0) return ip
  if (request.forwardedFor.length < hops) return ip
  const said = request.forwardedFor.at(-hops)
  if (said === undefined) return undefined
  return isAddress(said) ? said : ip
}
