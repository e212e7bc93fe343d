import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import { answerOf, type Reading, type Response } from './answer.ts'
import type { RawAnswer } from './client.ts'
import { type Connection, type Credentials, type Limits, withDefaults } from './connection.ts'
import { type Connections, openConnections } from './dispatcher.ts'
import { KubeError } from './error.ts'
import { failureError } from './failure.ts'
import { createGuards, type Guard, type Guards, orAborted } from './guard.ts'
import { type Redact, redactorOf } from './redact.ts'
import { retried } from './retry.ts'
import { createThrottle, type Throttle } from './throttle.ts'
import { requestUpgrade } from './upgrade.ts'

export type Call = {
  method: string
  /** Path and query, beginning with `/`, without the server's prefix. */
  path: string
  headers: Record<string, string | string[]>
  /** JSON text. */
  body?: string
  /** Repeating it has no other effect than doing it once. */
  repeatable: boolean
  deadlineMs: number
  signal?: AbortSignal
}

/** A body that is still coming. The guard ends it; `close` must be called and ends it too. */
export type OpenStream = { body: AsyncIterable<Buffer>; guard: Guard; close(): void }

/** A connection that the server has handed over, and what its user needs to end and to fail as any other call does. */
export type Upgraded = {
  headers: Response['headers']
  socket: Duplex
  guard: Guard
  reading: Reading
  failure: (thrown: unknown) => KubeError
}

/** One cluster's wire: connections, budget and credentials, shared by all identities that speak over it. */
export type Transport = {
  readonly cluster: string
  readonly server: string
  readonly limits: Required<Limits>
  send(call: Call): Promise<RawAnswer>
  stream(call: Call): Promise<OpenStream>
  /** A WebSocket's connection for as long as it is used. */
  upgraded<T>(call: Call, speak: (upgraded: Upgraded) => Promise<T>): Promise<T>
  /** What was thrown under this guard, as a KubeError without credentials. */
  failure(thrown: unknown, guard: Guard): KubeError
  /** Other credentials from the next call on. */
  renew(credentials: Credentials): void
  close(): Promise<void>
}

export function openTransport(cluster: string, connection: Connection, given?: Limits): Transport {
  const limits = withDefaults(given)
  // What was said before the credentials changed may still echo the last ones.
  let redactors = [redactorOf(connection)]
  const redact: Redact = (text) => redactors.reduce((cleaned, each) => each(cleaned), text)
  const wire: Wire = {
    limits,
    ways: waysOf(connection, limits),
    guards: createGuards(cluster),
    throttle: createThrottle(limits),
    reading: { cluster, redact, most: limits.maxAnswerBytes },
    failure: (thrown, guard) =>
      redacted(failureError(cluster, guard.signal.aborted ? guard.signal.reason : thrown), redact),
  }
  return {
    cluster,
    server: connection.server,
    limits,
    failure: wire.failure,
    send: (call) => send(wire, call),
    stream: (call) => openStream(wire, call),
    upgraded: (call, speak) => upgraded(wire, call, speak),
    renew(credentials) {
      const next = renewed(wire.ways.connection, credentials)
      redactors = [redactorOf(next), ...redactors.slice(0, 1)]
      wire.ways = nextWays(wire.ways, next, limits)
    },
    async close() {
      wire.guards.close()
      await wire.ways.connections.shared.destroy()
    },
  }
}

/** How requests leave now: over which connections, and with which credentials. */
type Ways = { connection: Connection; connections: Connections; outgoing: ReturnType<typeof outgoingOf> }

function waysOf(connection: Connection, limits: Required<Limits>): Ways {
  return { connection, connections: openConnections(connection, limits), outgoing: outgoingOf(connection) }
}

