import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { User } from '../authn/user.ts'
import type { FaultState } from '../faults.ts'
import type { RequestInfo } from './request-info.ts'

/** The exchange itself. A request for an upgrade may be taken over with its connection: then the Reply has no body. */
export type Raw = { request: IncomingMessage; response: ServerResponse; upgrade?: () => Duplex }

/** One request on its way through the server, after authentication. */
export type Call = {
  method: string
  url: URL
  query: URLSearchParams
  info: RequestInfo
  headers: IncomingMessage['headers']
  user: User
  /** The whole body; rejects with 413 beyond the limit. */
  body(): Promise<Buffer>
  /** Become `Warning` headers of the answer, in order, each once. */
  warnings: string[]
  /** For watches and tunnels only; everything else returns a Reply. */
  raw: Raw
  /** What is wrong at the moment with the door that it came in by. */
  faults: () => FaultState
}

export type Reply = {
  status: number
  headers?: Record<string, string>
  /** Sent as it is; undefined when the handler streamed the answer itself. */
  body: string | Buffer | undefined
}

export function jsonReply(status: number, body: string): Reply {
  return { status, body, headers: { 'Content-Type': 'application/json' } }
}

export function textReply(status: number, body: string): Reply {
  return { status, body, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' } }
}
