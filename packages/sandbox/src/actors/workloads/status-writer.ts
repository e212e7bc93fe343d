import { type JsonRecord, recordAt, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { type ActorContext, unlessMissing } from '../controller.ts'

/** As whom the controllers of Deployments, their sets and Pods write. */
export const CONTROLLERS = 'kube-controller-manager'

/** Writes the status fields that differ; a controller that writes the same again would wake itself for ever. */
export async function writeStatus(
  context: ActorContext,
  resource: Resource,
  { object, status }: { object: KubernetesObject; status: JsonRecord },
): Promise<void> {
  const before = recordAt(object, 'status')
  const changed = Object.entries(status).some(([field, value]) => !sameJson(before[field] ?? emptyLike(value), value))
  if (!changed) return
  const { namespace, name } = object.metadata
  const target = { ...(namespace === undefined ? {} : { namespace }), name, subresource: 'status' }
  const patch = { type: 'merge' as const, body: { status }, fieldManager: CONTROLLERS }
  await unlessMissing(context.client.patch(resource, target, patch))
}

/** Kubernetes leaves out zero counts and empty lists; null takes away. */
function emptyLike(value: JsonRecord[string]): JsonRecord[string] {
  if (value === 0 || value === null) return value
  return Array.isArray(value) && value.length === 0 ? [] : undefined
}
