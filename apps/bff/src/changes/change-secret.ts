import { isRecord, stringsAt } from '@orbweaver/contracts/json'
import { secrets as secretResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { absent } from './absent.ts'
import type { PreparedItem } from './prepared.ts'
import type { Head } from './record.ts'

export const namespace = 'orbweaver-system'
const fieldManager = 'orbweaver'

/** On the Secrets of changes: which one each belongs to. */
export const secretLabel = 'orbweaver.dev/change'
const secretName = (change: string) => `change-${change}`

/**
 * What resuming needs and nobody may read lies in a Secret of the change's own, and goes with its end. Written before
 * the Change: one that exists never lacks its values.
 */
export async function keepSecrets(hub: ClusterDoor, change: string, items: readonly PreparedItem[]): Promise<boolean> {
  const data: Record<string, string> = {}
  for (const item of items) {
    if (item.secret === undefined) continue
    data[item.id] = Buffer.from(JSON.stringify(item.secret)).toString('base64')
  }
  if (Object.keys(data).length === 0) return false
  const metadata = { name: secretName(change), namespace, labels: { [secretLabel]: change } }
  const object = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'orbweaver.dev/change', data }
  await hub.own.create(secretResource, object, { fieldManager })
  return true
}

/** Deleting the Change takes its Secret along, also when no console is there to do it. */
export async function ownSecrets(hub: ClusterDoor, { name, uid }: Head): Promise<void> {
  const ownerReferences = [{ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', name, uid }]
  const target = { namespace, name: secretName(name) }
  await hub.own.patch(secretResource, target, { type: 'merge', body: { metadata: { ownerReferences } }, fieldManager })
}

/** The values of one item's Secret; undefined when the change holds none for it (any more). */
export async function readSecret(
  hub: ClusterDoor,
  change: string,
  item: string,
): Promise<Record<string, string> | undefined> {
  const object = await hub.own.get(secretResource, { namespace, name: secretName(change) }).catch(absent)
  const encoded = object === undefined ? undefined : stringsAt(object, 'data')[item]
  if (encoded === undefined) return undefined
  const values: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
  return isRecord(values) ? stringsAt(values) : undefined
}

export async function dropSecrets(hub: ClusterDoor, change: string): Promise<void> {
  await hub.own.remove(secretResource, { namespace, name: secretName(change) }).catch(absent)
}
