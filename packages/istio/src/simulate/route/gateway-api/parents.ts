import { type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { inTextOrder } from '@orbweaver/contracts/text-order'
import type { MeshWorld } from '../../../findings/world.ts'
import { matches } from '../../../world/hosts.ts'
import { kindOf, kinds } from '../../../world/kinds.ts'
import { namespaceOf } from '../../../world/namespace-of.ts'
import { isSubsetOf, isWildcard } from '../host-names.ts'
import { listeners, type Parent } from './listeners.ts'
import { kindIn } from './references.ts'

/** One attachment of a route: to a listener, or in the mesh to a host. */
export type Attachment =
  | { kind: 'gateway'; gateway: string; hostname: string; banned: readonly string[] }
  | { kind: 'mesh'; hosts: readonly string[]; port: number | undefined }

/** Where a route is attached, in the order of its names (config/kube/gateway/conversion.go, extractParentReferenceInfo; 1.31). */
export function attachmentsOf(world: MeshWorld, route: KubernetesObject): Attachment[] {
  const all = listAt(route, 'spec', 'parentRefs').flatMap((each) => attached(world, route, each))
  const nameOf = (each: Attachment) => (each.kind === 'mesh' ? 'mesh' : each.gateway)
  return all.toSorted((a, b) => inTextOrder(nameOf(a), nameOf(b)))
}

function attached(world: MeshWorld, route: KubernetesObject, reference: Json): Attachment[] {
  const kind = kindIn(reference, { group: 'gateway.networking.k8s.io', kind: 'Gateway' })
  const name = textAt(reference, 'name') ?? ''
  const namespace = textAt(reference, 'namespace') ?? namespaceOf(route)
  const port = numberAt(reference, 'port')
  if (kind === kinds.service) {
    const found = world.config.get(kinds.service, name, namespace)
    return found === undefined ? [] : [{ kind: 'mesh', hosts: [`${name}.${namespace}.svc.${world.mesh.domain}`], port }]
  }
  if (kind === kinds.serviceEntry) {
    const found = world.config.get(kinds.serviceEntry, name, namespace)
    const hosts = listAt(found, 'spec', 'hosts').filter((each) => typeof each === 'string')
    return found === undefined ? [] : [{ kind: 'mesh', hosts, port }]
  }
  if (kind !== kinds.kubernetesGateway && kind !== kinds.listenerSet) return []
  const key = `${kind === kinds.listenerSet ? 'ListenerSet' : 'Gateway'}/${namespace}/${name}`
  const parents = world
    .known(listeners)
    .map(({ parent }) => parent)
    .filter((each) => each.key === key)
  return parents
    .filter((parent) => takes(parent, route, reference))
    .map(({ gateway, hostname, ...own }) => ({
      kind: 'gateway',
      gateway,
      hostname,
      banned: parents
        .filter((each) => each.gateway !== gateway && each.port === own.port && each.protocol === own.protocol)
        .map((each) => each.hostname)
        .filter((each) => each !== hostname),
    }))
}

/** Whether a listener takes a route: section and port, hosts, namespace, kind (referenceAllowed). */
function takes(parent: Parent, route: KubernetesObject, reference: Json): boolean {
  const port = numberAt(reference, 'port') ?? 0
  const section = textAt(reference, 'sectionName') ?? ''
  if ((port !== 0 && port !== parent.port) || (section !== '' && section !== parent.section)) return false
  if (!parent.allowedKinds.includes(kindOf(route))) return false
  const own = hostnamesOf(route)
  const namespace = namespaceOf(route)
  return parent.hosts.some((each) => {
    const slash = each.indexOf('/')
    const of = each.slice(0, slash)
    return (of === '*' || of === namespace) && own.some((host) => matches(each.slice(slash + 1), host))
  })
}

/** TCP has none; nothing said is every host. */
export function hostnamesOf(route: KubernetesObject): string[] {
  const said =
    route.kind === 'TCPRoute' ? [] : listAt(route, 'spec', 'hostnames').filter((each) => typeof each === 'string')
  return said.length === 0 ? ['*'] : said
}

/** A host is the most specific listener's alone (hostnameAllowedByIsolation). */
export function isIsolated(
  host: string,
  { hostname, banned }: { hostname: string; banned: readonly string[] },
): boolean {
  if (hostname !== '' && !isWildcard(hostname)) return true
  if (hostname !== '' && !matches(host, hostname)) return false
  return !banned.some((each) => hostname.length <= each.length && isSubsetOf(host, each))
}
