import { listAt } from '@orbweaver/contracts/json'
import { changes as changeResource, secrets as secretResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { isOver, readRecord } from './record.ts'
import { absent, namespace, secretLabel } from './store.ts'

/** All Changes together (bytes as JSON): the oldest that are over go first. */
const keptBytes = 100 * 1024 * 1024

/** How long the Secret of a Change that was never stored may lie: the replica that wrote it died in between. */
const orphanMs = 60 * 60 * 1000

/** Removes the oldest finished Changes beyond the bound, and Secrets of changes that do not exist. */
export async function sweep(hub: ClusterDoor, now: Date): Promise<void> {
  await sweepChanges(hub)
  await sweepSecrets(hub, now)
}

async function sweepChanges(hub: ClusterDoor): Promise<void> {
  const sized = hub.mirror
    .list(changeResource)
    .map((object) => ({ object, record: readRecord(object), bytes: Buffer.byteLength(JSON.stringify(object)) }))
    .sort((a, b) =>
      (b.object.metadata.creationTimestamp ?? '').localeCompare(a.object.metadata.creationTimestamp ?? ''),
    )
  let kept = 0
  for (const { object, record, bytes } of sized) {
    kept += bytes
    const done = record === undefined || isOver(record)
    if (kept > keptBytes && done) await hub.own.remove(changeResource, { name: object.metadata.name }).catch(absent)
  }
}

async function sweepSecrets(hub: ClusterDoor, now: Date): Promise<void> {
  const { items } = await hub.own.list(secretResource, { namespace, labelSelector: secretLabel })
  for (const { metadata } of items) {
    const born = Date.parse(metadata.creationTimestamp ?? now.toISOString())
    const owned = listAt(metadata, 'ownerReferences').length > 0
    if (owned || born + orphanMs > now.getTime()) continue
    await hub.own.remove(secretResource, { namespace, name: metadata.name }).catch(absent)
  }
}
