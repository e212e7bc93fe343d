import type { Notice } from '@orbweaver/contracts/events'
import type { Logger } from 'pino'
import type { Changes } from '../changes/changes.ts'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'
import type { Prometheus } from '../prometheus/prometheus.ts'

/** What every handler is given: who asks, through whose eyes it reads, and the only way to write. */
export type Context = {
  requestId: string
  log: Logger
  fleet: Fleet
  viewer: ViewerDoor
  changes: Changes
  prometheus: Prometheus
  notices: Notices
  /** Of the console itself. */
  version: string
  signal: AbortSignal
}

/** The server's side of the one SSE stream: what to say, to whom it may be said. */
export type Notices = {
  say(notice: Notice): void
  subscribe(viewer: ViewerDoor, signal: AbortSignal): AsyncIterable<Notice>
}
