import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { Fleet } from '../kube/doors.ts'
import { registered } from '../kube/registration.ts'
import type { Keys } from './keys.ts'
import { clientFor, readLive } from './live-read.ts'
import type { ChangeRecord, RecordItem, RecordStatusItem } from './record.ts'
import { itemRef } from './record.ts'
import { withoutSecrets } from './secrets.ts'
import { send } from './send.ts'
import { readSecret } from './change-secret.ts'
import { noLongerStands } from './standing.ts'
import { verdictOf } from './verdict.ts'

export type ItemResult = Pick<RecordStatusItem, 'state' | 'code' | 'message' | 'resultUid'> & { warnings: string[] }

export type Running = {
  fleet: Fleet
  keys: Keys
  record: ChangeRecord
  item: RecordItem
  /** Whether this replica still holds the Lease; asked right before the write. */
  mayWrite: () => boolean
}

/** A 409 means somebody wrote in between: read again, compare again, write again, this often. */
const tries = 5

/**
 * Carries one item out, as the person who confirmed it. Safe to call again after a crash at any point: what the live
 * object says decides. undefined when it has to wait: for a cluster
 * that is not connected yet, or for the next holder of the Lease.
 */
export async function runItem(running: Running): Promise<ItemResult | undefined> {
  const { item, record, fleet } = running
  const resource = knownResource(item.ref.group, item.ref.kind)
  if (resource === undefined) return failed('change.unknown_kind', item.ref.kind)
  const acting = { ref: itemRef(item), by: item.by }
  const client = clientFor(fleet, acting, record.spec.actor)
  if (client === undefined) {
    // Registered, or not known yet: the next round, when it is connected, goes on here.
    return registered(fleet, item.cluster) === 'no' ? failed('change.cluster_gone', item.cluster) : undefined
  }
  for (let left = tries; left > 0; left -= 1) {
    const step = await tryOnce(running, client, resource)
    if (step !== 'again') return step
  }
  return { state: 'conflict', code: 'change.busy', warnings: [] }
}

async function tryOnce(
  running: Running,
  client: KubeClient,
  resource: Resource,
): Promise<ItemResult | 'again' | undefined> {
  const { item, record } = running
  const read = await readLive(client, { ref: itemRef(item), resource })
  if (read.state === 'forbidden') return failed('change.forbidden', 'get')
  if (read.state === 'unreachable') return failed('change.unreachable', read.reason)
  const live = read.state === 'found' ? read.object : undefined
  const verdict = verdictOf({ item, live: await compared(running, live), at: record.spec.createdAt })
  if (verdict === 'done') return done(live, [])
  if (verdict === 'conflict') return { state: 'conflict', code: 'change.changed_since', warnings: [] }
  const secret = await secretOf(running)
  if (secret === 'lost') return failed('change.secret_lost', item.ref.name)
  if (!running.mayWrite()) return undefined
  return written(running, { client, resource, live, secret })
}

type Writing = {
  client: KubeClient
  resource: Resource
  live: KubernetesObject | undefined
  secret: Record<string, string> | undefined
}

async function written(running: Running, { client, resource, live, secret }: Writing): Promise<ItemResult | 'again'> {
  const { item, record } = running
  try {
    const gone = await noLongerStands(running, record, item)
    if (gone !== undefined) return { state: 'conflict', code: gone, warnings: [] }
    const sendable = { ...item, ref: itemRef(item), ...(secret !== undefined && { secret }) }
    const sent = await send(client, resource, { item: sendable, live, dryRun: false, at: record.spec.createdAt })
    return done(sent.object ?? live, sent.warnings)
  } catch (error) {
    return afterFailure(error, item)
  }
}

/** Of a Secret's values an item has keyed hashes alone. */
async function compared({ keys }: Running, live: KubernetesObject | undefined): Promise<KubernetesObject | undefined> {
  return live === undefined ? undefined : withoutSecrets(keys, live)
}

async function secretOf({ item, fleet, record }: Running): Promise<Record<string, string> | undefined | 'lost'> {
  const written = item.op === 'create' || item.op === 'update'
  if (!written || item.ref.kind !== 'Secret' || item.ref.group !== '') return undefined
  return (await readSecret(fleet.hub, record.name, item.id)) ?? 'lost'
}

function afterFailure(error: unknown, item: RecordItem): ItemResult | 'again' {
  if (!(error instanceof KubeError)) throw error
  const raced = error.code === 'conflict' || error.code === 'already_exists'
  if (raced || (error.code === 'not_found' && item.op === 'delete')) return 'again'
  // The write may have arrived although the answer did not: the next look at the live object tells.
  if (error.code === 'timeout' || error.code === 'unreachable') return failed('change.unreachable', error.message)
  if (error.code === 'forbidden' && error.webhook === undefined) return failed('change.forbidden', error.message)
  return failed('change.refused', error.message)
}

function done(object: KubernetesObject | undefined, warnings: string[]): ItemResult {
  const uid = object?.metadata.uid
  return { state: 'done', warnings: bounded(warnings), ...(uid !== undefined && { resultUid: uid }) }
}

/** What is kept of one item's warnings (characters, all together): hundreds of results lie in one object. */
const keptWarnings = 1_024

function bounded(warnings: string[]): string[] {
  let room = keptWarnings
  return warnings
    .map((warning) => {
      const kept = warning.slice(0, room)
      room -= kept.length
      return kept
    })
    .filter((warning) => warning !== '')
}

function failed(code: string, message: string): ItemResult {
  return { state: 'failed', code, message: message.slice(0, 4_096), warnings: [] }
}
