import { type JsonRecord, listAt, numberAt, textsAt } from '@orbweaver/contracts/json'
import { matches } from '../../world/hosts.ts'
import { anyAddress } from './addresses.ts'
import type { Asking } from './asking.ts'
import type { Chain } from './filter-chains.ts'
import { isWildcard } from './host-names.ts'
import { sourceMismatch } from './http-match.ts'
import type { Match, StreamRule } from './http-rule.ts'
import { isTls } from './protocols.ts'
import type { Rule } from './rules.ts'
import type { EgressListener } from './sidecar-scope.ts'
import { addressFor, type Service, type ServicePort } from './services.ts'
import { altNames } from './virtual-domains.ts'

type Making = { egress: EgressListener; service: Service; port: ServicePort; bind: string; cidrs: readonly string[] }

/** What TCP and TLS rules make of a host's port at a sidecar (istio pilot/pkg/networking/core/tls.go; 1.31). */
export function streamChains(asking: Asking, making: Making): Chain[] {
  const rules = making.egress.rules.filter(({ hosts }) => hosts.some((each) => matches(each, making.service.host)))
  return isTls(making.port.protocol) ? tlsChains(asking, making, rules) : tcpChains(asking, making, rules)
}

function tlsChains(asking: Asking, making: Making, rules: readonly Rule[]): Chain[] {
  const { port } = making
  const done = new Set<string>()
  const out: Chain[] = []
  let { cidrs } = making
  for (const { rule, each, match } of rules.flatMap(tlsMatches)) {
    if (!applies(match.value, asking, port.number)) continue
    const subnets = textsAt(match.value, 'destinationSubnets')
    if (subnets.length > 0 && port.number > 0) cidrs = subnets
    const serverNames = textsAt(match.value, 'sniHosts')
    const key = `${serverNames.join(',')}|${subnets.join(',')}`
    if (done.has(key)) continue
    done.add(key)
    const to: Chain['to'] = { kind: 'stream', route: listAt(each.value, 'route'), rule, place: each.place, port }
    out.push({ serverNames, cidrs, onlyHttp: false, to })
  }
  return out.length > 0 ? out : [ownTls(asking, making, cidrs)]
}

/** Matches of the TLS routes of a rule that lead anywhere. */
export function tlsMatches(rule: Rule): { rule: Rule; each: StreamRule; match: Match }[] {
  return rule.tls
    .filter((each) => listAt(each.value, 'route').length > 0)
    .flatMap((each) => each.matches.map((match) => ({ rule, each, match })))
}

/** Without a rule, the host's own: told apart by name where its address does not do it. */
function ownTls(asking: Asking, { service, port, bind }: Making, cidrs: readonly string[]): Chain {
  const address = addressFor(service, asking.proxy.cluster)
  const vip = address.includes('/') ? '' : address
  const byName =
    cidrs.length > 0 ||
    vip === '' ||
    (vip === anyAddress && bind === anyAddress) ||
    (isWildcard(service.host) && service.resolution === 'dynamic-dns')
  const aliases = service.aliases.flatMap((each) => [each, ...altNames(each, asking)])
  return {
    serverNames: byName ? [service.host, ...aliases] : [],
    cidrs,
    onlyHttp: false,
    to: { kind: 'service', service, port: onlyPort(service, port) },
  }
}

/** The host's only port, whatever the Sidecar's listener says. */
function onlyPort(service: Service, port: ServicePort): number {
  const [only, ...more] = service.ports
  return only !== undefined && more.length === 0 ? only.number : port.number
}

function tcpChains(asking: Asking, making: Making, rules: readonly Rule[]): Chain[] {
  const { service, port, cidrs } = making
  const out: Chain[] = []
  for (const rule of rules) {
    for (const each of rule.tcp) {
      const route = listAt(each.value, 'route')
      if (route.length === 0) continue
      const to: Chain['to'] = { kind: 'stream', route, rule, place: each.place, port }
      const found = subnetsOf(each, asking, port.number)
      if (found === 'all') return [...out, { serverNames: [], cidrs, onlyHttp: false, to }]
      if (found.length === 0) continue
      out.push({ serverNames: [], cidrs: found, onlyHttp: false, to })
      if (found.toSorted().join() === [...cidrs].toSorted().join()) return out
    }
  }
  const to: Chain['to'] = { kind: 'service', service, port: onlyPort(service, port) }
  return [...out, { serverNames: [], cidrs, onlyHttp: false, to }]
}

/** The ranges that a route's matches limit it to: `all` where one of them does not. */
function subnetsOf({ matches: given }: StreamRule, asking: Asking, port: number): string[] | 'all' {
  if (given.length === 0) return 'all'
  const subnets: string[] = []
  for (const { value } of given) {
    if (!applies(value, asking, port)) continue
    const own = textsAt(value, 'destinationSubnets')
    if (own.length === 0 || port === 0) return 'all'
    subnets.push(...own)
  }
  return subnets
}

/** What is known before any connection: gateways, labels of the client, port, its namespace (matchTCP, matchTLS). */
function applies(match: JsonRecord, { proxy }: Asking, port: number): boolean {
  const gateways = textsAt(match, 'gateways')
  const wanted = numberAt(match, 'port') ?? 0
  return (
    (gateways.length === 0 || gateways.includes('mesh')) &&
    (wanted === 0 || wanted === port) &&
    sourceMismatch(match, proxy) === undefined
  )
}
