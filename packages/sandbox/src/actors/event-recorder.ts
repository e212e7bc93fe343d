import { createHash } from 'node:crypto'
import { numberAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { events } from '@orbweaver/kube/resources'
import { timestampOf } from '../clock.ts'
import { type ActorContext, unlessExisting, unlessMissing } from './controller.ts'

export type EventText = {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  /** Who says so, e.g. `kubelet`. */
  component: string
}

/** Records that something went as it should. */
export async function recordNormal(
  context: ActorContext,
  about: KubernetesObject,
  text: Omit<EventText, 'type'>,
): Promise<void> {
  if (context.tellsAll?.() !== false) await recordEvent(context, about, { type: 'Normal', ...text })
}

/** Records an event; the same one again only counts up, as client-go's recorder does. */
export async function recordEvent(context: ActorContext, about: KubernetesObject, text: EventText): Promise<void> {
  const { namespace = 'default', name, uid } = about.metadata
  const digest = createHash('sha256').update(`${uid}${text.reason}${text.message}`).digest('hex').slice(0, 16)
  const now = timestampOf(context.clock)
  const metadata = { name: `${name}.${digest}`, namespace }
  const event: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, namespace, name, uid: uid ?? '' },
    type: text.type,
    reason: text.reason,
    message: text.message,
    source: { component: text.component },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  }
  const made = await unlessExisting(context.client.create(events, event))
  if (made !== undefined) return
  const before = await unlessMissing(context.client.get(events, metadata))
  const count = (numberAt(before, 'count') ?? 0) + 1
  await unlessMissing(context.client.patch(events, metadata, { type: 'merge', body: { count, lastTimestamp: now } }))
}
