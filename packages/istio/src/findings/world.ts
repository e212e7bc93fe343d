import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { annotationsOf } from '@orbweaver/contracts/kubernetes'
import { type InjectionWorld, injectionWorld } from '../injection/world.ts'
import { groupedBy } from '../world/grouped.ts'
import { type KindKey, kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Everything one mesh's findings are judged from: once, on the full world, never per viewer. */
export type MeshWorld = {
  /** Where istiod reads its configuration: the control-plane cluster of a managed mesh, else the only cluster. */
  config: ClusterView
  clusters: readonly ClusterView[]
  rootNamespace: string
  hosts: HostRegistry
  injection: readonly InjectionWorld[]
  /** Whether a kind was read in every cluster: only then does absence mean absence. */
  complete(kind: KindKey): boolean
}

export type MeshWorldParts = {
  config: ClusterView
  /** All clusters of the mesh that could be read, the config cluster too. */
  clusters: readonly ClusterView[]
  /** Clusters of the mesh that could not be read. */
  unread: readonly string[]
  rootNamespace: string
}

/** What costs something to work out is worked out when somebody asks for it; `hostsOf` for who has the hosts already. */
export function meshWorld(parts: MeshWorldParts, hostsOf: () => HostRegistry = () => hostRegistry(parts)): MeshWorld {
  const { config, clusters, unread, rootNamespace } = parts
  const hosts = once(hostsOf)
  const injection = once(() =>
    clusters.map((view) => (view === config ? injectionWorld(view) : injectionWorld(view, config))),
  )
  return {
    config,
    clusters,
    rootNamespace,
    get hosts() {
      return hosts()
    },
    get injection() {
      return injection()
    },
    complete: (kind) => unread.length === 0 && clusters.every((view) => view.has(kind)),
  }
}

function once<Value>(work: () => Value): () => Value {
  let done: { value: Value } | undefined
  return () => (done ??= { value: work() }).value
}

/** One name traffic can be sent to, and from where it may be. */
export type Host = {
  name: string
  namespace: string
  exportTo: readonly string[]
  /** The Kubernetes Services behind it, one a cluster; none for a ServiceEntry's host. */
  services: { cluster: string; service: KubernetesObject }[]
}

export type HostRegistry = {
  /** The host that a name means to someone in this namespace; undefined where istiod has none. */
  find(name: string, namespace: string): Host | undefined
}

/** Istio's cluster domain where the mesh says nothing else. */
const domain = 'cluster.local'

/**
 * A name without dots belongs to the namespace of the rule that says it; one with dots is taken as it is, so
 * `reviews.shop` is not `reviews.shop.svc.cluster.local` (istio pkg/config/model.go, ResolveShortnameToFQDN).
 */
export function resolveHost(name: string, namespace: string): string {
  return name === '*' || name.includes('.') ? name : `${name}.${namespace}.svc.${domain}`
}

export function hostRegistry({ config, clusters }: Pick<MeshWorldParts, 'config' | 'clusters'>): HostRegistry {
  const hosts = [...serviceHosts(clusters), ...entryHosts(config)]
  const wildcards = hosts.filter((each) => each.name.startsWith('*'))
  const exact = groupedBy(hosts, (each) => each.name)
  return {
    find(name, namespace) {
      const wanted = resolveHost(name, namespace)
      const candidates = [...(exact.get(wanted) ?? []), ...wildcards.filter((each) => covers(each.name, wanted))]
      return candidates.find((each) => isVisible(each.exportTo, each.namespace, namespace))
    },
  }
}

function serviceHosts(clusters: readonly ClusterView[]): Host[] {
  const found = new Map<string, Host>()
  for (const view of clusters) {
    for (const service of view.list(kinds.service)) {
      const namespace = namespaceOf(service)
      const name = `${service.metadata.name}.${namespace}.svc.${domain}`
      const text = annotationsOf(service)['networking.istio.io/exportTo']
      const host = found.get(name) ?? { name, namespace, exportTo: splitList(text), services: [] }
      host.services.push({ cluster: view.cluster, service })
      found.set(name, host)
    }
  }
  return [...found.values()]
}

function entryHosts(config: ClusterView): Host[] {
  return config.list(kinds.serviceEntry).flatMap((entry) => {
    const namespace = namespaceOf(entry)
    const exportTo = exportToOf(entry)
    const hosts = listAt(entry, 'spec', 'hosts').filter((each) => typeof each === 'string')
    return hosts.map((name): Host => ({ name, namespace, exportTo, services: [] }))
  })
}

/** Whether a wildcard (`*`, `*.example.com`) or an exact name covers a name; both resolved. */
export function covers(pattern: string, name: string): boolean {
  if (pattern === '*' || pattern === name) return true
  return pattern.startsWith('*') && name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1
}

export function exportToOf(object: KubernetesObject): string[] {
  return listAt(object, 'spec', 'exportTo').filter((each) => typeof each === 'string')
}

/** Nothing said means everybody: Istio's own default, which a mesh may change for new objects. */
export function isVisible(exportTo: readonly string[], owner: string, viewer: string): boolean {
  if (exportTo.length === 0 || exportTo.includes('*')) return true
  return exportTo.includes(viewer) || (exportTo.includes('.') && owner === viewer)
}

function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

/** Oldest first, then by name, then by namespace: how Istio settles every tie (configCompareByCreationTime). */
export function byAge(a: KubernetesObject, b: KubernetesObject): number {
  const key = (each: KubernetesObject) => [
    textAt(each, 'metadata', 'creationTimestamp') ?? '',
    each.metadata.name,
    each.metadata.namespace ?? '',
  ]
  const [left, right] = [key(a).join('\u0000'), key(b).join('\u0000')]
  return left < right ? -1 : left > right ? 1 : 0
}
