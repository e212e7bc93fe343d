import { type AccessCall, AccessCall as Schema } from '@orbweaver/contracts/explain-access'
import type { MeshWorld } from '@orbweaver/istio/findings/world'
import { kindKey, kinds } from '@orbweaver/istio/world/kinds'
import { Unusable } from '../unusable.ts'
import { gatewayAt, refIn, targetIn } from './target.ts'

/** A call as it is typed. */
export type Typed = {
  from?: string
  principal?: string
  fromNamespace?: string
  ip?: string
  to: string
  /** A gateway that it arrives at first. */
  through?: string
  protocol: string
  method?: string
  path?: string
  host?: string
  header: readonly string[]
  claims?: string
  sni?: string
  remoteIp?: string
  mtls: string
  /** What is not said may be anything; otherwise it is what a plain request has. */
  any: boolean
}

/** Throws Unusable for what is no call. */
export function callOf(world: MeshWorld, typed: Typed): AccessCall {
  const { sni, remoteIp, through } = typed
  const to = targetIn(world, typed.to)
  const said = {
    from: sourceOf(world, typed),
    to,
    ...(through !== undefined && { through: gatewayAt(world, through) }),
    protocol: typed.protocol,
    mtls: typed.mtls === 'auto' ? 'auto' : typed.mtls === 'true',
    ...(typed.any ? {} : given({ method: 'GET', path: '/', host: hostOf(world, to.ref), headers: {}, claims: null })),
    ...given({ method: typed.method, path: typed.path, host: typed.host, sni, remoteIp }),
    ...(typed.header.length > 0 && { headers: headersOf(typed.header) }),
    ...(typed.claims !== undefined && { claims: json(typed.claims) }),
  }
  const parsed = Schema.safeParse(said)
  if (parsed.success) return parsed.data
  throw new Unusable(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

function sourceOf(world: MeshWorld, { from, principal, fromNamespace: namespace, ip }: Typed): unknown {
  if (from !== undefined) return { kind: 'workload', ref: refIn(world, from) }
  return { kind: 'identity', ...given({ principal, namespace, ip }) }
}

function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, unknown][] => (value === undefined ? [] : [[key, value]])),
  )
}

/** Throws Unusable for what is no header. */
export function headersOf(headers: readonly string[]): Record<string, string> {
  const pairs = headers.map((each): [string, string] => {
    const [, name = '', value = ''] = /^([^:=]+)[:=]\s*(.*)$/s.exec(each) ?? []
    if (name === '') throw new Unusable(`${each}: a header wants NAME: VALUE`)
    return [name.trim(), value]
  })
  return Object.fromEntries(pairs)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unusable(`${text}: claims want a JSON object`)
  }
}

/** The name of a Service; a workload is called by whatever name, which nothing is said of. */
function hostOf(world: MeshWorld, ref: AccessCall['to']['ref']): string | undefined {
  return kindKey(ref) === kinds.service
    ? `${ref.name}.${ref.namespace ?? 'default'}.svc.${world.mesh.domain}`
    : undefined
}
