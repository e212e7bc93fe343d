import { isRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { forbidden } from '@orbweaver/contracts/missing-right'
import type { TouchedPath } from '@orbweaver/contracts/plan'
import { authored, touchedPaths, valueAt } from '@orbweaver/istio/diff/touched'
import type { Identity } from '@orbweaver/kube/client'
import type { Fleet } from '../kube/doors.ts'
import { whyNoDoor } from '../kube/registration.ts'
import type { DraftItem } from './draft.ts'
import { askDryRun } from './dry-run.ts'
import type { Keys } from './keys.ts'
import { clientFor, type LiveRead, outOfReach, readLive } from './live-read.ts'
import { managedBy } from './managed-by.ts'
import { type PreparedItem, restartLater, restartPointer } from './prepared.ts'
import { withoutSecrets } from './secrets.ts'

export type Preparing = { fleet: Fleet; identity: Identity; keys: Keys; dryRuns: boolean }

/** A deleted object is kept whole in its Change up to this many bytes, so that undo can make it again. */
const keptWholeBytes = 65_536

/** As patient as the executor is with the write itself: a status may be written at any moment. */
const readings = 5

/** Works one draft item out against the live object; undefined when there is nothing to do. */
export async function prepareItem(
  with_: Preparing,
  draft: DraftItem,
  index: number,
): Promise<PreparedItem | undefined> {
  for (let left = readings - 1; ; left -= 1) {
    const { item, moved } = await prepareOnce(with_, draft, index)
    if (!moved || left === 0) return item
  }
}

type Once = { item: PreparedItem | undefined; moved: boolean }

async function prepareOnce(with_: Preparing, draft: DraftItem, index: number): Promise<Once> {
  const client = clientFor(with_.fleet, draft, with_.identity)
  const read: LiveRead =
    outOfReach(with_.fleet, draft) ??
    (client === undefined
      ? { state: 'unreachable', reason: whyNoDoor(with_.fleet, draft.ref.cluster) }
      : await readLive(client, draft))
  const item = await workOut(with_, draft, { id: idOf(index), read })
  if (item === undefined || item.blocked.length > 0) return { item, moved: false }
  if (draft.needs !== undefined) {
    return { item: { ...item, dryRun: { state: 'depends', on: idOf(draft.needs) } }, moved: false }
  }
  if (client === undefined || !with_.dryRuns) return { item, moved: false }
  const { dryRun, result, moved = false } = await askDryRun(client, draft.resource, item)
  const blocked = blockedBy(dryRun, draft)
  return { item: { ...item, dryRun, blocked, ...(result !== undefined && { after: result }) }, moved }
}

const idOf = (index: number): string => `item-${index + 1}`

type Slot = { id: string; read: LiveRead }

async function workOut(with_: Preparing, draft: DraftItem, { id, read }: Slot): Promise<PreparedItem | undefined> {
  const needed = draft.needs ?? draft.onlyWith
  const base = {
    id,
    ref: draft.ref,
    op: draft.op,
    how: draft.op === 'update' ? draft.how : 'replace',
    by: draft.by,
    ...(needed !== undefined && { needs: idOf(needed) }),
    touched: [],
    dryRun: { state: 'accepted', warnings: [] },
    blocked: [],
  } satisfies PreparedItem
  if (read.state === 'forbidden' && draft.op !== 'create') return { ...base, ...refusedRead(draft) }
  if (read.state === 'unreachable') return { ...base, ...unreachable(draft, read.reason) }
  const live = read.state === 'found' ? read.object : undefined
  if (draft.op === 'create') return preparedCreate(with_, base, { draft, live })
  if (live === undefined) return { ...base, blocked: [message('plan.gone', draft)] }
  if ('secret' in draft) return preparedSecret(with_, base, { draft, live })
  return preparedExisting(base, draft, live)
}

async function preparedCreate(
  { keys }: Preparing,
  base: PreparedItem,
  { draft, live }: { draft: DraftItem & { op: 'create' }; live: KubernetesObject | undefined },
): Promise<PreparedItem> {
  if (live !== undefined) return { ...base, blocked: [message('plan.already_exists', draft)] }
  const whole = draft.secret === undefined ? draft.object : { ...draft.object, data: { ...draft.secret } }
  const object = await withoutSecrets(keys, whole)
  const touched = touchedPaths(undefined, object)
  return { ...base, touched, object, after: object, ...(draft.secret !== undefined && { secret: draft.secret }) }
}

type NewValues = Extract<DraftItem, { op: 'update'; secret: Record<string, string> }>

/** Both sides as keyed hashes: that values change is shown and agreed to, which they are is not. */
async function preparedSecret(
  { keys }: Preparing,
  base: PreparedItem,
  { draft, live }: { draft: NewValues; live: KubernetesObject },
): Promise<PreparedItem | undefined> {
  const rest = draft.rest?.(live) ?? (draft.how === 'merge' ? live : { ...live, data: {} })
  const after = await withoutSecrets(keys, { ...rest, data: { ...recordAt(rest, 'data'), ...draft.secret } })
  const touched = touchedPaths(await withoutSecrets(keys, live), after)
  return touched.length === 0 ? undefined : { ...base, ...knownOf(live), touched, after, secret: draft.secret }
}

function knownOf(live: KubernetesObject): Pick<PreparedItem, 'live' | 'uid' | 'managedBy'> {
  const keeper = managedBy(live)
  return {
    live,
    ...(live.metadata.uid !== undefined && { uid: live.metadata.uid }),
    ...(keeper !== undefined && { managedBy: keeper }),
  }
}

function preparedExisting(
  base: PreparedItem,
  draft: Exclude<DraftItem, { op: 'create' } | NewValues>,
  live: KubernetesObject,
): PreparedItem | undefined {
  const known = { ...base, ...knownOf(live) }
  if (draft.op === 'restart') return { ...known, touched: [restartPath(live)], after: live }
  if (draft.op === 'delete') return preparedDelete(known, draft, live)
  const after = draft.edit(live)
  if (Array.isArray(after)) return { ...known, blocked: after }
  const touched = touchedPaths(live, after)
  if (touched.length === 0) return undefined
  return { ...known, touched, after }
}

function preparedDelete(
  known: PreparedItem,
  draft: DraftItem & { op: 'delete' },
  live: KubernetesObject,
): PreparedItem {
  if (draft.uid !== undefined && draft.uid !== live.metadata.uid) {
    return { ...known, blocked: [message('plan.recreated', draft)] }
  }
  const object = authored(live)
  const secret = live.kind === 'Secret' && live.apiVersion === 'v1'
  const whole = !secret && Buffer.byteLength(JSON.stringify(object)) <= keptWholeBytes
  return { ...known, ...(whole && { object }) }
}

function restartPath(live: KubernetesObject): TouchedPath {
  const before = valueAt(live, restartPointer)
  return { pointer: restartPointer, ...(typeof before === 'string' && { before }), after: restartLater }
}

function refusedRead(draft: DraftItem): Pick<PreparedItem, 'dryRun' | 'blocked'> {
  const dryRun = { state: 'forbidden', verb: 'get', resource: draft.resource.plural } as const
  return { dryRun, blocked: blockedBy(dryRun, draft) }
}

function unreachable(draft: DraftItem, reason: string): Pick<PreparedItem, 'dryRun' | 'blocked'> {
  return {
    dryRun: { state: 'unreachable', reason },
    blocked: [{ code: 'plan.cluster_unreachable', params: { cluster: draft.ref.cluster, reason } }],
  }
}

function blockedBy(dryRun: PreparedItem['dryRun'], { ref, by }: DraftItem): Message[] {
  const { cluster, group, namespace } = ref
  if (dryRun.state === 'forbidden') {
    const { verb, resource } = dryRun
    return [forbidden({ cluster, verb, group, resource, ...(namespace !== undefined && { namespace }) }, by)]
  }
  if (dryRun.state === 'refused') return [{ code: 'plan.refused', params: { message: dryRun.message } }]
  if (dryRun.state === 'unreachable') {
    return [{ code: 'plan.cluster_unreachable', params: { cluster, reason: dryRun.reason } }]
  }
  return []
}

function message(code: string, { ref }: DraftItem): Message {
  return { code, params: { kind: ref.kind, name: ref.name, namespace: ref.namespace ?? '', cluster: ref.cluster } }
}

/** Nothing that a server fills in by itself: for showing objects before and after side by side. */
export function shown(object: KubernetesObject | undefined): KubernetesObject | undefined {
  if (object === undefined) return undefined
  const plain = authored(object)
  const annotations = isRecord(plain.metadata.annotations) ? { ...plain.metadata.annotations } : undefined
  if (annotations === undefined) return plain
  delete annotations['kubectl.kubernetes.io/last-applied-configuration']
  return { ...plain, metadata: { ...plain.metadata, annotations } }
}