function renewed(connection: Connection, { token, clientCertificate }: Credentials): Connection {
  const { token: _token, clientCertificate: _pair, ...place } = connection
  return {
    ...place,
    ...(token === undefined ? {} : { token }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  }
}

/** A token goes with each request; a client certificate is shown once a connection, so those are opened anew. */
function nextWays(ways: Ways, next: Connection, limits: Required<Limits>): Ways {
  const [before, after] = [ways.connection.clientCertificate, next.clientCertificate]
  const samePair = before?.certificate === after?.certificate && before?.key === after?.key
  if (samePair) return { ...ways, connection: next, outgoing: outgoingOf(next) }
  // Calls under way end in their own time; their guards see to it that they do.
  void ways.connections.shared.close()
  return waysOf(next, limits)
}

type Wire = {
  limits: Required<Limits>
  ways: Ways
  guards: Guards
  throttle: Throttle
  reading: Reading
  failure: Transport['failure']
}

async function send(wire: Wire, call: Call): Promise<RawAnswer> {
  const { limits } = wire
  const guard = wire.guards.start(call)
  const zipped = { ...call, headers: { 'accept-encoding': 'gzip', ...call.headers } }
  try {
    return await retried(() => sendOnce(wire, zipped, guard), { limits, guard, repeatable: call.repeatable })
  } finally {
    guard.done()
  }
}

async function sendOnce(wire: Wire, call: Call, guard: Guard): Promise<RawAnswer> {
  guard.phase('Queued')
  await wire.throttle.token(guard.signal)
  const release = await wire.throttle.slot(guard.signal)
  guard.phase('Deadline')
  try {
    const { connections } = wire.ways
    return await answerOf(await request(wire, connections.shared, { call, guard }), wire.reading)
  } catch (thrown) {
    throw wire.failure(thrown, guard)
  } finally {
    release()
  }
}

async function openStream(wire: Wire, call: Call): Promise<OpenStream> {
  const guard = wire.guards.start(call)
  const dispatcher = wire.ways.connections.single()
  const close = () => {
    guard.done()
    void dispatcher.destroy()
  }
  try {
    await wire.throttle.token(guard.signal)
    const response = await request(wire, dispatcher, { call, guard })
    if (response.statusCode === 200) return { body: response.body, guard, close }
    await answerOf(response, wire.reading)
    const { cluster } = wire.reading
    throw new KubeError({ code: 'bad_answer', cluster, message: 'a watch was not answered by a stream' })
  } catch (thrown) {
    close()
    throw wire.failure(thrown, guard)
  }
}

async function upgraded<T>(wire: Wire, call: Call, speak: (upgraded: Upgraded) => Promise<T>): Promise<T> {
  const guard = wire.guards.start(call)
  const dispatcher = wire.ways.connections.single()
  const failure = (thrown: unknown) => wire.failure(thrown, guard)
  const closing: (() => void)[] = [() => guard.done(), () => void dispatcher.destroy()]
  try {
    guard.phase('Queued')
    await wire.throttle.token(guard.signal)
    closing.push(await wire.throttle.slot(guard.signal))
    guard.phase('Deadline')
    const asked = requestUpgrade(dispatcher, wire.ways.outgoing(call), guard.signal)
    const answer = await orAborted(asked, guard.signal)
    if (!answer.upgraded) {
      await answerOf(answer, wire.reading)
      throw new KubeError({ code: 'bad_answer', cluster: wire.reading.cluster, message: 'the server did not upgrade' })
    }
    const { socket, headers } = answer
    closing.push(() => socket.destroy())
    return await speak({ socket, headers, guard, reading: wire.reading, failure })
  } catch (thrown) {
    throw failure(thrown)
  } finally {
    for (const close of closing) close()
  }
}

function request(
  { ways }: Wire,
  dispatcher: Dispatcher,
  { call, guard: { signal } }: { call: Call; guard: Guard },
): Promise<Dispatcher.ResponseData> {
  return orAborted(dispatcher.request({ ...ways.outgoing(call), signal }), signal)
}

/** A request with the cluster's credentials. A redirect is an answer like any other: they go nowhere else. */
function outgoingOf(connection: Connection): (call: Call) => Dispatcher.DispatchOptions {
  const { origin, pathname } = new URL(connection.server)
  const prefix = pathname.replace(/\/+$/, '')
  const authorization = connection.token === undefined ? {} : { authorization: `Bearer ${connection.token}` }
  return (call) => ({
    origin,
    path: `${prefix}${call.path}`,
    method: call.method,
    headers: { 'user-agent': 'orbweaver', ...authorization, ...call.headers },
    ...(call.body === undefined ? {} : { body: call.body }),
  })
}

function redacted(error: KubeError, redact: Redact): KubeError {
  error.message = redact(error.message)
  for (const cause of error.causes) {
    cause.reason = redact(cause.reason)
    cause.field = redact(cause.field)
    cause.message = redact(cause.message)
  }
  return error
}
