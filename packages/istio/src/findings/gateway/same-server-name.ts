import { listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { byAge, covers } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { replace } from '../operations.ts'
import { hostsOpenTo } from '../virtualservice/gateway-hosts.ts'
import { hostsOf, rulesByGateway } from '../virtualservice/gateway-rules.ts'
import type { MeshWorld } from '../world.ts'
import { areTogether, nameOf, sanitized } from './served.ts'

const code: Code = { code: 'gateway.same-server-name', severity: 'error', istio: 'accepts' }

/** A server that ends TLS: a filter chain of its own, found by the names that clients ask for. */
type Chained = {
  gateway: KubernetesObject
  index: number
  port: number
  bind: string
  /** As istiod tells them apart: with the namespace that a host is for. */
  hosts: readonly string[]
  names: readonly string[]
  /** Of what is no HTTP there is a chain only where a TCP route is for it (buildGatewayNetworkFiltersFromTCPRoutes). */
  isHttp: boolean
}

const chainsByName: Index<Chained> = defineIndex({
  name: 'servers that end TLS by port and server name',
  kinds: [kinds.gateway],
  entries: (gateway) =>
    chainsOf(gateway).flatMap((each) => each.names.map((name): [string, Chained] => [keyOf(each, name), each])),
})

/** Gateways that end the TLS of a name, at the port of a server of another and on proxies of both. */
export function chainsNamed(
  world: MeshWorld,
  { gateway, port, bind }: Pick<Chained, 'gateway' | 'port' | 'bind'>,
  name: string,
): KubernetesObject[] {
  return world
    .look(chainsByName, keyOf({ port, bind }, name))
    .filter((each) => isNear(world, each, { gateway }) && isThere(world, each))
    .map((each) => each.gateway)
}

/**
 * istiod drops a server whose hosts an earlier one has, and compares them with the namespaces that they are for; the filter
 * chains that it makes are told apart by the names alone (istio pilot/pkg/model/gateway.go, CheckDuplicates and
 * GetSNIHostsForServer). Envoy refuses a listener with two chains for one name, and with it all that is new on the port.
 */
export const sameServerName: Judge = {
  says: [code],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod)) return []
    return chainsOf(subject.object)
      .filter((chain) => isThere(world, chain))
      .flatMap((chain) => against(subject, world, chain))
  },
}

function isThere(world: MeshWorld, { isHttp, gateway, hosts }: Chained): boolean {
  if (isHttp) return true
  const home = namespaceOf(gateway)
  return world.look(rulesByGateway, `${home}/${gateway.metadata.name}`).some((rule) => {
    const open = hostsOpenTo(hosts, home, namespaceOf(rule))
    const isMet = hostsOf(rule).some((host) => open.some((each) => covers(each, host)))
    return isMet && listAt(rule, 'spec', 'tcp').length > 0
  })
}

function against(subject: Subject, world: MeshWorld, chain: Chained): Finding[] {
  const before = chain.names.flatMap((name) =>
    world
      .look(chainsByName, keyOf(chain, name))
      .filter((each) => comesFirst(each, chain) && isNear(world, each, chain) && isThere(world, each)),
  )
  const isDropped = (one: Chained, by: readonly Chained[]) =>
    by.some((each) => comesFirst(each, one) && each.hosts.some((host) => one.hosts.includes(host)))
  const rivals = [...new Set(before)].filter((each) => !isDropped(each, before))
  const [first] = rivals.toSorted((a, b) => (comesFirst(a, b) ? -1 : 1))
  if (first === undefined || isDropped(chain, before)) return []
  const names = chain.names.filter((name) => rivals.some((each) => each.names.includes(name)))
  const { gateway } = first
  const params = {
    names: names.join(', '),
    port: chain.port,
    other: `${namespaceOf(gateway)}/${gateway.metadata.name}`,
  }
  const evidence = gateway === subject.object ? [] : [refOf(subject.cluster, gateway)]
  const pointer = `/spec/servers/${chain.index}/hosts`
  return [found(subject, code, { pointer, params, evidence, fixes: leaving(subject, chain, names) })]
}

/** The server is kept for the hosts that are its own. */
function leaving(subject: Subject, { index, gateway }: Chained, taken: readonly string[]): Fix[] {
  const hosts = textsAt(listAt(gateway, 'spec', 'servers')[index], 'hosts')
  const own = hosts.filter((host) => !taken.includes(nameOf(host)))
  if (own.length === 0) return []
  const operation = replace(`/spec/servers/${index}/hosts`, own)
  return [fix(subject, { code: 'leave-hosts', params: { hosts: own.join(', ') } }, [operation])]
}

function chainsOf(gateway: KubernetesObject): Chained[] {
  return listAt(gateway, 'spec', 'servers').flatMap((server, index): Chained[] => {
    const mode = textAt(server, 'tls', 'mode') ?? 'PASSTHROUGH'
    const protocol = textAt(server, 'port', 'protocol') ?? ''
    if (!['HTTPS', 'TLS'].includes(protocol) || mode.endsWith('PASSTHROUGH')) return []
    const hosts = [...new Set(textsAt(server, 'hosts').map((host) => sanitized(host, namespaceOf(gateway))))]
    // A chain for any name is for no name in particular (toFilterChainMatch).
    const all = [...new Set(hosts.map(nameOf))]
    const names = all.includes('*') ? ['*'] : all
    const port = numberAt(server, 'port', 'number') ?? 0
    const isHttp = protocol === 'HTTPS'
    return [{ gateway, index, port, bind: textAt(server, 'bind') ?? '', hosts, names, isHttp }]
  })
}

function keyOf({ port, bind }: Pick<Chained, 'port' | 'bind'>, name: string): string {
  return `${port} ${bind} ${name}`
}

function comesFirst(one: Chained, other: Chained): boolean {
  return one.gateway === other.gateway ? one.index < other.index : byAge(one.gateway, other.gateway) < 0
}

function isNear(world: MeshWorld, one: Pick<Chained, 'gateway'>, other: Pick<Chained, 'gateway'>): boolean {
  const [a, b] = [one, other].map(({ gateway }) => stringsAt(gateway, 'spec', 'selector'))
  return one.gateway === other.gateway || areTogether(world, a ?? {}, b ?? {})
}
