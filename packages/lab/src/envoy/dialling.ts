import { at, isRecord, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { ProxyConfiguration } from './configuration.ts'

/** How a proxy opens a connection to an endpoint of a cluster. */
export type Dialling = {
  /** Mutual TLS of the mesh, TLS of another kind, none, or a tunnel of HBONE. */
  readonly kind: 'mutual' | 'tls' | 'plain' | 'tunnel'
  readonly address: string
  readonly port: number
  /** The server name that TLS asks for. */
  readonly sni: string | undefined
  /** Of a tunnel what is asked for inside of it. */
  readonly inner?: Inner
}

type Inner = {
  readonly address: string
  readonly port: number
  /** A waypoint ends the tunnel; else the node of what is asked for. */
  readonly byWaypoint: boolean
  /** TLS of a rule goes through the tunnel. */
  readonly sealed: boolean
}

type Place = Pick<Dialling, 'address' | 'port'>

/**
 * All endpoints of a cluster as they are dialled (envoy source/common/upstream, transport_socket_match_impl.cc); where
 * the client itself says whom it dials, that one. Undefined where there is no such cluster.
 */
export function dialledBy(proxy: ProxyConfiguration, name: string, said: Place): readonly Dialling[] | undefined {
  const cluster = proxy.clusters.find((each) => textAt(each, 'name') === name)
  if (cluster === undefined) return undefined
  if (textAt(cluster, 'type') === 'ORIGINAL_DST') {
    const socket = socketFor(cluster, {})
    return [{ ...said, kind: kindOf(socket), sni: textAt(socket, 'typed_config', 'sni') }]
  }
  const assigned = proxy.endpoints.find((each) => textAt(each, 'cluster_name') === name)
  const endpoints = listAt(assigned, 'endpoints').flatMap((each) => listAt(each, 'lb_endpoints'))
  return endpoints.map((each) => diallingOf(cluster, each))
}

function diallingOf(cluster: Json, endpoint: Json): Dialling {
  const metadata = recordAt(endpoint, 'metadata', 'filter_metadata', 'envoy.transport_socket_match')
  const socket = socketFor(cluster, metadata)
  const address = at(endpoint, 'endpoint', 'address')
  const inner = textAt(address, 'envoy_internal_address', 'endpoint_id')
  const [host = '', port = ''] = inner?.split(':') ?? []
  const kind = kindOf(socket)
  return {
    kind,
    address: inner === undefined ? (textAt(address, 'socket_address', 'address') ?? '') : host,
    port: inner === undefined ? (numberAt(address, 'socket_address', 'port_value') ?? 0) : Number(port),
    sni: textAt(socket, 'typed_config', 'sni'),
    ...(kind === 'tunnel' && { inner: innerOf(endpoint, socket) }),
  }
}

/** As istiod tells its proxies (pilot/pkg/networking/util, BuildTunnelMetadataStruct). */
function innerOf(endpoint: Json, socket: Json | undefined): Inner {
  const told = recordAt(endpoint, 'metadata', 'filter_metadata', 'envoy.filters.listener.original_dst')
  const local = textAt(told, 'local') ?? ''
  const colon = local.lastIndexOf(':')
  const inside = textAt(socket, 'typed_config', 'transport_socket', 'name') ?? ''
  return {
    address: local.slice(0, colon),
    port: Number(local.slice(colon + 1)),
    byWaypoint: told['waypoint'] !== undefined,
    sealed: !inside.endsWith('raw_buffer'),
  }
}

/** The first whose words the endpoint has all of; else the cluster's own. */
function socketFor(cluster: Json, metadata: Readonly<Record<string, Json | undefined>>): Json | undefined {
  const found = listAt(cluster, 'transport_socket_matches').find((each) =>
    Object.entries(recordAt(each, 'match')).every(([name, value]) => metadata[name] === value),
  )
  return found === undefined ? at(cluster, 'transport_socket') : at(found, 'transport_socket')
}

function kindOf(socket: Json | undefined): Dialling['kind'] {
  const name = textAt(socket, 'name') ?? ''
  if (!isRecord(socket) || name.endsWith('raw_buffer')) return 'plain'
  if (name.endsWith('internal_upstream')) return 'tunnel'
  const secrets = listAt(socket, 'typed_config', 'common_tls_context', 'tls_certificate_sds_secret_configs')
  return secrets.some((each) => textAt(each, 'name') === 'default') ? 'mutual' : 'tls'
}
