import { numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { deployments, horizontalPodAutoscalers, statefulSets } from '@orbweaver/kube/resources'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  type ObjectKey,
  startController,
  unlessMissing,
} from '../controller.ts'
import { writeStatus } from './status-writer.ts'

const TARGETS: Record<string, Resource> = { Deployment: deployments, StatefulSet: statefulSets }

/** HorizontalPodAutoscalers of a cluster without load: only their bounds are kept. */
export function startAutoscalers(context: ActorContext): Controller {
  const cache = context.caches.of(horizontalPodAutoscalers)
  const reconcile = async (key: ObjectKey): Promise<void> => {
    const scaler = cache.get(key.namespace, key.name)
    const resource = TARGETS[textAt(scaler, 'spec', 'scaleTargetRef', 'kind') ?? '']
    if (scaler === undefined || resource === undefined || isDeleting(scaler)) return
    const name = textAt(scaler, 'spec', 'scaleTargetRef', 'name') ?? ''
    const target = context.caches.of(resource).get(key.namespace, name)
    if (target === undefined) return
    const current = numberAt(target, 'spec', 'replicas') ?? 1
    const wanted = withinBounds(scaler, current)
    if (wanted !== current) {
      const body = { spec: { replicas: wanted } }
      await unlessMissing(context.client.patch(resource, { namespace: key.namespace, name }, { type: 'merge', body }))
    }
    const status = {
      observedGeneration: scaler.metadata.generation ?? 1,
      currentReplicas: numberAt(target, 'status', 'replicas') ?? 0,
      desiredReplicas: wanted,
    }
    await writeStatus(context, horizontalPodAutoscalers, { object: scaler, status })
  }
  const scalersOf =
    (kind: string) =>
    (target: KubernetesObject): ObjectKey[] =>
      cache
        .list(target.metadata.namespace)
        .filter((each) => {
          const reference = ['spec', 'scaleTargetRef'] as const
          return (
            textAt(each, ...reference, 'kind') === kind && textAt(each, ...reference, 'name') === target.metadata.name
          )
        })
        .map(keyOf)
  return startController(context, {
    name: 'horizontal-pod-autoscaler',
    watches: [
      { resource: horizontalPodAutoscalers, keys: (scaler) => [keyOf(scaler)] },
      { resource: deployments, keys: scalersOf('Deployment') },
      { resource: statefulSets, keys: scalersOf('StatefulSet') },
    ],
    reconcile,
  })
}

/** Zero replicas switch autoscaling off, as in Kubernetes. */
function withinBounds(scaler: KubernetesObject, current: number): number {
  if (current === 0) return 0
  const least = numberAt(scaler, 'spec', 'minReplicas') ?? 1
  return Math.min(Math.max(current, least), numberAt(scaler, 'spec', 'maxReplicas') ?? current)
}
