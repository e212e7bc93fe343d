import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { imageVersion } from '../plain.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import type { ClusterView } from '../world/view.ts'
import { type Hook, hooksOf } from './hooks.ts'
import { type InjectorPolicy, policiesOf } from './injector-policy.ts'

/** What injection in one cluster depends on, read once and used for each of its namespaces. */
export type InjectionWorld = {
  view: ClusterView
  hooks: readonly Hook[]
  policies: ReadonlyMap<string, InjectorPolicy>
  /** Proxy version that each revision injects now. */
  versions: ReadonlyMap<string, string>
}

/**
 * In a member of a managed mesh istiod, its injector ConfigMap and its version are elsewhere: `primary` is the view of
 * that control-plane cluster. What the cluster has itself wins.
 */
export function injectionWorld(view: ClusterView, primary?: ClusterView): InjectionWorld {
  const views = primary === undefined ? [view] : [primary, view]
  return {
    view,
    hooks: hooksOf(view),
    policies: new Map(views.flatMap((each) => [...policiesOf(each)])),
    versions: new Map(views.flatMap((each) => [...versionsOf(each)])),
  }
}

/** Labels as the API server sees them: it puts every namespace's name among its labels (Kubernetes 1.22 on). */
export function namespaceLabels(view: ClusterView, namespace: string): Labels {
  const object = view.get(kinds.namespace, namespace)
  const labels = object === undefined ? {} : labelsOf(object)
  return { 'kubernetes.io/metadata.name': namespace, ...labels }
}

function versionsOf(view: ClusterView): Map<string, string> {
  const found = new Map<string, string>()
  for (const deployment of view.list(kinds.deployment)) {
    const labels = labelsOf(deployment)
    if (labels.app !== 'istiod') continue
    const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
    const discovery = containers.find((each) => textAt(each, 'name') === 'discovery')
    const version = imageVersion(textAt(discovery, 'image'))
    if (version !== undefined) found.set(labels[names.revision] ?? 'default', version)
  }
  return found
}
