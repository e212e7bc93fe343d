import { hiddenName } from '@orbweaver/contracts/hidden-name'
import { isRecord } from '@orbweaver/contracts/json'
import { ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { ViewerDoor } from '../kube/doors.ts'
import { secretNames } from './secret-names.ts'

type Seeing = Pick<ViewerDoor, 'seesWhich'>

/** The first of these that the viewer may not see. */
export async function firstHidden(viewer: Seeing, refs: readonly ObjectRef[]): Promise<ObjectRef | undefined> {
  const seen = await viewer.seesWhich(refs)
  return refs.find((each) => !seen.has(refKey(each)))
}

/** Why it cannot be told whether these are there: a cluster of theirs, of those asked about, cannot be read just now. */
export function unreadAmong(
  viewer: Pick<ViewerDoor, 'truths'>,
  clusters: readonly string[],
  refs: readonly ObjectRef[],
): { cluster: string; reason: string; message: string } | undefined {
  const theirs = clusters.filter((each) => refs.some(({ cluster }) => cluster === each))
  const silent = viewer.truths(theirs).find(({ state }) => state !== 'fresh')
  if (silent === undefined) return undefined
  const { cluster, state, reason } = silent
  return { cluster, reason: reason ?? state, message: `the cluster is ${state}` }
}

/**
 * An answer worked out on the whole world, as one viewer may read it: objects that the viewer may not see lose their
 * names, and so does every text that has one of these names in it. What stands is that something of this kind is there.
 */
export async function asSeen<Answer extends object>(
  viewer: Seeing,
  answer: Answer,
  open: readonly ObjectRef[],
): Promise<Answer> {
  const refs = new Map<string, ObjectRef>()
  walk(answer, (ref) => void refs.set(refKey(ref), ref))
  const all = [...refs.values()]
  const seen = await viewer.seesWhich(all)
  const hidden = all.filter((ref) => !seen.has(refKey(ref)))
  if (hidden.length === 0) return answer
  const known = [...open, ...all.filter((ref) => seen.has(refKey(ref)))]
  return masked(answer, { seen, isSecret: secretNames(hidden, known) })
}

type Mask = { seen: ReadonlySet<string>; isSecret: (text: string) => boolean }

function walk(value: unknown, meet: (ref: ObjectRef) => void): void {
  const ref = refIn(value)
  if (ref !== undefined) meet(ref)
  else if (Array.isArray(value)) for (const each of value) walk(each, meet)
  else if (isRecord(value)) for (const each of Object.values(value)) walk(each, meet)
}

/** The same shape, other texts. */
function masked<Value>(value: Value, mask: Mask): Value
function masked(value: unknown, mask: Mask): unknown {
  const ref = refIn(value)
  if (ref !== undefined) {
    if (mask.seen.has(refKey(ref))) return value
    return { ...ref, name: hiddenName, ...(ref.namespace !== undefined && { namespace: hiddenName }) }
  }
  if (typeof value === 'string') return mask.isSecret(value) ? hiddenName : value
  if (Array.isArray(value)) return value.map((each: unknown) => masked(each, mask))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each, mask)]))
}

function refIn(value: unknown): ObjectRef | undefined {
  if (!isRecord(value) || !('cluster' in value && 'kind' in value && 'version' in value)) return undefined
  const { data } = ObjectRef.safeParse(value)
  return data
}
