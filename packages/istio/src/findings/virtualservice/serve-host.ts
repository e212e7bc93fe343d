import { type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { matches } from '../../world/hosts.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { fix, type Subject } from '../finding.ts'
import { hostIsTaken } from '../gateway/hosts-taken.ts'
import { chainsNamed } from '../gateway/same-server-name.ts'
import { servesPlain } from '../gateway/servers.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { hostsOf, rulesByGateway } from './gateway-rules.ts'
import { hostsFor } from './gateway-hosts.ts'
import { placeForHost, takenBy } from './server-routes.ts'

/**
 * A way out by more hosts in a Gateway, for rules of one namespace: where Istio takes them there, the certificate is for
 * them, and no other server of the proxies has them or ends TLS for a name that is to be passed on.
 */
export function serveHosts(subject: Subject, world: MeshWorld, { gateway, hosts }: Wanted): Fix[] {
  const index = placeForHost(gateway, subject.object)
  const server = index === undefined ? undefined : listAt(gateway, 'spec', 'servers')[index]
  if (index === undefined || server === undefined || hosts.length === 0) return []
  const values = hosts.map((host) => `${subject.namespace}/${host}`)
  const own = { ...subject, object: gateway, namespace: namespaceOf(gateway) }
  const operations = values.map((value) => put(`/spec/servers/${index}/hosts/-`, value))
  const isMeant = hosts.every((host) => isFree(world, { gateway, server, host }, subject))
  if (!isMeant) return []
  return [fix(own, { code: 'serve-host', params: { hosts: values.join(', ') } }, operations)]
}

type Wanted = { gateway: KubernetesObject; hosts: readonly string[] }

/** A host that is to be served by a server. */
type Place = { gateway: KubernetesObject; server: Json; host: string }

function isFree(world: MeshWorld, { gateway, server, host }: Place, { object, namespace }: Subject): boolean {
  const where = { gateway, port: numberAt(server, 'port', 'number') ?? 0, bind: textAt(server, 'bind') ?? '' }
  if (hostIsTaken(world, where, `${namespace}/${host}`)) return false
  const others = rulesAt(world, gateway, namespace).filter((each) => each !== object)
  const served = hostsFor(gateway, namespaceOf(gateway), namespace)
  if (others.some((each) => !isServed(each, served) && isServed(each, [host]))) return false
  if (takenBy(server) === 'tls') return namesOf([object, ...others]).every((name) => isUnchained(world, where, name))
  const isPlain = textAt(server, 'port', 'protocol') !== 'HTTPS' && textAt(server, 'port', 'protocol') !== 'TLS'
  return isPlain || (isUnchained(world, where, host) && !servesPlain(world, gateway, host))
}

function isUnchained(world: MeshWorld, where: Parameters<typeof chainsNamed>[1], name: string): boolean {
  return chainsNamed(world, where, name).length === 0
}

function isServed(rule: KubernetesObject, served: readonly string[]): boolean {
  return hostsOf(rule).some((host) => served.some((one) => matches(one, host)))
}

function rulesAt(world: MeshWorld, gateway: KubernetesObject, namespace: string): KubernetesObject[] {
  const rules = world.look(rulesByGateway, `${namespaceOf(gateway)}/${gateway.metadata.name}`)
  return rules.filter((rule) => namespaceOf(rule) === namespace)
}

/** Names of TLS that rules pass on. */
function namesOf(rules: readonly KubernetesObject[]): string[] {
  return rules
    .flatMap((rule) => listAt(rule, 'spec', 'tls'))
    .flatMap((route) => listAt(route, 'match'))
    .flatMap((match) => textsAt(match, 'sniHosts'))
}
