import { randomUUID } from 'node:crypto'
import { isRecord, plainRecord, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import { changes as changeResource, secrets as secretResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { schemaVersion } from './fingerprint.ts'
import type { Keys } from './keys.ts'
import type { PreparedItem, Worked } from './prepared.ts'
import { restartLater } from './prepared.ts'
import { type ChangeRecord, readRecord, type RecordItem, type RecordStatus, sealedText } from './record.ts'
import { redactIntent } from './secrets.ts'

/** A Change is one object: etcd takes 1.5 MiB, and a hub holds many. */
const largestChangeBytes = 512 * 1024
export const namespace = 'orbweaver-system'
const fieldManager = 'orbweaver'

export type Storing = { hub: ClusterDoor; keys: Keys; now: () => Date }

export type NewChange = {
  worked: Worked
  actor: { user: string; groups: string[] }
  reason: string | undefined
  undoOf: string | undefined
}

/** Stores a Change before its first write. undefined when it would be too large for one object. */
export async function storeChange(with_: Storing, wanted: NewChange): Promise<ChangeRecord | undefined> {
  const createdAt = with_.now().toISOString()
  const name = `${wanted.worked.intent.type.replace('.', '-')}-${createdAt.slice(0, 10)}-${randomUUID().slice(0, 8)}`
  const unsealed = {
    schemaVersion,
    actor: wanted.actor,
    intent: await redactIntent(with_.keys, wanted.worked.intent),
    title: wanted.worked.plan.title,
    undoable: wanted.worked.plan.undoable,
    ...(wanted.reason !== undefined && { reason: wanted.reason }),
    ...(wanted.undoOf !== undefined && { undoOf: wanted.undoOf }),
    fingerprint: wanted.worked.plan.fingerprint,
    createdAt,
    items: wanted.worked.items.map((item) => recordItem(item, createdAt)),
  }
  const hmac = await with_.keys.mac('change', sealedText(name, unsealed))
  const object = changeObject(name, { ...unsealed, hmac })
  if (Buffer.byteLength(JSON.stringify(object)) > largestChangeBytes) return undefined
  const kept = await keepSecrets(with_, name, wanted.worked.items)
  const written = await with_.hub.own.create(changeResource, object, { fieldManager })
  const record = readRecord(written.object)
  if (record === undefined) throw new TypeError('the hub returned a Change that cannot be read back')
  if (kept) await ownSecrets(with_, record)
  return record
}

function changeObject(name: string, spec: object): KubernetesObject {
  return { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', metadata: { name }, spec: plainRecord(spec) }
}

function recordItem(item: PreparedItem, createdAt: string): RecordItem {
  const { cluster, ...ref } = item.ref
  return {
    id: item.id,
    cluster,
    ref,
    op: item.op,
    how: item.how,
    by: item.by,
    ...(item.uid !== undefined && { uid: item.uid }),
    touched: item.touched.map((path) => (path.after === restartLater ? { ...path, after: createdAt } : path)),
    ...(item.object !== undefined && { object: item.object }),
  }
}

/** On the Secrets of changes: which one each belongs to. */
export const secretLabel = 'orbweaver.dev/change'
const secretName = (change: string) => `change-${change}`

/**
 * What resuming needs and nobody may read lies in a Secret of the change's own, and goes with its end. Written before
 * the Change: one that exists never lacks its values.
 */
async function keepSecrets({ hub }: Storing, change: string, items: PreparedItem[]): Promise<boolean> {
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
async function ownSecrets({ hub }: Storing, { name, uid }: ChangeRecord): Promise<void> {
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

export function absent(error: unknown): undefined {
  if (error instanceof KubeError && error.code === 'not_found') return undefined
  throw error
}

/** Reads a Change fresh from the hub: what the mirror holds may be a moment old. */
export async function freshRecord(hub: ClusterDoor, name: string): Promise<ChangeRecord | undefined> {
  const object = await hub.own.get(changeResource, { name }).catch(absent)
  return object === undefined ? undefined : readRecord(object)
}

/**
 * Writes a new status against the version it was read at. Rejects with KubeError `conflict` when another replica or a
 * person's order came first: the caller reads again.
 */
export async function writeStatus(hub: ClusterDoor, record: ChangeRecord, status: RecordStatus): Promise<ChangeRecord> {
  const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  const stored = {
    ...status,
    phase: capital(status.phase),
    items: status.items.map((item) => ({ ...item, state: capital(item.state) })),
  }
  const body: KubernetesObject = { ...record.object, status: plainRecord(stored) }
  const written = await hub.own.replace(changeResource, body, { fieldManager, subresource: 'status' })
  const read = readRecord(written.object)
  if (read === undefined) throw new TypeError('the hub returned a Change that cannot be read back')
  return read
}
