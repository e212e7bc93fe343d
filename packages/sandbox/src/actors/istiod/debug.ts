import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { SyncStatus } from './first-sync.ts'
import type { Issued } from './issue.ts'

/** A cluster this istiod reads (pkg/cluster DebugInfo); its own has no Secret. */
export type ReadCluster = { id: string; secretName: string; syncStatus: SyncStatus }

export type Knowledge = {
  version: string
  clusters: () => ReadCluster[]
  mesh: () => object
  /** What it shows in handshakes. */
  serving: () => Promise<Issued | undefined>
  /** What one of its Pods has counted. */
  metrics: (pod: string) => Promise<string>
}

/** Ports of an istiod's Pod: http-debug and http-monitoring are spoken to by HTTP from its loopback, grpc-xds by TLS. */
const ports = { debug: 8080, monitoring: 15014, xds: 15012 } as const

type Answer = { type: `application/json` | `text/plain; ${string}`; body: string }
type Ask = (known: Knowledge, query: URLSearchParams, pod: string) => Answer | Promise<Answer>

const json =
  (of: (known: Knowledge) => object): Ask =>
  (known, query) => ({
    type: 'application/json',
    body: query.has('pretty') ? JSON.stringify(of(known), null, '  ') : JSON.stringify(of(known)),
  })

/** The text format, whatever is asked for: promhttp offers others besides. */
const metrics: Ask = async (known, _query, pod) => ({
  type: 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
  body: await known.metrics(pod),
})

const text = (of: (known: Knowledge) => string): Ask => {
  return (known) => ({ type: 'text/plain; charset=utf-8', body: of(known) })
}

/**
 * Of istiod's debug API what tells of clusters, proxies and settings (pilot/pkg/xds/debug.go). No proxy runs in a sandbox,
 * so none can be named here; metrics count those that Pods have.
 */
const debug: Readonly<Record<string, Ask>> = {
  '/debug/adsz': json(() => ({ totalClients: 0 })),
  '/debug/clusterz': json(({ clusters }) => clusters()),
  '/debug/connections': json(() => ({ totalClients: 0 })),
  '/debug/list': json(() => Object.keys(debug).flatMap(commandOf).sort()),
  '/debug/mesh': json(({ mesh }) => mesh()),
  '/debug/syncz': json(() => []),
}

function commandOf(path: string): string[] {
  const command = path.replace('/debug/', '')
  return command === 'list' ? [] : [command]
}

/** Both ports serve the debug API; readiness is asked at one of them, the version at the other (bootstrap/server.go). */
const served: ReadonlyMap<number, Readonly<Record<string, Ask>>> = new Map([
  [ports.debug, { ...debug, '/ready': text(() => '') }],
  [ports.monitoring, { ...debug, '/metrics': metrics, '/version': text(({ version }) => `${version}-unknown-Clean`) }],
])

/** Takes a connection to a port of one of this istiod's Pods; undefined where it does not speak HTTP. */
export type IstiodPorts = (port: number, pod: string) => ((connection: Duplex) => void) | undefined

/** An istiod's HTTP servers, which listen nowhere: connections are handed to them. */
export function openPorts(known: Knowledge): IstiodPorts {
  const servers = new Map<number, Server>()
  const podOf = new WeakMap<Duplex, string>()
  for (const [port, paths] of served) {
    servers.set(
      port,
      createServer((request, response) => {
        const pod = podOf.get(request.socket) ?? ''
        answer({ paths, known, pod }, request, response).catch(() => response.destroy())
      }),
    )
  }
  return (port, pod) => {
    if (port === ports.xds) return (connection) => void shakeHands(connection, known)
    const server = servers.get(port)
    if (server === undefined) return undefined
    return (connection) => {
      podOf.set(connection, pod)
      server.emit('connection', connection)
    }
  }
}

type Serving = { paths: Readonly<Record<string, Ask>>; known: Knowledge; pod: string }

async function answer(
  { paths, known, pod }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://istiod')
  const ask = Object.hasOwn(paths, pathname) ? paths[pathname] : undefined
  if (ask === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n')
    return
  }
  const { type, body } = await ask(known, searchParams, pod)
  response.writeHead(200, { 'content-type': type }).end(body)
}

/** No xDS is spoken here: who comes for more than the certificate is hung up on. */
async function shakeHands(connection: Duplex, { serving }: Knowledge): Promise<void> {
  const issued = await serving()
  if (issued === undefined) {
    connection.destroy()
    return
  }
  const { chain: cert, key } = issued
  const secureContext = createSecureContext({ cert, key })
  const socket = new TLSSocket(connection, { isServer: true, secureContext, ALPNProtocols: ['h2'] })
  socket.on('error', () => connection.destroy())
  socket.on('data', () => socket.end())
}
