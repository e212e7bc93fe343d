import { RouteRequest } from '@orbweaver/contracts/explain'
import type { MeshWorld } from '@orbweaver/istio/findings/world'
import { Unusable } from '../unusable.ts'
import { headersOf } from './asked-call.ts'
import { gatewayIn, refIn } from './target.ts'

/** A request as it is typed. */
export type TypedRequest = {
  url: string
  from?: string
  gateway?: string
  method?: string
  header: readonly string[]
  sni?: string
}

const ports: Readonly<Record<string, number | undefined>> = { http: 80, https: 443, tls: 443 }

/** Throws Unusable for what is no request. */
export function requestOf(world: MeshWorld, typed: TypedRequest): RouteRequest {
  const { protocol, host, port, path } = partsOf(typed.url)
  const parsed = RouteRequest.safeParse({
    from: sourceOf(world, typed),
    protocol,
    host,
    port,
    path,
    headers: headersOf(typed.header),
    ...(typed.method !== undefined && { method: typed.method }),
    ...(typed.sni !== undefined && { sni: typed.sni }),
  })
  if (parsed.success) return parsed.data
  throw new Unusable(parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`).join('; '))
}

function sourceOf(world: MeshWorld, { from, gateway }: TypedRequest): RouteRequest['from'] {
  if (from !== undefined && gateway === undefined) return { kind: 'workload', ref: refIn(world, from) }
  if (gateway !== undefined && from === undefined) return { kind: 'gateway', ref: gatewayIn(world, gateway) }
  throw new Unusable('say who asks: either --from or --gateway')
}

/** The path as it is written: proxies normalise it themselves. */
function partsOf(url: string): { protocol: string; host: string; port: number; path: string } {
  const found = /^(https?|tls|tcp):\/\/(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?([/?].*)?$/i.exec(url)
  const protocol = found?.[1]?.toLowerCase() ?? ''
  const port = found?.[3] === undefined ? ports[protocol] : Number(found[3])
  if (found === null || port === undefined) {
    throw new Unusable(`${url}: wants http://HOST:PORT/PATH, https://…, tls://HOST:PORT or tcp://HOST:PORT`)
  }
  const rest = found[4] ?? '/'
  const host = (found[2] ?? '').replace(/^\[|\]$/g, '')
  return { protocol, host, port, path: rest.startsWith('?') ? `/${rest}` : rest }
}
