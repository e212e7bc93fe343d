import type { Place } from '@orbweaver/contracts/explain'
import type { Json } from '@orbweaver/contracts/json'
import { prefixOver } from './addresses.ts'
import { isWildcard } from './host-names.ts'
import type { Rule } from './rules.ts'
import type { Service, ServicePort } from './services.ts'

/** Where a connection goes once its chain is found: on to HTTP routes, or straight to destinations. */
export type Onward =
  | { kind: 'http'; routes: string; service: Service }
  | { kind: 'stream'; route: readonly Json[]; rule: Rule; place: Place; port: ServicePort }
  | { kind: 'service'; service: Service; port: number }

/** One of a listener's filter chains: what a connection must be to take it. */
export type Chain = {
  serverNames: readonly string[]
  cidrs: readonly string[]
  /** Plain HTTP only, as the proxy finds out by looking. */
  onlyHttp: boolean
  to: Onward
}

/** A connection as a listener sees it. */
export type Connection = { address: string | undefined; serverName: string | undefined; speaks: 'http' | 'tls' | 'raw' }

function takesAll({ serverNames, cidrs, onlyHttp }: Chain): boolean {
  return !onlyHttp && cidrs.length === 0 && (serverNames.length === 0 || serverNames.includes('*'))
}

/**
 * The chain that a connection takes, as Envoy looks for it: by address, then server name, then protocol, never back
 * again; else the one that takes all (envoy filter_chain_manager_impl.cc). Undefined where there is none of those either.
 */
export function chainFor<Each extends Chain>(chains: readonly Each[], connection: Connection): Each | undefined {
  const rest = chains.filter(takesAll).at(-1)
  const narrow = chains.filter((each) => !takesAll(each))
  const byAddress = longest(narrow, (each) => addressRank(each, connection.address))
  const byName = longest(byAddress, (each) => nameRank(each, connection.serverName))
  const raw = connection.speaks !== 'tls' && byName.some((each) => each.onlyHttp)
  const byProtocol = raw
    ? byName.filter((each) => each.onlyHttp && connection.speaks === 'http')
    : byName.filter((each) => !each.onlyHttp)
  return byProtocol[0] ?? rest
}

/** Those of the highest rank; none of a rank below zero. */
function longest<Each>(chains: readonly Each[], rank: (chain: Each) => number): Each[] {
  const ranked = chains.map((chain) => ({ chain, rank: rank(chain) })).filter((each) => each.rank >= 0)
  const top = Math.max(...ranked.map((each) => each.rank))
  return ranked.filter((each) => each.rank === top).map((each) => each.chain)
}

function addressRank({ cidrs }: Chain, address: string | undefined): number {
  const said = cidrs.filter((each) => each !== '0.0.0.0' && each !== '*')
  if (said.length === 0) return 0
  if (address === undefined) return -1
  return Math.max(
    -1,
    ...said.map((each) => prefixOver(each, address)).map((each) => (each === undefined ? -1 : each + 1)),
  )
}

function nameRank({ serverNames }: Chain, name: string | undefined): number {
  if (serverNames.length === 0 || serverNames.includes('*')) return 0
  if (name === undefined) return -1
  const lower = name.toLowerCase()
  return Math.max(-1, ...serverNames.map((each) => oneRank(each.toLowerCase(), lower)))
}

function oneRank(wanted: string, name: string): number {
  if (wanted === name) return Number.MAX_SAFE_INTEGER
  return isWildcard(wanted) && name.endsWith(wanted.slice(1)) ? wanted.length : -1
}
