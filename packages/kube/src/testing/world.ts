import type { ServerResponse } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

type WorldEvent = { revision: number; type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
export type Watcher = { response: ServerResponse; revision: number }

/** What one list, watch or version call meets: an answer of its own, or undefined for the normal one. */
export type Fault = ((response: ServerResponse) => void) | undefined

/** Pods as an API server keeps them: revisions, and a history that can be compacted. world-api.ts serves it. */
export type World = {
  objects: Map<string, KubernetesObject>
  revision: number
  made: number
  history: WorldEvent[]
  /** Revision before which nothing is remembered. */
  oldest: number
  /** Lists that are being paged through, by their revision. */
  snapshots: Map<number, KubernetesObject[]>
  watchers: Set<Watcher>
  watchList: boolean
  /** How many calls of each sort came. */
  counts: { list: number; watch: number; version: number }
  /** Decides about each call before the world answers it. */
  fault: (call: 'list' | 'watch' | 'version') => Fault
}

export function createWorld(): World {
  return {
    objects: new Map(),
    revision: 1,
    made: 0,
    history: [],
    oldest: 0,
    snapshots: new Map(),
    watchers: new Set(),
    watchList: false,
    counts: { list: 0, watch: 0, version: 0 },
    fault: () => undefined,
  }
}

export function putPod(world: World, name: string, labels: Record<string, string> = {}): void {
  world.revision += 1
  const old = world.objects.get(name)
  if (old === undefined) world.made += 1
  const uid = old?.metadata.uid ?? `uid-${world.made}`
  const resourceVersion = String(world.revision)
  const managedFields = [{ manager: 'kubectl' }]
  const metadata = { name, namespace: 'shop', uid, resourceVersion, labels, managedFields }
  const object = { apiVersion: 'v1', kind: 'Pod', metadata }
  world.objects.set(name, object)
  record(world, old === undefined ? 'ADDED' : 'MODIFIED', object)
}

export function removePod(world: World, name: string): void {
  const old = world.objects.get(name)
  if (old === undefined) return
  world.revision += 1
  world.objects.delete(name)
  record(world, 'DELETED', { ...old, metadata: { ...old.metadata, resourceVersion: String(world.revision) } })
}

/** Forgets the history: watches from before now are told 410, and so are lists half read. */
export function compact(world: World): void {
  world.oldest = world.revision
  world.history = []
  world.snapshots.clear()
}

export function sendBookmarks(world: World): void {
  for (const { response } of world.watchers) response.write(bookmarkLine(world.revision))
}

const endings = {
  close: (response: ServerResponse) => response.end(),
  'half-line': (response: ServerResponse) => response.end('{"type":"MODIFIED","obj'),
  destroy: (response: ServerResponse) => response.destroy(),
  'gone-event': (response: ServerResponse) =>
    response.end(
      eventLine('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }),
    ),
}
export type WatchEnding = keyof typeof endings

/** Ends the open watches: normally, in the middle of a line, by a broken connection, or with a 410 event. */
export function endWatches(world: World, how: WatchEnding): void {
  for (const watcher of world.watchers) {
    world.watchers.delete(watcher)
    endings[how](watcher.response)
  }
}

function record(world: World, type: WorldEvent['type'], object: KubernetesObject): void {
  const event = { revision: world.revision, type, object }
  world.history.push(event)
  for (const watcher of world.watchers) deliver(watcher, event)
}

export function deliver(watcher: Watcher, event: WorldEvent): void {
  if (event.revision > watcher.revision) watcher.response.write(eventLine(event.type, event.object))
}

export function eventLine(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`
}

export function bookmarkLine(revision: number, annotations: Record<string, string> = {}): string {
  return eventLine('BOOKMARK', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { resourceVersion: String(revision), annotations },
  })
}
