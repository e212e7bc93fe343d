import { at, type Json, listAt, numberAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { bitsIn } from './matchers.ts'
import { matchedName } from './matcher-tree.ts'

/** A connection as a proxy sees it arrive. */
export type Connection = {
  /** Where the client dialled, before it was intercepted. */
  readonly destination: { readonly address: string; readonly port: number }
  readonly source: string
  readonly tls?: {
    readonly sni?: string
    readonly alpn: readonly string[]
    /** URI of the client's certificate: `spiffe://…`. */
    readonly principal?: string
  }
  /** URI of the client's certificate where a tunnel brought the connection, which has ended. */
  readonly peer?: string
  /** What is spoken, as the first bytes tell: inside of TLS nobody sees it. */
  readonly speaks: 'http' | 'other'
}

const addressOf = (listener: Json) => ({
  address: textAt(listener, 'address', 'socket_address', 'address') ?? '',
  port: numberAt(listener, 'address', 'socket_address', 'port_value') ?? 0,
})

const ports = { outbound: 15_001, inbound: 15_006 }

/**
 * The listener that handles what a sidecar intercepts: of what leaves the Pod the one of the destination, or else of
 * any address with its port, or else the one that intercepts (envoy source/common/listener_manager, original_dst).
 */
export function listenerOf(
  listeners: readonly Json[],
  way: 'outbound' | 'inbound',
  { address, port }: Connection['destination'],
): Json | undefined {
  const found = (wanted: string, at_: number) =>
    listeners.find((each) => {
      const own = addressOf(each)
      return own.port === at_ && own.address === wanted && isTcp(each)
    })
  const intercepting = found('0.0.0.0', ports[way]) ?? found('::', ports[way])
  if (way === 'inbound') return intercepting
  return found(address, port) ?? found('0.0.0.0', port) ?? intercepting
}

/** A gateway's listener takes what comes to its port. */
export const listenerOfPort = (listeners: readonly Json[], port: number): Json | undefined =>
  listeners.find((each) => addressOf(each).port === port && isTcp(each))

const isTcp = (listener: Json): boolean =>
  (textAt(listener, 'address', 'socket_address', 'protocol') ?? 'TCP') === 'TCP'

/** A waypoint's listener for what came out of a tunnel; it has no address. */
export const listenerInside = (listeners: readonly Json[]): Json | undefined =>
  listeners.find((each) => textAt(each, 'name') === 'main_internal')

/** What listener filters find out. */
type Seen = { readonly transport: string; readonly protocols: readonly string[]; readonly sni: string }

/** What is seen depends on the listener's filters: without the TLS inspector all is `raw_buffer`. */
function seenBy(listener: Json, { tls, speaks, destination }: Connection): Seen {
  const inspects = (name: string) =>
    listAt(listener, 'listener_filters').some(
      (each) =>
        textAt(each, 'name') === `envoy.filters.listener.${name}` &&
        !disabled(at(each, 'filter_disabled'), destination.port),
    )
  if (tls !== undefined && inspects('tls_inspector')) {
    return { transport: 'tls', protocols: tls.alpn, sni: (tls.sni ?? '').toLowerCase() }
  }
  const isHttp = tls === undefined && speaks === 'http' && inspects('http_inspector')
  return { transport: 'raw_buffer', protocols: isHttp ? ['http/1.1'] : [], sni: '' }
}

function disabled(predicate: Json | undefined, port: number): boolean {
  if (predicate === undefined) return false
  const range = at(predicate, 'destination_port_range')
  if (range !== undefined) return port >= (numberAt(range, 'start') ?? 0) && port < (numberAt(range, 'end') ?? 0)
  const any = at(predicate, 'or_match')
  if (any !== undefined) return listAt(any, 'rules').some((each) => disabled(each, port))
  const not = at(predicate, 'not_match')
  if (not !== undefined) return !disabled(not, port)
  if (at(predicate, 'any_match') !== undefined) return true
  throw new Error(`no such listener filter predicate: ${JSON.stringify(predicate)}`)
}

const matchOf = (chain: Json): Json | undefined => at(chain, 'filter_chain_match')

/**
 * The filter chain of a connection. Conditions are looked at one after the other, the most specific of each first, and
 * what is chosen by one is not taken back by the next (envoy source/common/listener_manager/filter_chain_manager_impl.cc).
 */
export function chainOf(listener: Json, connection: Connection): Json | undefined {
  const matcher = at(listener, 'filter_chain_matcher')
  if (matcher !== undefined) {
    const name = matchedName(matcher, { ...connection.destination, protocols: seenBy(listener, connection).protocols })
    return listAt(listener, 'filter_chains').find((each) => textAt(each, 'name') === name)
  }
  const chains = listAt(listener, 'filter_chains')
  const otherwise = at(listener, 'default_filter_chain')
  const { destination, source } = connection
  const seen = seenBy(listener, connection)
  const portOf = (each: Json) => numberAt(matchOf(each), 'destination_port')
  const exact = chains.filter((each) => portOf(each) === destination.port)
  const byPort = exact.length > 0 ? exact : chains.filter((each) => portOf(each) === undefined)
  const byAddress = mostSpecific(byPort, 'prefix_ranges', destination.address)
  const byName = named(byAddress, seen.sni)
  const byTransport = oneOf(byName, 'transport_protocol', [seen.transport])
  const byProtocol = oneOf(byTransport, 'application_protocols', seen.protocols)
  const bySource = mostSpecific(
    mostSpecific(byProtocol, 'direct_source_prefix_ranges', source),
    'source_prefix_ranges',
    source,
  )
  return bySource[0] ?? otherwise
}

/** Those with the longest range that the address lies in; without ranges: any address. */
function mostSpecific(chains: readonly Json[], field: string, address: string): readonly Json[] {
  const bits = (chain: Json) => {
    const ranges = listAt(matchOf(chain), field)
    return ranges.length === 0 ? 0 : Math.max(-1, ...ranges.map((each) => bitsIn(each, address) ?? -1))
  }
  const longest = Math.max(-1, ...chains.map(bits))
  return longest < 0 ? [] : chains.filter((each) => bits(each) === longest)
}

/** Those that name the server, else the nearest wildcard over it, else those that name none. */
function named(chains: readonly Json[], server: string): readonly Json[] {
  const labels = server.split('.')
  const wildcards = labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)
  for (const name of server === '' ? [] : [server, ...wildcards]) {
    const found = chains.filter((each) => textsAt(matchOf(each), 'server_names').includes(name))
    if (found.length > 0) return found
  }
  return chains.filter((each) => {
    const names = textsAt(matchOf(each), 'server_names')
    return names.length === 0 || names.includes('*')
  })
}

