import { at, type Json, numberAt, textAt } from '@orbweaver/contracts/json'
import { entriesByHost, servicesByName } from '../../findings/host-registry.ts'
import type { MeshWorld } from '../../findings/world.ts'

/**
 * An authorization provider as istiod builds it: whether it takes connections that are not HTTP too (gRPC does), or
 * cannot be built, so that what is sent to it is denied; or nothing is known of it.
 */
export type Provider = { readonly state: 'http' | 'grpc' | 'unknown' } | { readonly state: 'bad'; readonly why: string }

/** istio pilot/pkg/security/authz/builder/extauthz.go, processExtensionProvider and getExtAuthz. */
export function providerOf(world: MeshWorld, name: string): Provider {
  const { extensionProviders, providersUnread } = world.mesh
  // Of several with one name the last counts (pkg/config/mesh/mesh.go, ApplyMeshConfig).
  const last = extensionProviders.findLast((each) => textAt(each, 'name') === name)
  if (last === undefined || !isAuthorizer(last)) {
    return providersUnread ? { state: 'unknown' } : { state: 'bad', why: 'not-there' }
  }
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return { state: 'bad', why: 'name' }
  const grpc = at(last, 'envoyExtAuthzGrpc')
  const service = grpc ?? at(last, 'envoyExtAuthzHttp')
  const why = faultOf(world, service)
  if (why !== undefined) return { state: 'bad', why }
  return { state: grpc === undefined ? 'http' : 'grpc' }
}

function isAuthorizer(provider: Json): boolean {
  return at(provider, 'envoyExtAuthzHttp') !== undefined || at(provider, 'envoyExtAuthzGrpc') !== undefined
}

function faultOf(world: MeshWorld, config: Json | undefined): string | undefined {
  const port = numberAt(config, 'port') ?? 0
  if (port < 1 || port > 65_535) return 'port'
  const prefix = textAt(config, 'pathPrefix') ?? ''
  if (prefix !== '' && !prefix.startsWith('/')) return 'path'
  return isKnown(world, textAt(config, 'service') ?? '') ? undefined : 'service'
}

/** `namespace/host`, or a host that only one namespace has (model/telemetry_logging.go, LookupCluster). */
function isKnown(world: MeshWorld, service: string): boolean {
  const [first = '', second] = service.split('/', 2)
  const host = second ?? first
  const suffix = `.svc.${world.mesh.domain}`
  const services = host.endsWith(suffix) ? world.look(servicesByName, host.slice(0, -suffix.length)) : []
  const homes = new Set([...services, ...world.look(entriesByHost, host)].map(({ namespace }) => namespace))
  return second === undefined ? homes.size === 1 : homes.has(first)
}
