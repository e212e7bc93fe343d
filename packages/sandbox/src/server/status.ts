import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { type FieldError, fieldErrorText } from './field-errors.ts'

/** A refusal as the API server words it: the body is a Status object. Source: apimachinery pkg/api/errors v0.36. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault'
  readonly code: number
  readonly reason: string
  readonly details: JsonRecord | undefined
  readonly headers: Record<string, string>
  readonly metadata: JsonRecord

  constructor(parts: {
    code: number
    reason: string
    message: string
    details?: JsonRecord
    headers?: Record<string, string>
    metadata?: JsonRecord
  }) {
    super(parts.message)
    this.code = parts.code
    this.reason = parts.reason
    this.details = parts.details
    this.headers = parts.headers ?? {}
    this.metadata = parts.metadata ?? {}
  }

  get body(): JsonRecord {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    }
  }
}

/** Group and plural of a resource: how errors name it. */
export type ResourceName = { group: string; plural: string }

function qualified(of: ResourceName): string {
  return of.group === '' ? of.plural : `${of.plural}.${of.group}`
}

function detailsOf(group: string, kind: string, name: string): JsonRecord {
  const details: JsonRecord = {}
  if (name !== '') details.name = name
  if (group !== '') details.group = group
  if (kind !== '') details.kind = kind
  return details
}

export function badRequest(message: string): ApiFault {
  return new ApiFault({ code: 400, reason: 'BadRequest', message })
}

export function unauthorized(): ApiFault {
  return new ApiFault({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' })
}

export function forbidden(of: ResourceName | undefined, name: string, why: string): ApiFault {
  if (of === undefined || of.plural === '') {
    return new ApiFault({ code: 403, reason: 'Forbidden', message: `forbidden: ${why}`, details: {} })
  }
  const subject = name === '' ? qualified(of) : `${qualified(of)} "${name}"`
  const details = detailsOf(of.group, of.plural, name)
  return new ApiFault({ code: 403, reason: 'Forbidden', message: `${subject} is forbidden: ${why}`, details })
}

export function notFound(of: ResourceName, name: string): ApiFault {
  const details = detailsOf(of.group, of.plural, name)
  return new ApiFault({ code: 404, reason: 'NotFound', message: `${qualified(of)} "${name}" not found`, details })
}

/** The answer for a path under /api or /apis that serves nothing. */
export function unknownPath(): ApiFault {
  const message = 'the server could not find the requested resource'
  return new ApiFault({ code: 404, reason: 'NotFound', message, details: {} })
}

export function methodNotAllowed(): ApiFault {
  const message = 'the server does not allow this method on the requested resource'
  return new ApiFault({ code: 405, reason: 'MethodNotAllowed', message, details: {} })
}

export function notAcceptable(): ApiFault {
  const available =
    'application/json, application/yaml, application/vnd.kubernetes.protobuf, application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch'
  const message = `406: Not Acceptable\n\nAvailable representations: ${available}`
  return new ApiFault({ code: 406, reason: 'NotAcceptable', message, details: {} })
}

export function alreadyExists(of: ResourceName, name: string): ApiFault {
  const details = detailsOf(of.group, of.plural, name)
  return new ApiFault({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(of)} "${name}" already exists`,
    details,
  })
}

export const modifiedMeanwhile =
  'the object has been modified; please apply your changes to the latest version and try again'

export function conflict(of: ResourceName, name: string, why: string): ApiFault {
  const details = detailsOf(of.group, of.plural, name)
  const message = `Operation cannot be fulfilled on ${qualified(of)} "${name}": ${why}`
  return new ApiFault({ code: 409, reason: 'Conflict', message, details })
}

export type Cause = { reason: string; message: string; field: string }

export function applyConflict(message: string, causes: Cause[]): ApiFault {
  return new ApiFault({ code: 409, reason: 'Conflict', message, details: { causes } })
}

export function expired(message: string, continueToken?: string): ApiFault {
  const metadata = continueToken === undefined ? {} : { continue: continueToken }
  return new ApiFault({ code: 410, reason: 'Expired', message, metadata })
}

export function tooLarge(limit: number): ApiFault {
  const message = `Request entity too large: limit is ${limit}`
  return new ApiFault({ code: 413, reason: 'RequestEntityTooLarge', message })
}

export function unsupportedMediaType(accepted: string[]): ApiFault {
  const which = accepted.join(', ')
  const message = `the body of the request was in an unknown format - accepted media types include: ${which}`
  return new ApiFault({ code: 415, reason: 'UnsupportedMediaType', message })
}

/** A patch of a type that no kind knows. */
export function unknownPatchType(): ApiFault {
  return new ApiFault({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: '415: Unsupported Media Type',
    details: {},
  })
}

export function invalid(of: { group: string; kind: string }, name: string, errors: FieldError[]): ApiFault {
  const texts = [...new Set(errors.map((each) => `${each.field}: ${fieldErrorText(each)}`))]
  const joined = texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`
  const subject = of.group === '' ? of.kind : `${of.kind}.${of.group}`
  const causes: Json[] = errors.map((each) => ({
    reason: each.reason,
    message: fieldErrorText(each),
    field: each.field,
  }))
  const details = detailsOf(of.group, of.kind, name)
  details.causes = causes
  return new ApiFault({ code: 422, reason: 'Invalid', message: `${subject} "${name}" is invalid: ${joined}`, details })
}

export function unprocessable(message: string, details?: JsonRecord): ApiFault {
  return new ApiFault({ code: 422, reason: 'Invalid', message, ...(details === undefined ? {} : { details }) })
}

export function internal(why: string): ApiFault {
  const details = { causes: [{ message: why }] }
  const message = `Internal error occurred: ${why}`
  return new ApiFault({ code: 500, reason: 'InternalError', message, details })
}

export function unavailable(message: string): ApiFault {
  return new ApiFault({ code: 503, reason: 'ServiceUnavailable', message })
}

/** Asked for a resourceVersion that is still to come. Source: apiserver storage/errors.go NewTooLargeResourceVersionError. */
export function tooLargeResourceVersion(asked: number, current: number): ApiFault {
  const details = {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  }
  return new ApiFault({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details,
    headers: { 'Retry-After': '1' },
  })
}
