import { createHash } from 'node:crypto'
import { canonicalJson, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import type { Identity } from '@orbweaver/kube/client'
import type { PreparedItem } from './prepared.ts'

/** Raised when the meaning of a stored item changes; older Changes are then shown, never executed. */
export const schemaVersion = 1

export type Agreed = { intent: JsonRecord; actor: Identity; items: PreparedItem[]; blocked: Message[] }

/**
 * sha256 of what the person agreed to (design.md section 3): the intent, who, and per item where, what and every
 * touched path before and after. Not in it: status, resourceVersion, counts, words, times.
 */
export function fingerprintOf(agreed: Agreed): string {
  const items = agreed.items.map((item) => ({
    cluster: item.ref.cluster,
    group: item.ref.group,
    kind: item.ref.kind,
    namespace: item.ref.namespace ?? '',
    name: item.ref.name,
    op: item.op,
    uid: item.uid ?? '',
    touched: item.touched.map((path): Json => [path.pointer, path.before ?? null, path.after ?? null]),
  }))
  const text = canonicalJson({
    schemaVersion,
    intent: agreed.intent,
    actor: { user: agreed.actor.user, groups: [...agreed.actor.groups].sort() },
    items,
    blocked: agreed.blocked.map((each) => each.code).sort(),
  })
  return createHash('sha256').update(text).digest('hex')
}
