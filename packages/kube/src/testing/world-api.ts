import type { ServerResponse } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { sendJson, serve, type TestServer } from './server.ts'
import { bookmarkLine, deliver, eventLine, type World } from './world.ts'

/** Paged lists of one moment, watches from a revision, WatchList when it is switched on, and `/version`. */
export function serveWorld(world: World): Promise<TestServer> {
  return serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://test')
    const call = callOf(url)
    world.counts[call] += 1
    const fault = world.fault(call)
    if (fault !== undefined) fault(response)
    else if (call === 'version') sendJson(response, { gitVersion: 'v1.34.1' })
    else if (call === 'list') list(world, url.searchParams, response)
    else watch(world, url.searchParams, response)
  })
}

function callOf(url: URL): 'list' | 'watch' | 'version' {
  if (url.pathname === '/version') return 'version'
  return url.searchParams.get('watch') === 'true' ? 'watch' : 'list'
}

/** A continue token is `revision:offset`. */
function list(world: World, query: URLSearchParams, response: ServerResponse): void {
  const [at = world.revision, from = 0] = (query.get('continue') ?? undefined)?.split(':').map(Number) ?? []
  const whole = query.has('continue') ? world.snapshots.get(at) : [...world.objects.values()]
  if (whole === undefined) {
    refuse(response, 'Expired', 410)
    return
  }
  world.snapshots.set(at, whole)
  const end = from + Number(query.get('limit'))
  const more = end < whole.length ? { continue: `${at}:${end}` } : {}
  const metadata = { resourceVersion: String(at), ...more }
  sendJson(response, { kind: 'PodList', apiVersion: 'v1', metadata, items: whole.slice(from, end).map(bare) })
}

/** Items of a list do not name their kind. */
function bare({ metadata }: KubernetesObject): object {
  return { metadata }
}

function watch(world: World, query: URLSearchParams, response: ServerResponse): void {
  const initial = query.get('sendInitialEvents') === 'true'
  const revision = initial ? world.revision : Number(query.get('resourceVersion'))
  if (initial && !world.watchList) {
    refuse(response, 'Invalid', 422)
    return
  }
  if (revision < world.oldest) {
    refuse(response, 'Expired', 410)
    return
  }
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
  if (initial) {
    for (const object of world.objects.values()) response.write(eventLine('ADDED', object))
    response.write(bookmarkLine(revision, { 'k8s.io/initial-events-end': 'true' }))
  }
  const watcher = { response, revision }
  for (const event of world.history) deliver(watcher, event)
  world.watchers.add(watcher)
  response.on('close', () => world.watchers.delete(watcher))
}

function refuse(response: ServerResponse, reason: string, status: number): void {
  sendJson(response, { kind: 'Status', code: status, reason, message: `refused: ${reason}` }, status)
}
