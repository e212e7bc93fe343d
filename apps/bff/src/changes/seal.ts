import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { changes as changeResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { absent } from './absent.ts'
import { inFlight } from './in-flight.ts'
import type { Keys } from './keys.ts'
import { partName } from './parts.ts'
import { type ChangeRecord, type Head, type PartRecord, readHead, readPart, sealedText } from './record.ts'

export type Reading = { hub: ClusterDoor; keys: Keys }

/** Parts of one change that are read at once. */
const width = 4

/** An object is judged once: the mirror holds the same one until it changes, and a list asks for hundreds. */
const heads = new WeakMap<KubernetesObject, Promise<Head | undefined>>()
const parts = new WeakMap<KubernetesObject, Promise<PartRecord | undefined>>()

type Get = (name: string) => Promise<KubernetesObject | undefined>

/** A Change of the console's own, read fresh from the hub: what the mirror holds may be a moment old. */
export async function ownRecord({ hub, keys }: Reading, name: string): Promise<ChangeRecord | undefined> {
  const get: Get = (each) => hub.own.get(changeResource, { name: each }).catch(absent)
  const object = await get(name)
  return object === undefined ? undefined : recordOf(keys, object, get)
}

/** All Changes of the console's own, as the mirror has them. */
export async function ownRecords({ hub, keys }: Reading): Promise<ChangeRecord[]> {
  const get: Get = (name) => Promise.resolve(hub.mirror.get(changeResource, { name }))
  const records = await inFlight(hub.mirror.list(changeResource), 10, (object) => recordOf(keys, object, get))
  return records.filter((record) => record !== undefined)
}

/**
 * A Change with all its parts. undefined for what the console itself did not write: what was agreed, by whom, and what
 * is to be done (design section 3). That is executed by nobody and shown to nobody. A part that is missing, of another
 * change, in another's place or altered is lost. Rejects while the hub's key cannot be read.
 */
export async function recordOf(keys: Keys, object: KubernetesObject, get: Get): Promise<ChangeRecord | undefined> {
  const head = await ownHead(keys, object)
  if (head === undefined) return undefined
  const found = await inFlight(head.spec.parts ?? [], width, async ({ hmac }, index) => {
    const held = await get(partName(head.name, index + 1))
    const part = held === undefined ? undefined : await sealedPart(keys, held)
    return part?.spec.hmac === hmac ? part : undefined
  })
  const numbered = found.map((part, index) => ({ part, number: index + 1 }))
  return {
    ...head,
    items: [...head.spec.items, ...found.flatMap((part) => part?.spec.items ?? [])],
    parts: new Map(numbered.flatMap(({ part, number }) => (part === undefined ? [] : [[number, part]]))),
    lost: numbered.filter(({ part }) => part === undefined).map(({ number }) => number),
  }
}

/** What the console itself wrote of a Change: who, what for, how far. undefined for anything else. */
export function ownHead(keys: Keys, object: KubernetesObject): Promise<Head | undefined> {
  return judgedOnce(heads, object, () => sealed(keys, readHead(object)))
}

function sealedPart(keys: Keys, object: KubernetesObject): Promise<PartRecord | undefined> {
  return judgedOnce(parts, object, () => sealed(keys, readPart(object)))
}

async function sealed<Read extends Head | PartRecord>(keys: Keys, read: Read | undefined): Promise<Read | undefined> {
  if (read === undefined) return undefined
  const wanted = await keys.mac('change', sealedText(read.object.metadata.name, read.spec))
  return wanted === read.spec.hmac ? read : undefined
}

function judgedOnce<Judged>(
  known: WeakMap<KubernetesObject, Promise<Judged>>,
  object: KubernetesObject,
  judge: () => Promise<Judged>,
): Promise<Judged> {
  const before = known.get(object)
  if (before !== undefined) return before
  const answer = judge()
  known.set(object, answer)
  // A key that could not be read now can be read later.
  answer.catch(() => known.delete(object))
  return answer
}
