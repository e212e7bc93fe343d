import { targetOf } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { ViewerDoor } from '../kube/doors.ts'
import type { SteerOrder } from './changes.ts'
import { type ChangeRecord, isOver, type RecordItem, type RecordStatus, stateOf } from './record.ts'
import { ownRecord } from './seal.ts'
import { type Storing, writeStatus } from './store.ts'

export type Steered = { ok: true; record: ChangeRecord } | { ok: false; why: 'not_found' | 'not_now'; phase: string }

/**
 * Carries out a person's order about a change that is under way. Only who could do what is left may give it: else a
 * viewer could make the console go on with another person's rights.
 */
export async function steer(with_: Storing, viewer: ViewerDoor, order: SteerOrder): Promise<Steered> {
  for (let left = 5; left > 0; left -= 1) {
    const record = await ownRecord(with_, order.name)
    if (record === undefined) return { ok: false, why: 'not_found', phase: '' }
    const refused = await refusedItem(viewer, record)
    if (refused !== undefined) throw refused
    const status = ordered(record, order, with_.now())
    if (status === undefined) return { ok: false, why: 'not_now', phase: record.status.phase }
    try {
      return { ok: true, record: await writeStatus(with_.hub, record, status) }
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'conflict') throw error
    }
  }
  return { ok: false, why: 'not_now', phase: 'running' }
}

/** The status after the order; undefined when it makes no sense in this phase. */
function ordered(record: ChangeRecord, order: SteerOrder, now: Date): RecordStatus | undefined {
  const { status } = record
  switch (order.order) {
    case 'stop':
      return isOver(record) ? undefined : { ...status, reason: 'stop' }
    case 'resume':
      return status.phase === 'paused' ? { ...status, phase: 'running', startedAt: now.toISOString() } : undefined
    case 'retry':
      return onStuck(record, order.item, 'waiting')
    case 'skip':
      return onStuck(record, order.item, 'skipped')
  }
}

function onStuck(record: ChangeRecord, id: string, state: 'waiting' | 'skipped'): RecordStatus | undefined {
  const found = stateOf(record, id).state
  const known = record.spec.items.some((item) => item.id === id)
  if (!known || (found !== 'failed' && found !== 'conflict')) return undefined
  const items = record.spec.items.map((item) =>
    item.id === id ? { id, state, warnings: [] } : stateOf(record, item.id),
  )
  const { finishedAt: _finished, ...status } = record.status
  return { ...status, phase: 'running', items }
}

/** The first item of what is left, or of all when nothing is, that the person may not carry out. */
async function refusedItem(viewer: ViewerDoor, record: ChangeRecord): Promise<KubeError | undefined> {
  const { items } = record.spec
  const left = items.filter((item) => !['done', 'skipped'].includes(stateOf(record, item.id).state))
  for (const item of left.length > 0 ? left : items) {
    if (!(await mayDo(viewer, item))) {
      return new KubeError({
        code: 'forbidden',
        cluster: item.cluster,
        message: `${item.op} ${item.ref.kind}`,
        status: 403,
      })
    }
  }
  return undefined
}

const verbs = { create: 'create', update: 'update', delete: 'delete', restart: 'patch' } as const

function mayDo(viewer: ViewerDoor, item: RecordItem): Promise<boolean> {
  // What the console writes by itself (its credentials) is asked for as the object that it belongs to.
  if (item.by === 'console') {
    return viewer.may(item.cluster, { verb: verbs[item.op], group: 'orbweaver.dev', resource: 'fleetclusters' })
  }
  const resource = knownResource(item.ref.group, item.ref.kind)
  if (resource === undefined) return Promise.resolve(false)
  const verb = item.op === 'update' && item.how === 'merge' ? 'patch' : verbs[item.op]
  const target = item.op === 'create' ? { namespace: item.ref.namespace } : targetOf(item.ref)
  const question = { verb, group: resource.group, resource: resource.plural }
  return viewer.may(item.cluster, { ...question, ...definedOf(target) })
}

function definedOf(target: { name?: string; namespace?: string | undefined }): { name?: string; namespace?: string } {
  return {
    ...(target.name !== undefined && { name: target.name }),
    ...(target.namespace !== undefined && { namespace: target.namespace }),
  }
}