/** Those that name the first of these that any names, else those that name none. */
function oneOf(chains: readonly Json[], field: string, values: readonly string[]): readonly Json[] {
  const namesOf = (chain: Json) => {
    const one = textAt(matchOf(chain), field)
    return one === undefined ? textsAt(matchOf(chain), field) : [one]
  }
  for (const value of values) {
    const found = chains.filter((each) => namesOf(each).includes(value))
    if (found.length > 0) return found
  }
  return chains.filter((each) => namesOf(each).length === 0)
}

/**
 * Two filter chains for the same connections, by all that they say or by one name of several: Envoy takes no such
 * listener, and goes on with the one before (source/common/listener_manager/filter_chain_manager_impl.cc).
 */
export function isTwofold(listener: Json | undefined): boolean {
  if (at(listener, 'filter_chain_matcher') !== undefined) return false
  const all = listAt(listener, 'filter_chains').flatMap((each) => [...new Set(casesOf(matchOf(each)))])
  return new Set(all).size < all.length
}

const several = ['server_names', 'application_protocols', 'prefix_ranges', 'source_prefix_ranges'] as const

/** Each of the connections that a match names, by itself. */
function casesOf(match: Json | undefined): readonly string[] {
  const rest = Object.entries(recordAt(match)).filter(([name]) => !several.some((each) => each === name))
  const alternatives = several.map((name) => {
    const values = listAt(match, name).map((each) => JSON.stringify(each))
    return values.length === 0 ? [''] : values
  })
  return alternatives.reduce<readonly string[]>(
    (sum, values) => sum.flatMap((before) => values.map((each) => `${before} ${each}`)),
    [JSON.stringify(rest)],
  )
}
