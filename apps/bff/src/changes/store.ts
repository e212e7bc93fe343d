import { randomUUID } from 'node:crypto'
import { plainRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { changes as changeResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { absent } from './absent.ts'
import { keepSecrets, ownSecrets } from './change-secret.ts'
import { schemaVersion } from './fingerprint.ts'
import type { Keys } from './keys.ts'
import { largestBytes, mostParts, partName, split } from './parts.ts'
import type { PreparedItem, Worked } from './prepared.ts'
import { restartLater } from './prepared.ts'
import { type ChangeRecord, readHead, type RecordItem, sealedText } from './record.ts'
import { recordOf, storedLateMs, storingMs } from './seal.ts'
import { redactIntent } from './secrets.ts'

const fieldManager = 'orbweaver'

export type Storing = { hub: ClusterDoor; keys: Keys; now: () => Date }

export type NewChange = {
  worked: Worked
  actor: { user: string; groups: string[] }
  reason: string | undefined
  undoOf: string | undefined
}

/** Why a Change was not stored. */
export type Refusal = { refused: Message }

/**
 * Stores a Change before its first write. A long one is stored in parts, and the Change itself last: with it the whole
 * is there, without it there are parts of nothing, which nobody executes and the sweep removes. Gives back why not when
 * one object of it would be too large (`plan.too_large`), or when the hub's clock is so far ahead of ours that the Change
 * would be taken for one made again (`plan.clocks_differ`).
 */
export async function storeChange(with_: Storing, wanted: NewChange): Promise<ChangeRecord | Refusal> {
  const objects = await objectsOf(with_, wanted)
  const isTooLarge = [objects.head, ...objects.parts].some((each) => bytesOf(each) > largestBytes)
  if (isTooLarge || objects.parts.length > mostParts) return { refused: { code: 'plan.too_large', params: {} } }
  const { name } = objects.head.metadata
  const kept = await keepSecrets(with_.hub, name, wanted.worked.items)
  const written = new Map<string, KubernetesObject>()
  for (const each of [...objects.parts, objects.head]) {
    // Strict: definitions from before parts would drop what binds them.
    const { object } = await with_.hub.own.create(changeResource, each, { fieldManager, fieldValidation: 'Strict' })
    written.set(object.metadata.name, object)
  }
  const late = lateMs(written.get(name) ?? objects.head)
  if (late > storingMs) {
    // Its parts and its Secret belong to nothing now: the sweep finds them.
    await with_.hub.own.remove(changeResource, { name }).catch(absent)
    return { refused: { code: 'plan.clocks_differ', params: { seconds: Math.round(late / 1_000) } } }
  }
  const get = (each: string) => Promise.resolve(written.get(each))
  const record = await recordOf(with_.keys, written.get(name) ?? objects.head, get)
  if (record === undefined) throw new TypeError('the hub returned a Change that cannot be read back')
  if (kept) await ownSecrets(with_.hub, record)
  return record
}

function lateMs(object: KubernetesObject): number {
  const head = readHead(object)
  return head === undefined ? 0 : storedLateMs(head)
}

function bytesOf(object: KubernetesObject): number {
  return Buffer.byteLength(JSON.stringify(object))
}

async function objectsOf(
  { keys, now }: Storing,
  { worked, actor, reason, undoOf }: NewChange,
): Promise<{ head: KubernetesObject; parts: KubernetesObject[] }> {
  const createdAt = now().toISOString()
  const name = `${worked.intent.type.replace('.', '-')}-${createdAt.slice(0, 10)}-${randomUUID().slice(0, 8)}`
  const sealed = async <Spec extends Parameters<typeof sealedText>[1]>(each: string, spec: Spec) => {
    const hmac = await keys.mac('change', sealedText(each, spec))
    return { hmac, object: changeObject(each, { ...spec, hmac }) }
  }
  const items = worked.items.map((item) => recordItem(item, createdAt))
  const pieces = split(items)
  const parts = await Promise.all(
    (pieces ?? []).map(async (piece, index) => {
      const part = { change: name, number: index + 1, count: pieces?.length ?? 0 }
      const { hmac, object } = await sealed(partName(name, part.number), { schemaVersion, part, items: piece })
      return { object, entry: { items: piece.length, hmac } }
    }),
  )
  const { object: head } = await sealed(name, {
    schemaVersion,
    actor,
    intent: await redactIntent(keys, worked.intent),
    title: worked.plan.title,
    undoable: worked.plan.undoable,
    ...(reason !== undefined && { reason }),
    ...(undoOf !== undefined && { undoOf }),
    fingerprint: worked.plan.fingerprint,
    createdAt,
    items: pieces === undefined ? items : [],
    ...(pieces !== undefined && { parts: parts.map(({ entry }) => entry) }),
  })
  return { head, parts: parts.map(({ object }) => object) }
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
    ...(item.needs !== undefined && { needs: item.needs }),
    ...(item.uid !== undefined && { uid: item.uid }),
    touched: item.touched.map((path) => (path.after === restartLater ? { ...path, after: createdAt } : path)),
    ...(item.object !== undefined && { object: item.object }),
  }
}
