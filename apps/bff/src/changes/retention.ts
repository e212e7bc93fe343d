import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { changes as changeResource, secrets as secretResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { absent } from './absent.ts'
import { namespace, secretLabel } from './change-secret.ts'
import { isOver, readHead } from './record.ts'

/** All Changes together (bytes as JSON): the oldest that are over go first. */
const keptBytes = 100 * 1024 * 1024

/** How long what belongs to a Change that was never stored may lie: the replica that wrote it died in between. */
const orphanMs = 60 * 60 * 1000

/** Removes the oldest finished Changes beyond the bound, and parts and Secrets of changes that do not exist. */
export async function sweep(hub: ClusterDoor, now: Date): Promise<void> {
  const stored = groups(hub.mirror.list(changeResource))
  await sweepChanges(hub, stored)
  await sweepParts(hub, stored, now)
  await sweepSecrets(hub, now)
}

/** A Change with its parts; parts of nothing are a group without a head. */
type Group = { name: string; head: KubernetesObject | undefined; parts: KubernetesObject[]; bytes: number }

function groups(objects: readonly KubernetesObject[]): Group[] {
  const byName = new Map<string, Group>()
  for (const object of objects) {
    const change = textAt(object.spec, 'part', 'change')
    const name = change ?? object.metadata.name
    const group = byName.get(name) ?? { name, head: undefined, parts: [], bytes: 0 }
    byName.set(name, group)
    group.bytes += bytesOf(object)
    if (change === undefined) group.head = object
    else group.parts.push(object)
  }
  return [...byName.values()]
}

/** The mirror holds the same object until it changes. */
const sizes = new WeakMap<KubernetesObject, number>()

function bytesOf(object: KubernetesObject): number {
  const bytes = sizes.get(object) ?? Buffer.byteLength(JSON.stringify(object))
  sizes.set(object, bytes)
  return bytes
}

async function sweepChanges(hub: ClusterDoor, stored: readonly Group[]): Promise<void> {
  const newestFirst = stored.toSorted((a, b) => bornOf(b).localeCompare(bornOf(a)))
  let kept = 0
  for (const { head, parts, bytes } of newestFirst) {
    kept += bytes
    if (kept <= keptBytes || head === undefined || !isFinished(head)) continue
    // The Change first: what is left of it if this ends here is parts of nothing.
    for (const { metadata } of [head, ...parts]) await remove(hub, metadata.name)
  }
}

function bornOf({ head, parts }: Group): string {
  return (head ?? parts[0])?.metadata.creationTimestamp ?? ''
}

/** Over, or nothing that the console would ever carry out. */
function isFinished(object: KubernetesObject): boolean {
  const head = readHead(object)
  return head === undefined || isOver(head)
}

async function sweepParts(hub: ClusterDoor, stored: readonly Group[], now: Date): Promise<void> {
  for (const { name, parts } of stored.filter(({ head }) => head === undefined)) {
    const old = parts.filter((part) => isOrphanAge(part, now))
    // Its Change is written last, and the mirror may not have it yet.
    if (old.length === 0 || (await hub.own.get(changeResource, { name }).catch(absent)) !== undefined) continue
    for (const { metadata } of old) await remove(hub, metadata.name)
  }
}

async function remove(hub: ClusterDoor, name: string): Promise<void> {
  await hub.own.remove(changeResource, { name }).catch(absent)
}

function isOrphanAge({ metadata }: KubernetesObject, now: Date): boolean {
  return Date.parse(metadata.creationTimestamp ?? now.toISOString()) + orphanMs <= now.getTime()
}

async function sweepSecrets(hub: ClusterDoor, now: Date): Promise<void> {
  const { items } = await hub.own.list(secretResource, { namespace, labelSelector: secretLabel })
  for (const secret of items) {
    const owned = listAt(secret.metadata, 'ownerReferences').length > 0
    if (owned || !isOrphanAge(secret, now)) continue
    await hub.own.remove(secretResource, { namespace, name: secret.metadata.name }).catch(absent)
  }
}
