import type { JsonRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { kinds } from '../world/kinds.ts'
import { ignoredNamespaces, names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import { namespaceState } from './namespace-state.ts'
import { policyOf } from './policy.ts'
import type { WorkloadState } from './workload-state.ts'
import { type InjectionWorld, namespaceLabels } from './world.ts'

export type InjectionAction =
  /** `revision` asks for a revision or tag; without it the switch is `istio-injection=enabled` where that is served. */
  { action: 'enable'; revision?: string } | { action: 'disable' } | { action: 'clear' }

type NamespaceChange = {
  ref: ObjectRef
  /** JSON merge patch of exactly the two labels; null removes. */
  patch: JsonRecord
  /** Workloads whose Pods will differ from what the namespace then says, with those that cannot be restarted. */
  restarts: WorkloadState[]
}

export type InjectionPlan = {
  changes: NamespaceChange[]
  /** Namespaces whose labels already say so; their restarts still stand in `changes` when Pods lag behind. */
  unchanged: string[]
  blocked: Message[]
}

/**
 * Labels of an injection switch, one cluster at a time: exactly one of the two labels stays, since both at once are
 * misread by people and by tools (IST0123). What must restart is found by asking the simulator about the new labels.
 */
export function injectionPlan(
  world: InjectionWorld,
  namespaces: readonly string[],
  action: InjectionAction,
): InjectionPlan {
  const plan: InjectionPlan = { changes: [], unchanged: [], blocked: [] }
  for (const namespace of namespaces) planNamespace(world, { namespace, action }, plan)
  return plan
}

/**
 * The one label that makes a namespace be injected: `istio-injection=enabled` when somebody serves it, otherwise the
 * only revision there is. Undefined when nobody serves, or when several revisions do and one must be chosen.
 */
export function enablingLabels(world: InjectionWorld): Labels | undefined {
  const enabled = { [names.injection]: 'enabled' }
  if (namespaceStateServed(world, enabled)) return enabled
  const revisions = [...new Set(world.hooks.map((hook) => hook.revision))]
  const served = revisions.filter((revision) => namespaceStateServed(world, { [names.revision]: revision }))
  const [only] = served
  return served.length === 1 && only !== undefined ? { [names.revision]: only } : undefined
}

/**
 * The switch of a namespace whose cluster is about to join a managed mesh. Nobody serves there yet, so that the label
 * cannot be chosen by who does: members are served under the default tag (docs/decisions/0001). No patch where the
 * namespace says so already.
 */
export function enabledAtJoin(
  cluster: string,
  object: KubernetesObject,
): { patch: JsonRecord | undefined } | { refusal: Message } {
  const params = { cluster, namespace: object.metadata.name }
  if (object.metadata.deletionTimestamp !== undefined) return { refusal: { code: 'namespace-terminating', params } }
  if (ignoredNamespaces.includes(object.metadata.name)) return { refusal: { code: 'system-namespace', params } }
  return { patch: patchOf(labelsOf(object), { [names.injection]: 'enabled' }) }
}

function namespaceStateServed(world: InjectionWorld, labels: Labels): boolean {
  return namespaceState(world, 'any-namespace-at-all', labels).servedBy !== undefined
}

type Target = { namespace: string; action: InjectionAction }

function planNamespace(world: InjectionWorld, { namespace, action }: Target, plan: InjectionPlan): void {
  const object = world.view.get(kinds.namespace, namespace)
  const refusal = refuse(world, object, { namespace, action })
  if (refusal !== undefined || object === undefined) {
    plan.blocked.push(refusal ?? { code: 'namespace-not-found', params: { cluster: world.view.cluster, namespace } })
    return
  }
  const wanted = wantedLabels(world, { namespace, action }) ?? {}
  const after = { ...without(namespaceLabels(world.view, namespace)), ...wanted }
  const patch = patchOf(labelsOf(object), wanted)
  const restarts = namespaceState(world, namespace, after).workloads.filter((each) => each.pods.pendingRestart > 0)
  if (patch === undefined) plan.unchanged.push(namespace)
  if (patch !== undefined || restarts.length > 0) {
    plan.changes.push({ ref: refOf(world.view.cluster, object), patch: patch ?? {}, restarts })
  }
}

function without(labels: Labels): Labels {
  const { [names.injection]: _injection, [names.revision]: _revision, ...rest } = labels
  return rest
}

function wantedLabels(world: InjectionWorld, { namespace, action }: Target): Labels | undefined {
  switch (action.action) {
    case 'clear':
      return {}
    case 'disable':
      return { [names.injection]: 'disabled' }
    case 'enable':
      if (action.revision !== undefined) return { [names.revision]: action.revision }
      return servedLabels(world, namespace) ?? enablingLabels(world)
  }
}

/** A namespace that is served already keeps the label it has, be it a tag or a revision. */
function servedLabels(world: InjectionWorld, namespace: string): Labels | undefined {
  const labels = namespaceLabels(world.view, namespace)
  const { policy } = policyOf(labels)
  if (policy !== 'enabled' && policy !== 'revision') return undefined
  const label = policy === 'enabled' ? names.injection : names.revision
  const own = { [label]: labels[label] ?? '' }
  return namespaceStateServed(world, own) ? own : undefined
}

function patchOf(before: Labels, wanted: Labels): JsonRecord | undefined {
  const labels: JsonRecord = {}
  for (const label of [names.injection, names.revision]) {
    const value = wanted[label]
    if (before[label] !== value) labels[label] = value ?? null
  }
  return Object.keys(labels).length === 0 ? undefined : { metadata: { labels } }
}

function refuse(world: InjectionWorld, object: KubernetesObject | undefined, target: Target): Message | undefined {
  const { namespace, action } = target
  const params = { cluster: world.view.cluster, namespace }
  if (object === undefined) return { code: 'namespace-not-found', params }
  if (object.metadata.deletionTimestamp !== undefined) return { code: 'namespace-terminating', params }
  if (action.action !== 'enable') return undefined
  if (ignoredNamespaces.includes(namespace)) return { code: 'system-namespace', params }
  const wanted = wantedLabels(world, target)
  if (wanted === undefined) return { code: world.hooks.length === 0 ? 'nobody-serves' : 'choose-revision', params }
  if (namespaceStateServed(world, wanted)) return undefined
  return { code: 'revision-unserved', params: { ...params, revision: wanted[names.revision] ?? 'default' } }
}
