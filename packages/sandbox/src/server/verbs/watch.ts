import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Cluster } from '../cluster.ts'
import { apiVersionFor, type Served } from '../definition.ts'
import { acceptedForm, type Form } from '../http/accept.ts'
import type { Call, Reply } from '../http/call.ts'
import { isTrue } from '../http/request-info.ts'
import { ApiFault, expired, invalid } from '../status.ts'
import { forbiddenField } from '../field-errors.ts'
import type { Entry } from '../store/collection.ts'
import { entryText, partialMetadata } from '../store/encode.ts'
import { tableOf } from '../table/table.ts'
import type { Watcher, WatchEventType } from '../watch-hub.ts'
import { revisionParameter, selectionOf } from './list-options.ts'

type Asked = { cluster: Cluster; call: Call; served: Served; form: Form }

/** Streams changes until the client leaves, the timeout passes or the server cuts it. */
export function watch(cluster: Cluster, call: Call, served: Served): Reply {
  const form = acceptedForm(call.headers.accept)
  const { key, namespaced } = served.definition
  const selection = selectionOf(call.query, served.definition)
  const initial = initialEvents(call.query)
  const from = revisionParameter(call.query)
  const prefix = namespaced && call.info.namespace !== '' ? `${call.info.namespace}/` : ''
  const stream = openStream(call)
  const asked = { cluster, call, served, form }
  const watcher: Watcher = {
    resource: key,
    prefix,
    matches: (object) => selection.matches(object),
    send: (type, entry) => stream.write(eventText(asked, type, entry)),
    end: () => stream.end(),
  }
  const missed = start(asked, watcher, { from, initial })
  if (missed instanceof ApiFault) {
    stream.write(`{"type":"ERROR","object":${JSON.stringify(missed.body)}}\n`)
    stream.end()
    return { status: 200, body: undefined }
  }
  const bookmarks = isTrue(call.query.get('allowWatchBookmarks') ?? 'false')
  if (initial && bookmarks) stream.write(bookmarkText(asked, { 'k8s.io/initial-events-end': 'true' }))
  stream.closing(cluster.hub.add(watcher))
  if (bookmarks) stream.everyAndLast(cluster.bookmarkMs, () => bookmarkText(asked, undefined))
  return { status: 200, body: undefined }
}

/** WatchList asks for the present state as events. Source: apimachinery pkg/apis/meta/internalversion/validation. */
function initialEvents(query: URLSearchParams): boolean {
  const wish = query.get('sendInitialEvents')
  const match = query.get('resourceVersionMatch') ?? ''
  const listOptions = { group: 'meta.k8s.io', kind: 'ListOptions' }
  if (wish === null) {
    if (match === '') return false
    const detail = 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'
    throw invalid(listOptions, '', [forbiddenField('resourceVersionMatch', detail)])
  }
  if (match !== 'NotOlderThan') {
    const detail = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
    throw invalid(listOptions, '', [forbiddenField('resourceVersionMatch', detail)])
  }
  return isTrue(wish)
}

/** Sends what came before now: the present state, or the changes since a revision, or nothing but a refusal. */
function start(
  asked: Asked,
  watcher: Watcher,
  want: { from: number | undefined; initial: boolean },
): ApiFault | undefined {
  const { cluster } = asked
  const { store } = cluster
  const from = want.from ?? 0
  if (from === 0 || want.initial) {
    const suppressed = asked.call.query.get('sendInitialEvents') === 'false'
    if (suppressed) return undefined
    for (const entry of store.list(watcher.resource, watcher.prefix.slice(0, -1))) {
      if (watcher.matches(entry.object)) watcher.send('ADDED', entry)
    }
    return undefined
  }
  const changes = store.since(watcher.resource, from)
  if (changes === undefined) return expired(`too old resource version: ${from} (${store.oldest()})`)
  cluster.hub.replay(watcher, changes)
  return undefined
}

function eventText(asked: Asked, type: WatchEventType, entry: Entry): string {
  const { cluster, served, form, call } = asked
  if (form.as === 'object') return `{"type":"${type}","object":${entryText(served, entry)}}\n`
  const object =
    form.as === 'partial'
      ? partialMetadata(entry.object)
      : tableOf({ cluster, served, include: call.query.get('includeObject') ?? 'Metadata' }, [entry.object], {
          resourceVersion: String(entry.revision),
        })
  return `${JSON.stringify({ type, object })}\n`
}

function bookmarkText(asked: Asked, annotations: JsonRecord | undefined): string {
  const { cluster, served, form } = asked
  const metadata: JsonRecord = { resourceVersion: String(cluster.store.revision()) }
  if (annotations !== undefined) metadata.annotations = annotations
  const object: JsonRecord =
    form.as === 'partial'
      ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }
      : { kind: served.definition.kind, apiVersion: apiVersionFor(served), metadata }
  return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`
}

type Stream = {
  write(text: string): void
  end(): void
  closing(cleanup: () => void): void
  /** Writes again and again, and once more shortly before the stream ends by itself. */
  everyAndLast(ms: number, text: () => string): void
}

/** Milliseconds before its end at which a watch gets its last bookmark. Source: apiserver storage/cacher nextBookmarkTime. */
const lastBookmarkMs = 2_000

/** Minimum and spread of a watch's life without timeoutSeconds, in ms. Source: apiserver --min-request-timeout. */
const lifeMs = 30 * 60_000

/** A client that reads this much too slowly is cut and has to list again. */
const unreadBytes = 64 * 1024 * 1024

function openStream(call: Call): Stream {
  const { response } = call.raw
  const cleanups: (() => void)[] = []
  const seconds = Number(call.query.get('timeoutSeconds') ?? 0)
  const end = (): void => {
    if (!call.faults().blackHole) response.end()
  }
  const endsInMs = seconds > 0 ? seconds * 1000 : lifeMs * (1 + Math.random())
  const { watchLifeMs } = call.faults()
  const timer = setTimeout(end, watchLifeMs > 0 ? Math.min(watchLifeMs, endsInMs) : endsInMs)
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private' })
  response.flushHeaders()
  response.on('close', () => {
    clearTimeout(timer)
    for (const cleanup of cleanups) cleanup()
  })
  const write = (text: string): void => {
    if (call.faults().blackHole || response.writableEnded) return
    response.write(text)
    if (response.writableLength > unreadBytes) response.destroy()
  }
  return {
    write,
    end,
    closing: (cleanup) => {
      if (response.closed) cleanup()
      else cleanups.push(cleanup)
    },
    everyAndLast(ms, text) {
      const ticking = setInterval(() => write(text()), ms)
      cleanups.push(() => clearInterval(ticking))
      if (endsInMs <= lastBookmarkMs) return
      const last = setTimeout(() => write(text()), endsInMs - lastBookmarkMs)
      cleanups.push(() => clearTimeout(last))
    },
  }
}
