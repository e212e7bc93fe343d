import { listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { bounded, type KubeErrorCause, type KubeErrorCode, KubeError } from './error.ts'

/** What the server said: its HTTP status and its body, JSON already parsed, text as it came. */
export type Refusal = { cluster: string; status: number; body: unknown; retryAfterMs?: number }

const byReason: Record<string, KubeErrorCode> = {
  AlreadyExists: 'already_exists',
  Conflict: 'conflict',
  Expired: 'gone',
  Gone: 'gone',
  Invalid: 'invalid',
  RequestEntityTooLarge: 'too_large',
  TooManyRequests: 'throttled',
}

const byStatus: Record<number, KubeErrorCode> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'unsupported',
  406: 'unsupported',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  415: 'unsupported',
  422: 'invalid',
  429: 'throttled',
  504: 'timeout',
}

/** Kubernetes apimachinery `admission/plugin/webhook/errors`: the two sentences a webhook's trouble arrives in. */
const webhookUnanswered = /failed calling webhook "([^"]{1,253})"/
const webhookRefused = /admission webhook "([^"]{1,253})" denied the request/
const mostCauses = 100

/** A `Status` object (or any other body an error status came with) as a KubeError. */
export function refusalError({ cluster, status, body, retryAfterMs }: Refusal): KubeError {
  const message = messageOf(body, status)
  const reason = textAt(body, 'reason') ?? (isNotServed(status, body) ? 'NotServed' : undefined)
  const { code, webhook } = verdict(status, { reason, message })
  const wish = retryAfterMs ?? secondsToMs(numberAt(body, 'details', 'retryAfterSeconds'))
  return new KubeError({
    code,
    cluster,
    message,
    status,
    causes: causesOf(body),
    ...(reason === undefined ? {} : { reason }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(wish === undefined ? {} : { retryAfterMs: wish }),
  })
}

/**
 * A watch reports trouble as an ERROR event inside a 200 answer; its object is a `Status` with the code it would have
 * had as an HTTP answer (Kubernetes API concepts, "410 Gone").
 */
export function refusalInStream(cluster: string, object: unknown): KubeError {
  const status = numberAt(object, 'code') ?? 500
  return refusalError({ cluster, status, body: recordAt(object) })
}

function verdict(
  status: number,
  said: { reason: string | undefined; message: string },
): { code: KubeErrorCode; webhook?: string } {
  const unanswered = webhookUnanswered.exec(said.message)?.[1]
  if (unanswered !== undefined) return { code: 'webhook_failed', webhook: unanswered }
  const refused = webhookRefused.exec(said.message)?.[1]
  if (refused !== undefined) return { code: 'invalid', webhook: refused }
  const known = said.reason === undefined ? undefined : byReason[said.reason]
  return { code: known ?? byStatus[status] ?? (status >= 500 ? 'server_error' : 'bad_answer') }
}

/** A path no API group answers for gives plain text, not a Status; so does a proxy that knows no such route. */
function isNotServed(status: number, body: unknown): boolean {
  return status === 404 && typeof body === 'string'
}

function messageOf(body: unknown, status: number): string {
  const said = typeof body === 'string' ? body.trim() : (textAt(body, 'message') ?? '')
  return said === '' ? `the server answered ${status} without a message` : bounded(said)
}

function causesOf(body: unknown): KubeErrorCause[] {
  return listAt(body, 'details', 'causes')
    .slice(0, mostCauses)
    .map((each) => ({
      reason: textAt(each, 'reason') ?? '',
      field: textAt(each, 'field') ?? '',
      message: bounded(textAt(each, 'message') ?? ''),
    }))
}

function secondsToMs(seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds <= 0 ? undefined : seconds * 1000
}
