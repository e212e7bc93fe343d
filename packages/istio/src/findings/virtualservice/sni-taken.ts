import { type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { covers } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { chainsNamed } from '../gateway/same-server-name.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { hostsOpenTo } from './gateway-hosts.ts'
import { hostsOf } from './gateway-rules.ts'
import { gatewaysOf, matchedGatewaysOf } from './gateways.ts'
import { type TlsMatch, tlsMatchesOf } from './tls-matches.ts'

const code: Code = { code: 'virtualservice.sni-taken', severity: 'error', istio: 'accepts' }

/**
 * Routes of TLS that is passed on by a name which another server of the port ends TLS for. istiod compares names among
 * servers, and among routes, and not the ones with the others (istio pilot/pkg/model/gateway.go, mergeGateways;
 * networking/core/gateway.go, buildGatewayNetworkFiltersFromTLSRoutes); Envoy refuses a listener with two chains for one.
 */
export const sniTaken: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || listAt(subject.object, 'spec', 'tls').length === 0) return []
    const servers = passingServers(subject, world)
    return tlsMatchesOf(subject.object).flatMap((match) =>
      servers.flatMap((server) => (isFor(match, server, subject) ? takenFrom(subject, world, { match, server }) : [])),
    )
  },
}

type Passing = { gateway: KubernetesObject; port: number; bind: string }

/** Servers that pass TLS on and take hosts of the rule. */
function passingServers({ object, namespace }: Subject, world: MeshWorld): Passing[] {
  const hosts = hostsOf(object)
  const named = [...gatewaysOf(object, namespace), ...matchedGatewaysOf(object, namespace)]
  const gateways = new Set(named.flatMap((each) => world.config.get(kinds.gateway, each.name, each.namespace) ?? []))
  return [...gateways].flatMap((gateway) =>
    listAt(gateway, 'spec', 'servers')
      .filter(
        (server) => textAt(server, 'tls', 'mode') === 'PASSTHROUGH' && takes(server, { gateway, namespace, hosts }),
      )
      .map((server) => ({
        gateway,
        port: numberAt(server, 'port', 'number') ?? 0,
        bind: textAt(server, 'bind') ?? '',
      })),
  )
}

type Rule = { gateway: KubernetesObject; namespace: string; hosts: readonly string[] }

/** For hosts of any namespace, or of the rule's own (pickMatchingGatewayHosts). */
function takes(server: Json, { gateway, namespace, hosts }: Rule): boolean {
  const open = hostsOpenTo(textsAt(server, 'hosts'), namespaceOf(gateway), namespace)
  return open.some((host) => hosts.some((each) => covers(host, each) || covers(each, host)))
}

/** A match may be for one port, and for some of the gateways of the rule (l4SingleMatch). */
function isFor({ value }: TlsMatch, { gateway, port }: Passing, { namespace }: Subject): boolean {
  const only = numberAt(value, 'port') ?? 0
  const names = textsAt(value, 'gateways').map((each) => (each.includes('/') ? each : `${namespace}/${each}`))
  const own = `${namespaceOf(gateway)}/${gateway.metadata.name}`
  return (only === 0 || only === port) && (names.length === 0 || names.includes(own))
}

function takenFrom(
  subject: Subject,
  world: MeshWorld,
  { match, server }: { match: TlsMatch; server: Passing },
): Finding[] {
  const names = textsAt(match.value, 'sniHosts')
  const taken = names.map((name) => ({ name, by: chainsNamed(world, server, name) })).filter(({ by }) => by.length > 0)
  const [first] = taken.flatMap(({ by }) => by)
  if (first === undefined) return []
  const own = names.filter((name) => taken.every((each) => each.name !== name))
  const pointer = `${match.pointer}/sniHosts`
  const way = fix(subject, { code: 'leave-names', params: { names: own.join(', ') } }, [replace(pointer, own)])
  const params = {
    names: taken.map(({ name }) => name).join(', '),
    port: server.port,
    gateway: `${namespaceOf(first)}/${first.metadata.name}`,
  }
  const evidence = [refOf(subject.cluster, first)]
  return [found(subject, code, { pointer, params, evidence, fixes: own.length === 0 ? [] : [way] })]
}
