import { isRecord, type Json, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { authored, holds, valueAt } from '@orbweaver/istio/diff/touched'
import { restartPointer } from './prepared.ts'
import type { RecordItem } from './record.ts'

/**
 * What the live object says about an item that may or may not have been written: done when it equals *after*, run
 * when it equals *before*, anything else is for a person. The same question is asked before a first try, after a
 * crash, and after a 409.
 */
export type Verdict = 'done' | 'run' | 'conflict'

export type Evidence = {
  item: RecordItem
  live: KubernetesObject | undefined
  /** Time of the Change: what a restart writes. */
  at: string
}

export function verdictOf(evidence: Evidence): Verdict {
  switch (evidence.item.op) {
    case 'create':
      return ofCreate(evidence)
    case 'update':
      return ofUpdate(evidence)
    case 'delete':
      return ofDelete(evidence)
    case 'restart':
      return ofRestart(evidence)
  }
}

function ofCreate({ item, live }: Evidence): Verdict {
  if (live === undefined) return 'run'
  if (item.object === undefined) return 'conflict'
  // A Secret's values are only known as keyed hashes: its keys have to do. Its name is made for this one purpose.
  if (item.ref.kind === 'Secret' && item.ref.group === '') return sameKeys(item.object, live) ? 'done' : 'conflict'
  return covers(authored(live), authored(item.object)) ? 'done' : 'conflict'
}

function sameKeys(wanted: KubernetesObject, live: KubernetesObject): boolean {
  const keys = (object: KubernetesObject) => (isRecord(object.data) ? Object.keys(object.data).sort() : [])
  return sameJson(keys(wanted), keys(live))
}

function ofUpdate({ item, live }: Evidence): Verdict {
  if (live === undefined || (item.uid !== undefined && live.metadata.uid !== item.uid)) return 'conflict'
  if (holds(live, item.touched, 'after')) return 'done'
  return holds(live, item.touched, 'before') ? 'run' : 'conflict'
}

function ofDelete({ item, live }: Evidence): Verdict {
  if (live === undefined) return 'done'
  if (item.uid !== undefined && live.metadata.uid !== item.uid) return 'done'
  return live.metadata.deletionTimestamp === undefined ? 'run' : 'done'
}

function ofRestart({ item, live, at }: Evidence): Verdict {
  if (live === undefined || (item.uid !== undefined && live.metadata.uid !== item.uid)) return 'conflict'
  const found = valueAt(live, restartPointer)
  if (found === at) return 'done'
  // Somebody else restarted it since: newer than ours is as good, older is what was there before.
  if (typeof found === 'string' && Date.parse(found) > Date.parse(at)) return 'done'
  return 'run'
}

/** Whether an object holds everything another one says; what servers and webhooks added is allowed. */
function covers(live: Json | undefined, wanted: Json | undefined): boolean {
  if (isRecord(wanted)) {
    return isRecord(live)
      ? Object.entries(wanted).every(([key, each]) => covers(live[key], each))
      : Object.keys(wanted).length === 0
  }
  if (Array.isArray(wanted)) {
    if (wanted.length === 0 && live === undefined) return true
    return (
      Array.isArray(live) && live.length === wanted.length && wanted.every((each, index) => covers(live[index], each))
    )
  }
  return wanted === undefined || sameJson(live, wanted)
}
