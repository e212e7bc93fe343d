import { recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { namespaceState } from '../injection/namespace-state.ts'
import { isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'
import { templatePolicy } from '../injection/workload-state.ts'
import { simulate } from '../injection/simulate.ts'
import { type InjectionWorld, injectionWorld } from '../injection/world.ts'
import { ownerOf } from '../injection/owners.ts'
import { discover } from '../meshes/discover.ts'
import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { gatewayBehind } from './gateways.ts'
import type { Observed } from './stage.ts'

/** What takes a blocker away: an intent about its evidence, or, for the last two, a choice and a person's own hand. */
type BlockerFix =
  | 'clear-injection'
  | 'disable-injection'
  | 'clear-workloads'
  | 'restart'
  | 'delete-gateways'
  | 'leave-behind'
  | 'by-hand'

/** What stands in the way of leaving or uninstalling, with the code of its fix and the objects concerned. */
export type Blocker = Message & { cluster: string; fix: BlockerFix; evidence: ObjectRef[] }

/** Blockers of taking these clusters out of a mesh; an unreachable one may be left behind, the others may not. */
export function blockers(mesh: Mesh, clusters: readonly string[], observed: Observed): Blocker[] {
  const primary = observed.get(mesh.controlPlane.cluster)?.view
  return clusters.flatMap((cluster) => {
    const view = observed.get(cluster)?.view
    if (view === undefined) {
      return [{ code: 'cluster-unreachable', params: { cluster }, cluster, fix: 'leave-behind', evidence: [] }]
    }
    return blockersIn(mesh, view, view === primary ? undefined : primary)
  })
}

export function uninstallBlockers(mesh: Mesh, observed: Observed): Blocker[] {
  return blockers(mesh, clustersOf(mesh), observed)
}

/**
 * Namespaces that ask come first: what is restarted while its namespace asks is injected again. Then workloads that ask
 * by their own template, then those that only need a restart; gateways have nothing to restart into and are deleted.
 */
function blockersIn(mesh: Mesh, view: ClusterView, primary: ClusterView | undefined): Blocker[] {
  const here = discover(view).filter((each) => each.mesh === mesh.name)
  const revisions = new Set(here.map((each) => each.revision))
  const wanted = new Set([...revisions, ...here.flatMap((each) => each.tags)])
  const asking = view.list(kinds.namespace).filter((each) => {
    const labels = labelsOf(each)
    return labels[names.injection] === 'enabled' || wanted.has(labels[names.revision] ?? '')
  })
  const asked = new Set(asking.map((each) => each.metadata.name))
  const world = injectionWorld(view, primary)
  const running = proxiesOf(view, revisions)
  const proxies = [...running, ...asleep(world, revisions, running)].filter(
    ({ sort, ref }) => sort === 'gateway' || !asked.has(ref.namespace ?? ''),
  )
  const byDefault = [...new Set(proxies.filter(isPlain).map(({ ref }) => ref.namespace ?? ''))].filter((namespace) =>
    revisions.has(namespaceState(world, namespace).servedBy?.revision ?? ''),
  )
  const rest = proxies.filter((each) => !isPlain(each) || !byDefault.includes(each.ref.namespace ?? ''))
  const of = (sort: Sort) => rest.filter((each) => each.sort === sort)
  const { cluster } = view
  const evidence = asking.map((each) => refOf(cluster, each))
  const defaults = byDefault
    .flatMap((each) => view.get(kinds.namespace, each) ?? [])
    .map((each) => refOf(cluster, each))
  const found: Blocker[] = [
    { code: 'namespaces-ask', params: { cluster, count: evidence.length }, cluster, fix: 'clear-injection', evidence },
    {
      code: 'namespaces-by-default',
      params: { cluster, count: defaults.length },
      cluster,
      fix: 'disable-injection',
      evidence: defaults,
    },
    { code: 'workloads-ask', ...told(cluster, of('asks')), fix: 'clear-workloads' },
    { code: 'proxies-remain', ...told(cluster, of('restarts')), fix: 'restart' },
    { code: 'gateways-remain', ...told(cluster, of('gateway')), fix: 'delete-gateways' },
    { code: 'proxies-by-hand', ...told(cluster, of('by-hand')), fix: 'by-hand' },
  ]
  return found.filter((each) => each.evidence.length > 0)
}

type Sort = 'asks' | 'restarts' | 'gateway' | 'by-hand'
type Proxied = { ref: ObjectRef; sort: Sort; pods: number }

/** Not asked for by a workload itself: whether it comes back is its namespace's word. */
function isPlain({ sort }: Proxied): boolean {
  return sort === 'restarts' || sort === 'by-hand'
}

function told(cluster: string, found: readonly Proxied[]): Pick<Blocker, 'params' | 'cluster' | 'evidence'> {
  const pods = found.reduce((sum, each) => sum + each.pods, 0)
  return { cluster, params: { cluster, pods, count: found.length }, evidence: found.map(({ ref }) => ref) }
}

/**
 * Workloads whose Pods have a proxy of these revisions: it runs on without its control plane, but learns nothing new and
 * cannot renew its certificate. The mesh's own gateways between networks go with the mesh.
 */
function proxiesOf(view: ClusterView, revisions: ReadonlySet<string>): Proxied[] {
  const found = new Map<string, Proxied>()
  for (const pod of view.list(kinds.pod)) {
    const proxied = proxiedBy(view, pod, revisions)
    if (proxied === undefined) continue
    const known = found.get(refKey(proxied.ref)) ?? { ...proxied, pods: 0 }
    known.pods += 1
    found.set(refKey(proxied.ref), known)
  }
  return [...found.values()]
}

/**
 * Workloads that ask by their own template and have no Pod with a proxy now: what they start while the mesh goes has one,
 * and loses its control plane. A namespace that asks stands in the way without Pods, too.
 */
function asleep(world: InjectionWorld, revisions: ReadonlySet<string>, running: readonly Proxied[]): Proxied[] {
  const { view } = world
  const known = new Set(running.map(({ ref }) => refKey(ref)))
  return [kinds.deployment, kinds.statefulSet, kinds.daemonSet]
    .flatMap((kind) => view.list(kind))
    .filter((each) => templatePolicy(each) === 'enabled' && !isGateway(each))
    .filter((each) => revisions.has(simulate(world, podOf(each)).by?.revision ?? ''))
    .map((each): Proxied => ({ ref: refOf(view.cluster, each), sort: 'asks', pods: 0 }))
    .filter(({ ref }) => !known.has(refKey(ref)))
}

/** What a gateway asks for, it cannot do without: it is no workload whose label can be taken out. */
function isGateway(workload: KubernetesObject): boolean {
  const annotations = stringsAt(workload, 'spec', 'template', 'metadata', 'annotations')
  return (annotations[names.templates] ?? '').split(',').some((each) => each.trim() === 'gateway')
}

/** The Pod that a workload makes next. */
function podOf(workload: KubernetesObject): KubernetesObject {
  const { name, namespace } = workload.metadata
  const labels = stringsAt(workload, 'spec', 'template', 'metadata', 'labels')
  const annotations = stringsAt(workload, 'spec', 'template', 'metadata', 'annotations')
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels, annotations }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: recordAt(workload, 'spec', 'template', 'spec') }
}

function proxiedBy(
  view: ClusterView,
  pod: KubernetesObject,
  revisions: ReadonlySet<string>,
): Omit<Proxied, 'pods'> | undefined {
  const proxy = readProxy(pod)
  if (!('revision' in proxy) || !revisions.has(proxy.revision ?? '')) return undefined
  if (!isLive(pod) || labelsOf(pod).istio === 'eastwestgateway') return undefined
  const { ref, object, refusal } = ownerOf(view, pod)
  const gateway = proxy.kind === 'sidecar' ? undefined : gatewayBehind(view, { pod, owner: ref })
  if (gateway !== undefined) return { ref: gateway, sort: 'gateway' }
  if (templatePolicy(object) === 'enabled') return { ref, sort: 'asks' }
  return { ref, sort: refusal === undefined ? 'restarts' : 'by-hand' }
}
