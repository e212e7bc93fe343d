import { listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { type ActorContext, unlessMissing } from '../controller.ts'
import { FINALIZER } from './names.ts'

function finalizersOf(object: KubernetesObject): string[] {
  return listAt(object, 'metadata', 'finalizers').filter((each) => typeof each === 'string')
}

/** Without its finalizer an object could go before what was installed for it. */
export async function ensureFinalizer(
  context: ActorContext,
  resource: Resource,
  object: KubernetesObject,
): Promise<KubernetesObject> {
  const finalizers = finalizersOf(object)
  if (finalizers.includes(FINALIZER)) return object
  return write(context, resource, { object, finalizers: [...finalizers, FINALIZER] })
}

export async function removeFinalizer(
  context: ActorContext,
  resource: Resource,
  object: KubernetesObject,
): Promise<void> {
  const finalizers = finalizersOf(object)
  if (!finalizers.includes(FINALIZER)) return
  await unlessMissing(write(context, resource, { object, finalizers: finalizers.filter((each) => each !== FINALIZER) }))
}

async function write(
  context: ActorContext,
  resource: Resource,
  { object, finalizers }: { object: KubernetesObject; finalizers: string[] },
): Promise<KubernetesObject> {
  const { name, resourceVersion } = object.metadata
  const metadata = resourceVersion === undefined ? { finalizers } : { finalizers, resourceVersion }
  return (await context.client.patch(resource, { name }, { type: 'merge', body: { metadata } })).object
}
