import { type AccessCall, Claims } from '@orbweaver/contracts/explain-access'
import type { RouteRequest } from '@orbweaver/contracts/explain'
import type { RawSearch } from '../location.ts'
import { type CallPlace, type RequestPlace, refFromPath } from '../../paths.ts'

export const protocols = ['http', 'https', 'tls', 'tcp'] as const
export const callProtocols = ['http', 'tcp'] as const
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const requestFields = ['from', 'host', 'port', 'protocol', 'method', 'path', 'headers', 'sni'] as const
const callFields = [
  'from',
  'principal',
  'ip',
  'through',
  'throughPort',
  'to',
  'port',
  'protocol',
  'method',
  'path',
  'host',
  'headers',
  'claims',
  'mtls',
] as const

export function readRequest(raw: RawSearch): RequestPlace {
  return { ...picked(raw, requestFields), ...(raw.gateway === 'yes' && { gateway: 'yes' }) }
}

export function readCall(raw: RawSearch): CallPlace {
  return picked(raw, callFields)
}

export function readInjection(raw: RawSearch): { of?: string } {
  return picked(raw, ['of'])
}

function picked<Field extends string>(raw: RawSearch, fields: readonly Field[]): { [Key in Field]?: string } {
  const found: { [Key in Field]?: string } = {}
  for (const field of fields) {
    const value = raw[field]
    if (value !== undefined && value !== '') found[field] = value
  }
  return found
}

/** What the address asks, once it says enough; undefined while a part is missing or makes no sense. */
export function requestOf(place: RequestPlace): RouteRequest | undefined {
  const ref = refFromPath(place.from)
  const port = portOf(place.port)
  if (ref === undefined || port === undefined || place.host === undefined) return undefined
  return {
    from: { kind: place.gateway === 'yes' ? 'gateway' : 'workload', ref },
    host: place.host,
    port,
    protocol: protocols.find((each) => each === place.protocol) ?? 'http',
    method: place.method ?? 'GET',
    path: place.path ?? '/',
    headers: headersIn(place.headers),
    ...(place.sni !== undefined && { sni: place.sni }),
  }
}

/** Of what is left out nothing is assumed, so it is left out of the call too. */
export function callOf(place: CallPlace): AccessCall | undefined {
  const to = refFromPath(place.to)
  const port = portOf(place.port)
  const from = sourceOf(place)
  const claims = claimsIn(place.claims)
  if (to === undefined || port === undefined || from === undefined || claims === 'bad') return undefined
  const { method, path, host } = place
  return {
    from,
    to: { ref: to, port },
    ...throughOf(place),
    protocol: callProtocols.find((each) => each === place.protocol) ?? 'http',
    mtls: mtlsOf(place.mtls),
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(host !== undefined && { host }),
    ...(place.headers !== undefined && { headers: headersIn(place.headers) }),
    ...(claims !== undefined && { claims }),
  }
}

/** Where a gateway is named by its half, the call is asked without one. */
function throughOf(place: CallPlace): Pick<AccessCall, 'through'> {
  const ref = refFromPath(place.through)
  const port = portOf(place.throughPort)
  return ref === undefined || port === undefined ? {} : { through: { ref, port } }
}

function mtlsOf(text: string | undefined): AccessCall['mtls'] {
  if (text === 'yes' || text === 'no') return text === 'yes'
  return 'auto'
}

function sourceOf({ from, principal, ip }: CallPlace): AccessCall['from'] | undefined {
  const ref = refFromPath(from)
  if (ref !== undefined) return { kind: 'workload', ref }
  if (principal === undefined && ip === undefined) return undefined
  return { kind: 'identity', ...(principal !== undefined && { principal }), ...(ip !== undefined && { ip }) }
}

/** `none`: the call brings no token. */
export function claimsIn(text: string | undefined): AccessCall['claims'] | 'bad' {
  if (text === undefined) return undefined
  if (text.trim() === 'none') return null
  try {
    const value: unknown = JSON.parse(text)
    return Claims.safeParse(value).data ?? 'bad'
  } catch {
    return 'bad'
  }
}

export function portOf(text: string | undefined): number | undefined {
  const port = Number(text)
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined
}

const header = /^\s*([^\s:]+)\s*:\s?(.*)$/

/** The first line that is neither empty nor a header. */
export function badHeaderIn(text: string | undefined): string | undefined {
  return (text ?? '').split('\n').find((line) => line.trim() !== '' && !header.test(line))
}

/** One `name: value` a line. */
export function headersIn(text: string | undefined): Record<string, string> {
  const lines = (text ?? '').split('\n').map((line) => header.exec(line))
  return Object.fromEntries(
    lines.flatMap((found): [string, string][] => (found === null ? [] : [[found[1] ?? '', (found[2] ?? '').trim()]])),
  )
}
