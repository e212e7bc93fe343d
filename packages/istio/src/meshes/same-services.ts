import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { ignoredNamespaces } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'

/** What of a Service decides how it is called; `selector` says only which Pods are meant, and may well differ. */
const serviceAspects = ['type', 'headless', 'external-name', 'ports', 'session-affinity', 'selector'] as const
type ServiceAspect = (typeof serviceAspects)[number]

/** One aspect that is not the same everywhere, with what each cluster says; in the order of the clusters. */
type ServiceDifference = { aspect: ServiceAspect; says: { cluster: string; value: string }[] }

/** A name that is one service to a mesh, as it stands in several of its clusters. */
export type SameService = {
  namespace: string
  name: string
  refs: ObjectRef[]
  differences: ServiceDifference[]
  /** Whether callers are treated differently by where they are (IST0170): any difference but that of selectors. */
  inconsistent: boolean
}

/**
 * Services that several clusters have under one name and namespace: Istio takes them for one (namespace sameness) and
 * merges their endpoints, each cluster's sidecars going by that cluster's own definition. The API server's Service and
 * namespaces of Kubernetes itself are left out, and those named: a control plane's own namespace is the same everywhere.
 * Source: istio pkg/config/analysis/analyzers/multicluster/service.go (IST0170), 1.30.
 */
export function sameServices(views: readonly ClusterView[], without: readonly string[] = []): SameService[] {
  const outside = new Set([...ignoredNamespaces, ...without])
  const found = new Map<string, Placed[]>()
  for (const view of views) {
    for (const service of view.list(kinds.service)) {
      const { name, namespace = '' } = service.metadata
      if (outside.has(namespace) || (namespace === 'default' && name === 'kubernetes')) continue
      const key = `${namespace}/${name}`
      found.set(key, [...(found.get(key) ?? []), { cluster: view.cluster, service }])
    }
  }
  return [...found.values()]
    .filter((each) => each.length > 1)
    .map(compared)
    .toSorted(byName)
}

type Placed = { cluster: string; service: KubernetesObject }

function compared(placed: readonly Placed[]): SameService {
  const differences = serviceAspects.flatMap((aspect): ServiceDifference[] => {
    const says = placed.map(({ cluster, service }) => ({ cluster, value: aspects[aspect](service) }))
    return says.every(({ value }) => value === says[0]?.value) ? [] : [{ aspect, says }]
  })
  const { name = '', namespace = '' } = placed[0]?.service.metadata ?? {}
  return {
    namespace,
    name,
    refs: placed.map(({ cluster, service }) => refOf(cluster, service)),
    differences,
    inconsistent: differences.some(({ aspect }) => aspect !== 'selector'),
  }
}

/** As a person reads it; what the API server fills in is filled in here too, so that a default is no difference. */
const aspects: Record<ServiceAspect, (service: KubernetesObject) => string> = {
  type: (service) => textAt(service, 'spec', 'type') ?? 'ClusterIP',
  headless: (service) => String(textAt(service, 'spec', 'clusterIP') === 'None'),
  'external-name': (service) => textAt(service, 'spec', 'externalName') ?? '',
  ports: (service) =>
    listAt(service, 'spec', 'ports')
      .map(portText)
      .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
      .join(', '),
  'session-affinity': (service) => textAt(service, 'spec', 'sessionAffinity') ?? 'None',
  selector: (service) =>
    Object.entries(stringsAt(service, 'spec', 'selector'))
      .map(([key, value]) => `${key}=${value}`)
      .toSorted()
      .join(','),
}

/** Name and `appProtocol` are of the port: by them Istio tells HTTP from TCP. Where it leads to is each cluster's own. */
function portText(port: unknown): string {
  const protocol = textAt(port, 'protocol') ?? 'TCP'
  const words = [textAt(port, 'name'), textAt(port, 'appProtocol')].filter((each) => each !== undefined && each !== '')
  return [`${numberAt(port, 'port') ?? ''}/${protocol}`, ...words].join(' ')
}

function byName(a: SameService, b: SameService): number {
  return a.namespace.localeCompare(b.namespace, 'en') || a.name.localeCompare(b.name, 'en')
}
