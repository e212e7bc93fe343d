import { conditionOf, type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { textAt } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import { batchWorkloads } from '../injection/batch.ts'
import { isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'
import { simulate } from '../injection/simulate.ts'
import { type InjectionWorld, namespaceLabels } from '../injection/world.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import { hasLabels } from '../world/labels.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { podOf } from '../world/pod-of.ts'
import type { ClusterView } from '../world/view.ts'
import { ownLabels } from './objects.ts'

/** From which revision the default goes to which, in the cluster of the control plane. */
export type DefaultMove = { from: string; to: string }

/**
 * Whether the tag `default` of a mesh may go to the revision of the mesh's version, or why not. Sail moves the webhook
 * of a tag as soon as its target is another (docs/decisions/0012).
 */
export function defaultMove(mesh: Mesh, view: ClusterView): DefaultMove | Message {
  const params = { name: mesh.name, cluster: view.cluster, revision: revisionOf(mesh) }
  const tag = view.get(kinds.istioRevisionTag, 'default')
  if (tag === undefined) return { code: 'meshes.default_missing', params }
  const [kind, name] = [textAt(tag, 'spec', 'targetRef', 'kind'), textAt(tag, 'spec', 'targetRef', 'name')]
  if (kind !== 'IstioRevision' || name === undefined || !hasLabels(tag, ownLabels(mesh))) {
    return { code: 'meshes.default_foreign', params: { ...params, target: name ?? '' } }
  }
  const target = view.get(kinds.istioRevision, params.revision)
  const isReady = target !== undefined && conditionOf(target, 'Ready')?.status === 'True'
  return isReady ? { from: name, to: params.revision } : { code: 'meshes.default_not_ready', params }
}

/**
 * A workload whose next Pods have a proxy of another revision once the default has moved; `pods` have the one of before.
 * Of a CronJob they are the Pods of its runs, of a Job its own: these keep it to their end.
 */
export type Follower = { ref: ObjectRef; pods: number }

export function followersOf(world: InjectionWorld, { from, to }: DefaultMove): Follower[] {
  if (from === to) return []
  const { view } = world
  const hooks = world.hooks.map((hook) =>
    hook.tag === 'default' && hook.revision === from ? { ...hook, revision: to } : hook,
  )
  const after = { ...world, hooks }
  const changesSides = (workload: KubernetesObject) => {
    const labels = namespaceLabels(view, namespaceOf(workload))
    const [was, is] = [world, after].map((each) => simulate(each, podOf(workload), labels).by?.revision)
    return was === from && is === to
  }
  const lasting = [kinds.deployment, kinds.statefulSet, kinds.daemonSet]
    .flatMap((kind) => view.list(kind))
    .map((object) => ({ ref: refOf(view.cluster, object), object, pods: podsLike(view, podOf(object)) }))
  return [...lasting, ...batchWorkloads(view)]
    .filter(({ object }) => changesSides(object))
    .map(({ ref, pods }) => ({ ref, pods: pods.filter((pod) => has(pod, from)).length }))
}

function podsLike(view: ClusterView, next: KubernetesObject): KubernetesObject[] {
  return view.list(kinds.pod, namespaceOf(next)).filter((pod) => hasLabels(pod, labelsOf(next)))
}

function has(pod: KubernetesObject, revision: string): boolean {
  const proxy = readProxy(pod)
  return isLive(pod) && 'revision' in proxy && proxy.revision === revision
}
