import type { RouteProtocol } from '@orbweaver/contracts/explain'
import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { isSelected, selectorOf, targetRefsOf } from '../simulate/access/target.ts'
import { groupedBy } from '../world/grouped.ts'
import { covers } from '../world/hosts.ts'
import { kindOf, kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'

type Target = { namespace: string; name: string }
/** What a request begins with. */
export type Entry = { host?: string; port?: number; protocol?: RouteProtocol }

/** The first host that a rule for traffic names without a wildcard. */
export function hostIn(rule: KubernetesObject): string | undefined {
  const servers = listAt(rule, 'spec', 'servers').flatMap((each) => listAt(each, 'hosts'))
  const named = [...listAt(rule, 'spec', 'hosts'), textAt(rule, 'spec', 'host'), ...servers]
  return named
    .filter((each) => typeof each === 'string')
    .map(withoutNamespace)
    .find((each) => !each.includes('*'))
}

/** The Gateway at which alone a VirtualService counts; none where it counts inside the mesh too (`gateways` of networking/v1). */
export function gatewayOf(rule: KubernetesObject): Target | undefined {
  const named = listAt(rule, 'spec', 'gateways').filter((each) => typeof each === 'string')
  const [first] = named
  if (first === undefined || named.includes('mesh')) return undefined
  const [namespace, name] = first.split('/')
  return namespace === undefined || name === undefined
    ? { namespace: namespaceOf(rule), name: first }
    : { namespace, name }
}

/** Where a Gateway takes requests for a host, or its first server. */
export function serverOf(gateway: KubernetesObject, host?: string): Entry {
  const servers = listAt(gateway, 'spec', 'servers')
  const takes = (server: unknown) =>
    listAt(server, 'hosts').some((each) => typeof each === 'string' && covers(withoutNamespace(each), host ?? ''))
  const server = servers.find(takes) ?? servers[0]
  const protocol = (textAt(server, 'port', 'protocol') ?? '').toUpperCase()
  const isPassed = (textAt(server, 'tls', 'mode') ?? '').endsWith('PASSTHROUGH')
  return entryAt(numberAt(server, 'port', 'number'), protocol === 'HTTPS' && isPassed ? 'TLS' : protocol)
}

/** How a ServiceEntry's first port is asked: TLS of a client is not opened on the way. */
export function portOfEntry(entry: KubernetesObject): Entry {
  const [port] = listAt(entry, 'spec', 'ports')
  const protocol = (textAt(port, 'protocol') ?? '').toUpperCase()
  return entryAt(numberAt(port, 'number'), protocol === 'HTTPS' ? 'TLS' : protocol)
}

/** The Service that a host stands for, by its short name or its name in the cluster. */
export function serviceAt(host: string, rule: KubernetesObject): Target | undefined {
  const [name = '', namespace, service] = host.split('.')
  if (namespace === undefined) return { namespace: namespaceOf(rule), name }
  return service === undefined || service === 'svc' ? { namespace, name } : undefined
}

export function firstPort(service: KubernetesObject | undefined): Entry {
  const port = numberAt(listAt(service, 'spec', 'ports')[0], 'port')
  return port === undefined ? {} : { port }
}

const policyKinds: ReadonlySet<string> = new Set([
  kinds.authorizationPolicy,
  kinds.peerAuthentication,
  kinds.requestAuthentication,
])

export function isPolicy(rule: KubernetesObject): boolean {
  return policyKinds.has(kindOf(rule))
}

/** What a policy is attached to by name; undefined where it goes by labels. */
export function attachedTo(policy: KubernetesObject, cluster: string): ObjectRef | undefined {
  const [first] = targetRefsOf(policy)
  const known = { Service: '', Gateway: 'gateway.networking.k8s.io' }
  if (first === undefined || (first.kind !== 'Service' && first.kind !== 'Gateway')) return undefined
  const { kind, name } = first
  return { cluster, group: known[kind], version: 'v1', kind, namespace: first.namespace || namespaceOf(policy), name }
}

/**
 * Finds the first of these workloads whose Pods a policy selects by its labels. Labels are read once, and a policy looks
 * only at workloads that have the rarest of those it asks for: a list of policies costs no more than its length.
 */
export function selectedAmong(
  workloads: readonly KubernetesObject[],
): (policy: KubernetesObject) => KubernetesObject | undefined {
  const labelled = workloads.map((object) => ({
    object,
    labels: stringsAt(object, 'spec', 'template', 'metadata', 'labels'),
  }))
  const pairs = labelled.flatMap((each) =>
    Object.entries(each.labels).map((pair) => ({ ...each, key: pair.join('=') })),
  )
  const having = groupedBy(pairs, ({ key }) => key)
  return (policy) => {
    const asked = Object.entries(selectorOf(policy)).map((pair) => having.get(pair.join('=')) ?? [])
    const rarest = asked.toSorted((one, other) => one.length - other.length)[0] ?? labelled
    return rarest.find(({ labels }) => isSelected(policy, labels))?.object
  }
}

function entryAt(port: number | undefined, protocol: string): Entry {
  const spoken = { HTTPS: 'https', TLS: 'tls' } as const
  const known = protocol === 'HTTPS' || protocol === 'TLS' ? spoken[protocol] : undefined
  const isHttp = /^(HTTP2?|GRPC(-WEB)?)$/.test(protocol)
  return {
    ...(port !== undefined && { port }),
    ...(protocol !== '' && { protocol: known ?? (isHttp ? 'http' : 'tcp') }),
  }
}

/** Hosts of a Gateway may say whose VirtualServices they are for: `shop/*.example.com`. */
function withoutNamespace(host: string): string {
  return host.slice(host.indexOf('/') + 1)
}
