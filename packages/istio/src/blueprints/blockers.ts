import {
  annotationsOf,
  type KubernetesObject,
  labelsOf,
  type ObjectRef,
  refKey,
  refOf,
} from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { namespaceState } from '../injection/namespace-state.ts'
import { isLive } from '../injection/pod-state.ts'
import { asksForGateway, readProxy } from '../injection/proxy.ts'
import { templatePolicy } from '../injection/workload-state.ts'
import { simulate } from '../injection/simulate.ts'
import { type InjectionWorld, injectionWorld, namespaceLabels } from '../injection/world.ts'
import { hooksIn } from '../injection/hooks.ts'
import { ownerOf } from '../injection/owners.ts'
import { discover } from '../meshes/discover.ts'
import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { podOf } from '../world/pod-of.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { meshWebhooks } from './default-webhook.ts'
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
  const revisions = new Set([revisionOf(mesh), ...here.map((each) => each.revision)])
  const world = injectionWorld(view, primary)
  const whole = wholeWorld(mesh, world)
  const wanted = namesOf(whole, revisions)
  const asking = view.list(kinds.namespace).filter((each) => {
    const labels = labelsOf(each)
    return labels[names.injection] === 'enabled' || wanted.has(labels[names.revision] ?? '')
  })
  const asked = new Set(asking.map((each) => each.metadata.name))
  const running = proxiesOf(view, revisions)
  const proxies = [...running, ...asleep([world, whole], revisions, running)].filter(
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
 * Injection when all of the mesh stands. What is half made, or half gone, answers nobody, and what asks for it would be
 * left behind all the same. Whoever answers there now is asked before: what another installation serves is not this mesh's.
 */
function wholeWorld(mesh: Mesh, world: InjectionWorld): InjectionWorld {
  return { ...world, hooks: [...world.hooks, ...meshWebhooks(mesh, world.view.cluster).flatMap(hooksIn)] }
}

/** What namespaces call these revisions by: their names, and the tags of theirs that nobody else answers first. */
function namesOf({ hooks }: InjectionWorld, revisions: ReadonlySet<string>): Set<string> {
  const answers = new Map<string, string>()
  for (const { tag, revision } of hooks) {
    const name = tag ?? revision
    if (!answers.has(name)) answers.set(name, revision)
  }
  const tags = [...answers].filter(([, revision]) => revisions.has(revision)).map(([name]) => name)
  return new Set([...revisions, ...tags])
}

/**
 * Workloads that ask by their own template, CronJobs among them, and have no Pod with a proxy now: what they start while the mesh goes has one,
 * and loses its control plane. A namespace that asks stands in the way without Pods, too. A gateway cannot do without what
 * it asks for, by itself or through its namespace; the mesh's own between networks go with the mesh.
 */
function asleep(
  [world, whole]: [InjectionWorld, InjectionWorld],
  revisions: ReadonlySet<string>,
  running: readonly Proxied[],
): Proxied[] {
  const { view } = world
  const known = new Set(running.map(({ ref }) => refKey(ref)))
  return [kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.cronJob]
    .flatMap((kind) => view.list(kind))
    .filter((each) => isGateway(each) || templatePolicy(each) === 'enabled')
    .map((workload) => {
      const sort: Sort = isGateway(workload) ? 'gateway' : 'asks'
      const next = podOf(workload)
      const labels = namespaceLabels(view, namespaceOf(workload))
      const asked = sort === 'asks' ? lifted(labels) : labels
      const by = simulate(world, next, asked).by ?? simulate(whole, next, asked).by
      const isOurs = !isBetweenNetworks(next) && revisions.has(by?.revision ?? '')
      return { proxied: { ref: refOf(view.cluster, workload), sort, pods: 0 }, isOurs }
    })
    .filter(({ proxied, isOurs }) => isOurs && !known.has(refKey(proxied.ref)))
    .map(({ proxied }) => proxied)
}

/** Without the namespace's refusal: what a workload asks for it gets as soon as that is taken back. */
function lifted(labels: Labels): Labels {
  const { [names.injection]: word, ...rest } = labels
  return word === 'enabled' ? labels : rest
}

function isGateway(workload: KubernetesObject): boolean {
  return asksForGateway(annotationsOf(podOf(workload)))
}

function isBetweenNetworks(pod: KubernetesObject): boolean {
  return labelsOf(pod).istio === 'eastwestgateway'
}

function proxiedBy(
  view: ClusterView,
  pod: KubernetesObject,
  revisions: ReadonlySet<string>,
): Omit<Proxied, 'pods'> | undefined {
  const proxy = readProxy(pod)
  if (!('revision' in proxy) || !revisions.has(proxy.revision ?? '')) return undefined
  if (!isLive(pod) || isBetweenNetworks(pod)) return undefined
  const { ref, object, refusal } = ownerOf(view, pod)
  const gateway = proxy.kind === 'sidecar' ? undefined : gatewayBehind(view, { pod, owner: ref })
  if (gateway !== undefined) return { ref: gateway, sort: 'gateway' }
  // The template of a Job is fixed for its life: it ends, or somebody ends it.
  if (templatePolicy(object) === 'enabled' && refusal !== 'job') return { ref, sort: 'asks' }
  return { ref, sort: refusal === undefined ? 'restarts' : 'by-hand' }
}
