import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { IdentityMode } from '@orbweaver/contracts/access'
import type { Connection } from '@orbweaver/kube/connection'
import type { Express } from 'express'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import type { Changes } from './changes/changes.ts'
import type { Keys } from './changes/keys.ts'
import { createDrain, type Drain, type DrainLimits } from './http/drain.ts'
import { createMetrics } from './http/metrics.ts'
import { metricsGuard } from './http/metrics-guard.ts'
import { createNotices } from './http/notices.ts'
import type { Authority } from './identity/authority.ts'
import { createDoorkeeper } from './identity/doorkeeper.ts'
import { createKeyring, macsOf } from './identity/keyring.ts'
import { createLocalAuthority } from './identity/local.ts'
import type { PersonaIdentity } from './identity/personas.ts'
import { createSelfAuthority } from './identity/self.ts'
import { createSessionStore, type SessionStore } from './identity/session-store.ts'
import { createTokenAuthority } from './identity/token.ts'
import type { Fleet, OfferedContext } from './kube/doors.ts'
import { openFleet } from './kube/fleet.ts'
import { mayKnow, wordsOf } from './kube/fleet-notices.ts'
import { openViewer } from './kube/viewer.ts'
import { createPrometheus } from './prometheus/prometheus.ts'

export type StartOptions = {
  mode: IdentityMode
  hub: Connection
  /** Other contexts of the start kubeconfig, offered for registration. */
  offered: readonly OfferedContext[]
  /** Tells whenever these two were made anew: the same servers, by other credentials. Returns what ends it. */
  renewals?: (take: (to: Pick<StartOptions, 'hub' | 'offered'>) => void) => () => void
  personas: readonly PersonaIdentity[]
  readOnly: boolean
  frameAncestors: readonly string[]
  version: string
  log: Logger
  host: string
  port: number
  tls?: { cert: string; key: string } | undefined
  behindTls: boolean
  consoleDirectory?: string | undefined
  /** How long an answer about somebody's rights is taken for true (ms); 30 s unless told otherwise. */
  verdictTtlMs?: number | undefined
  /** The change engine, and whatever works behind it. */
  engine: (parts: { fleet: Fleet; keys: Keys; log: Logger }) => { changes: Changes; stop: () => Promise<void> }
}

export type RunningServer = {
  /** As it was bound: port 0 has become a real one. */
  readonly address: string
  /** Tells load balancers, ends streams, waits for answers under way; then lets go of the clusters. */
  stop(limits?: Partial<DrainLimits>): Promise<void>
}

/** Everything between a kubeconfig and a listening port. Rejects, with nothing left behind, when it cannot listen. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const works = openWorks(options)
  const drain = createDrain()
  try {
    const server = createServer(appOf(options, works, drain), options.tls)
    await listen(server, options)
    return {
      address: addressOf(server, options),
      async stop(limits) {
        await drain.close(server, { announceMs: options.mode === 'token' ? 2_000 : 0, limitMs: 8_000, ...limits })
        await works.close()
      },
    }
  } catch (error) {
    await works.close()
    throw error
  }
}

/** What goes on whether anybody asks or not: the clusters, the sessions, the change engine. */
function openWorks({ mode, log, hub, offered, renewals, verdictTtlMs, engine: openEngine }: StartOptions) {
  const fleet = openFleet({ hub, self: mode === 'self', log, offered, verdictTtlMs })
  const endRenewals = renewals?.((to) => fleet.renew(to))
  const keyring = createKeyring(fleet.hub.own)
  const sessions = createSessionStore({ hub: fleet.hub.own, keyring, log })
  const engine = openEngine({ fleet, keys: macsOf(keyring), log })
  return {
    fleet,
    sessions,
    changes: engine.changes,
    async close() {
      endRenewals?.()
      await engine.stop()
      sessions.close()
      fleet.close()
    },
  }
}

type Works = ReturnType<typeof openWorks>

function appOf(options: StartOptions, { fleet, sessions, changes }: Works, drain: Drain): Express {
  const { mode, log, readOnly, tls, behindTls, version, frameAncestors, consoleDirectory } = options
  const secure = tls !== undefined || behindTls
  const loopbackOnly = mode === 'local' || mode === 'self'
  const authority = authorityOf(options, { sessions, hub: fleet.hub.own })
  const cookies = { secure, framed: frameAncestors.length > 0 }
  const notices = createNotices({ ends: drain.signal, mayKnow: (viewer, notice) => mayKnow(fleet, viewer, notice) })
  fleet.onChange((cluster, kinds) => {
    for (const word of wordsOf(kinds)) notices.say({ word, cluster })
  })
  const metrics = createMetrics({ fleet, mirrored: () => fleet.sizes(), sessions: () => sessions.count() })
  return createApp({
    log,
    fleet,
    changes,
    prometheus: createPrometheus({ fleet, observe: metrics.queried }),
    notices,
    drain,
    version,
    frameAncestors,
    consoleDirectory,
    doorkeeper: createDoorkeeper({ authority, cookies, readOnly, version }),
    open: (identity) => openViewer(fleet, identity),
    metrics,
    loopbackOnly,
    // What only this machine reaches is guarded by it: whoever runs something here could read the console's memory too.
    metricsGuard: loopbackOnly ? [] : metricsGuard(fleet.hub.own),
    tls: secure,
    behindProxy: behindTls,
    signInsPerMinute: mode === 'token' ? 20 : 600,
  })
}

type Parts = { sessions: SessionStore; hub: Fleet['hub']['own'] }

function authorityOf({ mode, personas, log }: StartOptions, { sessions, hub }: Parts): Authority {
  switch (mode) {
    case 'local':
      return createLocalAuthority(personas, sessions)
    case 'self':
      return createSelfAuthority(hub)
    case 'token':
      return createTokenAuthority({ hub, sessions, log })
  }
}

function createServer(app: Express, tls: StartOptions['tls']): Server {
  const server = tls === undefined ? createHttpServer(app) : createHttpsServer(tls, app)
  // Node answers a request that is none by itself: nothing of ours runs for it.
  server.headersTimeout = 20_000
  server.requestTimeout = 60_000
  // Longer than load balancers keep a connection idle (60 s is usual): who closes first must not be us.
  server.keepAliveTimeout = 65_000
  return server
}

function listen(server: Server, { host, port }: StartOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function addressOf(server: Server, { host, tls }: StartOptions): string {
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const shown = host.includes(':') ? `[${host}]` : host
  return `${tls === undefined ? 'http' : 'https'}://${shown}:${port}`
}
