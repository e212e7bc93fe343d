import type { Dispatcher } from 'undici'
import { answerOf } from './answer.ts'
import type { RawAnswer } from './client.ts'
import { type Connection, type Limits, withDefaults } from './connection.ts'
import { openDispatcher } from './dispatcher.ts'
import { KubeError } from './error.ts'
import { failureError } from './failure.ts'
import { createGuards, type Guard } from './guard.ts'
import { type Redact, redactorOf } from './redact.ts'
import { retried } from './retry.ts'
import { createThrottle } from './throttle.ts'

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

/** A body that is still coming. The guard ends it; `done` must be called. */
export type OpenStream = { body: AsyncIterable<Buffer>; guard: Guard }

/** One cluster's wire: connections, budget and credentials, shared by all identities that speak over it. */
export type Transport = {
  readonly cluster: string
  readonly server: string
  readonly limits: Required<Limits>
  readonly redact: Redact
  send(call: Call): Promise<RawAnswer>
  stream(call: Call): Promise<OpenStream>
  close(): Promise<void>
}

export function openTransport(cluster: string, connection: Connection, given?: Limits): Transport {
  const limits = withDefaults(given)
  const dispatcher = openDispatcher(connection, limits)
  const request = requester(connection, dispatcher)
  const guards = createGuards(cluster)
  const throttle = createThrottle(limits)
  const redact = redactorOf(connection)
  const reading = { cluster, redact, most: limits.maxAnswerBytes }

  const once = async (call: Call, guard: Guard): Promise<RawAnswer> => {
    await throttle.token(guard.signal)
    const release = await throttle.slot(guard.signal)
    try {
      return await answerOf(await request(call, guard.signal), reading)
    } catch (thrown) {
      throw failureOf(thrown, { cluster, redact, guard })
    } finally {
      release()
    }
  }
  return {
    cluster,
    server: connection.server,
    limits,
    redact,
    async send(call) {
      const guard = guards.start(call)
      const zipped = { ...call, headers: { 'accept-encoding': 'gzip', ...call.headers } }
      try {
        return await retried(() => once(zipped, guard), { limits, guard, repeatable: call.repeatable })
      } finally {
        guard.done()
      }
    },
    async stream(call) {
      const guard = guards.start(call)
      try {
        await throttle.token(guard.signal)
        const response = await request(call, guard.signal)
        if (response.statusCode === 200) return { body: response.body, guard }
        await answerOf(response, reading)
        throw new KubeError({ code: 'bad_answer', cluster, message: 'a watch was not answered by a stream' })
      } catch (thrown) {
        guard.done()
        throw failureOf(thrown, { cluster, redact, guard })
      }
    },
    async close() {
      guards.close()
      await dispatcher.destroy()
    },
  }
}

/** Sends one request with the cluster's credentials. A redirect is an answer like any other: they go nowhere else. */
function requester(connection: Connection, dispatcher: Dispatcher) {
  const { origin, pathname } = new URL(connection.server)
  const prefix = pathname.replace(/\/+$/, '')
  const authorization = connection.token === undefined ? {} : { authorization: `Bearer ${connection.token}` }
  return (call: Call, signal: AbortSignal) =>
    dispatcher.request({
      origin,
      path: `${prefix}${call.path}`,
      method: call.method,
      headers: { 'user-agent': 'orbweaver', ...authorization, ...call.headers },
      signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    })
}

function failureOf(
  thrown: unknown,
  { cluster, redact, guard }: { cluster: string; redact: Redact; guard: Guard },
): KubeError {
  const error = failureError(cluster, guard.signal.aborted ? guard.signal.reason : thrown)
  error.message = redact(error.message)
  for (const cause of error.causes) cause.message = redact(cause.message)
  return error
}
