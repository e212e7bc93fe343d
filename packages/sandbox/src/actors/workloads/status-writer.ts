import { type JsonRecord, recordAt, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { type ActorContext, unlessMissing } from '../controller.ts'

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
  await unlessMissing(context.client.patch(resource, target, { type: 'merge', body: { status } }))
}

/** Kubernetes leaves out zero counts and empty lists. */
function emptyLike(value: JsonRecord[string]): JsonRecord[string] {
  if (value === 0) return 0
  return Array.isArray(value) && value.length === 0 ? [] : undefined
}
