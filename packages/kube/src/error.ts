/** Every way a call to an API server can fail. Rendered by the console; the server's words are only evidence. */
export type KubeErrorCode =
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'aborted'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'already_exists'
  | 'conflict'
  | 'invalid'
  | 'gone'
  | 'too_large'
  | 'throttled'
  | 'webhook_failed'
  | 'pod_unreachable'
  | 'unsupported'
  | 'server_error'
  | 'bad_answer'

/** One entry of `Status.details.causes`: a field that was refused, or the manager that owns it. */
export type KubeErrorCause = { reason: string; field: string; message: string }

export type KubeErrorDetails = {
  code: KubeErrorCode
  cluster: string
  message: string
  /** HTTP status, when the server answered at all. */
  status?: number
  /** The server's `Status.reason`, the socket's error code, or our own word for what was missing. */
  reason?: string
  causes?: KubeErrorCause[]
  /** The admission webhook that refused (`invalid`) or could not be asked (`webhook_failed`). */
  webhook?: string
  /** The server's wish, in milliseconds. */
  retryAfterMs?: number
}

const longestMessage = 2_000

/** The only error this package rejects with. Holds no credential: what it is built from was redacted before. */
export class KubeError extends Error {
  readonly code: KubeErrorCode
  readonly cluster: string
  readonly status: number | undefined
  readonly reason: string | undefined
  readonly causes: KubeErrorCause[]
  readonly webhook: string | undefined
  readonly retryAfterMs: number | undefined

  constructor(details: KubeErrorDetails) {
    super(bounded(details.message))
    this.name = 'KubeError'
    this.code = details.code
    this.cluster = details.cluster
    this.status = details.status
    this.reason = details.reason
    this.causes = details.causes ?? []
    this.webhook = details.webhook
    this.retryAfterMs = details.retryAfterMs
  }
}

/** Server text is evidence for a person: enough to read, never a whole page of HTML. */
export function bounded(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`
}
