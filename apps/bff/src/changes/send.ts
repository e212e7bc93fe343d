import { applyPaths, mergePatchOf } from '@orbweaver/istio/diff/touched'
import { isRecord, recordAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { type PreparedItem, restartedAt } from './prepared.ts'

/** Field manager of all that a person does through the console to objects that are not a blueprint's. */
const fieldManager = 'orbweaver'

export type Sending = {
  item: Pick<PreparedItem, 'ref' | 'op' | 'how' | 'touched' | 'object' | 'secret' | 'uid'>
  /** The object as it is now; its resourceVersion is the lock. */
  live: KubernetesObject | undefined
  dryRun: boolean
  /** Time of the Change, for restarts; a dry run has none yet. */
  at: string | undefined
}

export type Sent = { object: KubernetesObject | undefined; warnings: string[] }

/** The one write of an item, as the plan said it: the same code asks the dry run and does it. */
export function send(client: KubeClient, resource: Resource, sending: Sending): Promise<Sent> {
  switch (sending.item.op) {
    case 'create':
      return create(client, resource, sending)
    case 'update':
      return update(client, resource, sending)
    case 'delete':
      return remove(client, resource, sending)
    case 'restart':
      return restart(client, resource, sending)
  }
}

function create(client: KubeClient, resource: Resource, { item, dryRun }: Sending): Promise<Sent> {
  if (item.object === undefined) throw new TypeError('a create without its object')
  const object = item.secret === undefined ? item.object : { ...item.object, data: { ...item.secret } }
  return client.create(resource, object, { fieldManager, fieldValidation: 'Strict', dryRun })
}

function update(client: KubeClient, resource: Resource, { item, live, dryRun }: Sending): Promise<Sent> {
  if (live === undefined) throw new TypeError('an update without the live object')
  const options = { fieldManager, fieldValidation: 'Strict', dryRun } as const
  if (item.how === 'replace' || item.secret !== undefined) {
    return client.replace(resource, written(live, item), options)
  }
  const patch = mergePatchOf(item.touched)
  const metadata = {
    ...(isRecord(patch.metadata) ? patch.metadata : {}),
    resourceVersion: live.metadata.resourceVersion,
  }
  return client.patch(resource, targetOf(item.ref), { type: 'merge', body: { ...patch, metadata }, ...options })
}

/** Of a Secret the touched paths have keyed hashes: in their place its values come. */
function written(live: KubernetesObject, { touched, secret }: Sending['item']): KubernetesObject {
  const applied = applyPaths(live, touched)
  return secret === undefined ? applied : { ...applied, data: { ...recordAt(applied, 'data'), ...secret } }
}

async function remove(client: KubeClient, resource: Resource, { item, live, dryRun }: Sending): Promise<Sent> {
  const uid = live?.metadata.uid ?? item.uid
  await client.remove(resource, targetOf(item.ref), {
    dryRun,
    propagation: 'Background',
    ...(uid !== undefined && { uid }),
    ...(live?.metadata.resourceVersion !== undefined && { resourceVersion: live.metadata.resourceVersion }),
  })
  return { object: undefined, warnings: [] }
}

function restart(client: KubeClient, resource: Resource, { item, live, dryRun, at }: Sending): Promise<Sent> {
  const annotations = { [restartedAt]: at ?? new Date(0).toISOString() }
  const body = {
    metadata: { resourceVersion: live?.metadata.resourceVersion },
    spec: { template: { metadata: { annotations } } },
  }
  return client.patch(resource, targetOf(item.ref), { type: 'strategic', body, fieldManager, dryRun })
}
