import { at, textAt } from '@orbweaver/contracts/json'
import type { Resource, WatchEvent, WatchOptions } from './client.ts'
import { KubeError } from './error.ts'
import { linesOf } from './lines.ts'
import { asObject } from './objects.ts'
import type { queryText } from './paths.ts'
import { refusalInStream } from './refusal.ts'
import type { OpenStream, Transport } from './transport.ts'

/**
 * Query of a watch. With sendInitialEvents it is a WatchList: the present state as ADDED events, then a bookmark that
 * marks their end (Kubernetes API concepts, "Streaming lists"; it must come with NotOlderThan and bookmarks).
 */
export function watchQuery(options: WatchOptions): Parameters<typeof queryText>[0] {
  const initial = options.sendInitialEvents === true
  return {
    watch: true,
    allowWatchBookmarks: true,
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
    resourceVersion: options.resourceVersion,
    sendInitialEvents: initial ? true : undefined,
    resourceVersionMatch: initial ? 'NotOlderThan' : undefined,
  }
}

/**
 * Events until the server ends the stream, which is normal after half an hour or so: go on from the last version seen.
 * Rejects with `gone` when that version is too old, `timeout` (reason WatchSilent) when not even bookmarks came, and
 * `unreachable` when the connection broke.
 */
export async function* watchEvents(
  open: () => Promise<OpenStream>,
  { resource, transport, onOpen }: { resource: Resource; transport: Transport; onOpen: (() => void) | undefined },
): AsyncGenerator<WatchEvent, void, undefined> {
  const stream = await open()
  const { cluster, limits } = transport
  const cut = () => new KubeError({ code: 'unreachable', cluster, message: 'the watch was cut', reason: 'WatchCut' })
  const tooLong = () =>
    new KubeError({ code: 'too_large', cluster, message: 'a watch event is too large', reason: 'EventSize' })
  try {
    onOpen?.()
    stream.guard.phase('WatchSilent')
    stream.guard.rearm(limits.watchSilenceMs)
    const chunks = alive(stream, limits.watchSilenceMs)
    for await (const line of linesOf(chunks, { most: limits.maxEventBytes, tooLong, cut })) {
      if (line !== '') yield eventOf(line, { cluster, resource })
    }
  } catch (thrown) {
    throw transport.failure(thrown, stream.guard)
  } finally {
    stream.close()
  }
}

/** Each chunk is a sign of life. */
async function* alive({ body, guard }: OpenStream, silenceMs: number): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of body) {
    guard.rearm(silenceMs)
    yield chunk
  }
}

function eventOf(line: string, { cluster, resource }: { cluster: string; resource: Resource }): WatchEvent {
  const event = parsed(line)
  const type = textAt(event, 'type')
  const body = at(event, 'object')
  if (type === 'ERROR') throw refusalInStream(cluster, body)
  if (type === 'BOOKMARK') {
    const annotation = textAt(body, 'metadata', 'annotations', 'k8s.io/initial-events-end')
    const resourceVersion = textAt(body, 'metadata', 'resourceVersion') ?? ''
    return { type, resourceVersion, initialEventsEnd: annotation === 'true' }
  }
  const object = asObject(resource, body)
  if ((type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') && object !== undefined) return { type, object }
  throw new KubeError({ code: 'bad_answer', cluster, message: 'a line of the watch is not an event' })
}

function parsed(line: string): unknown {
  try {
    const event: unknown = JSON.parse(line)
    return event
  } catch {
    return undefined
  }
}
