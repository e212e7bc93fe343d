import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { checkTexts, has, numberOf, textOf } from './shared-fields.ts'
import { durationProblem, hasFractionOfSecond } from './durations.ts'
import { portProblem, quoted } from './names.ts'
import { regexProblem } from './regex.ts'
import { forEach, type Report } from './report.ts'

/** The actions of an HTTP route beside its destinations (pkg/config/validation/validation.go). */

const CORS_METHODS = new Set('GET HEAD POST PUT PATCH DELETE CONNECT OPTIONS TRACE *'.split(' '))

export function checkCors(cors: Json | undefined, report: Report): void {
  forEach(listAt(cors, 'allowOrigins'), report.at('allowOrigins'), (origin, place) => {
    const regex = textAt(origin, 'regex')
    const match = textAt(origin, 'exact') ?? textAt(origin, 'prefix') ?? regex ?? ''
    if (match === '') place.error(`'${match}' is not a valid match type for CORS allow origins`)
    else if (regex !== undefined) place.at('regex').error(regexProblem(regex, 'corsPolicy.allowOrigins'))
  })
  checkTexts(listAt(cors, 'allowMethods'), report.at('allowMethods'), (method) =>
    CORS_METHODS.has(method) ? undefined : `${quoted(method)} is not a supported HTTP method`,
  )
  for (const field of ['allowHeaders', 'exposeHeaders']) {
    checkTexts(listAt(cors, field), report.at(field), (name) => (name === '*' ? undefined : headerNameProblem(name)))
  }
  const maxAge = textAt(cors, 'maxAge')
  if (maxAge === undefined) return
  report.at('maxAge').error(durationProblem(maxAge))
  if (hasFractionOfSecond(maxAge)) report.at('maxAge').listed('max_age duration is accurate only to seconds precision')
}

export function headerNameProblem(name: string): string | undefined {
  if (name === '') return 'header name cannot be empty'
  return /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/.test(name) ? undefined : `header name ${name} is not a valid header name`
}

const GRPC_STATUS = new Set(
  (
    'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED ' +
    'UNAUTHENTICATED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL ' +
    'UNAVAILABLE DATA_LOSS'
  ).split(' '),
)

function percentageProblem(percentage: Json | undefined): string | undefined {
  const value = numberAt(percentage, 'value')
  const fine = value === undefined || value === 0 || (value >= 0.0001 && value <= 100)
  return fine ? undefined : `percentage ${decimal(value)} is neither 0.0, nor in range [0.0001, 100.0]`
}

/** How Go prints a small fraction: with two digits of exponent. */
const decimal = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(value)

function statusProblem(status: number): string | undefined {
  return status < 200 || status > 600 ? `HTTP status ${status} is not in range 200-599` : undefined
}

export function checkFault(fault: Json | undefined, report: Report): void {
  if (fault === undefined || fault === null) return
  if (!has(fault, 'abort') && !has(fault, 'delay')) {
    report.listed('HTTP fault injection must have an abort and/or a delay')
  }
  if (has(fault, 'abort')) checkAbort(at(fault, 'abort'), report.at('abort'))
  const delay = report.at('delay')
  delay.at('percentage').error(percentageProblem(at(fault, 'delay', 'percentage')))
  delay.at('fixedDelay').error(durationProblem(textAt(fault, 'delay', 'fixedDelay')))
  const exponential = textAt(fault, 'delay', 'exponentialDelay')
  if (exponential === undefined) return
  delay.at('exponentialDelay').error(durationProblem(exponential))
  delay.at('exponentialDelay').listed('exponentialDelay not supported yet')
}

function checkAbort(abort: Json | undefined, report: Report): void {
  report.at('percentage').error(percentageProblem(at(abort, 'percentage')))
  const grpc = textAt(abort, 'grpcStatus')
  const http = numberAt(abort, 'httpStatus')
  if (grpc !== undefined && !GRPC_STATUS.has(grpc)) {
    const where = 'https://github.com/grpc/grpc/blob/master/doc/statuscodes.md'
    report
      .at('grpcStatus')
      .error(
        `gRPC status ${quoted(grpc)} is not supported. See ${where} for a list of supported codes, for example 'NOT_FOUND'`,
      )
  }
  if (has(abort, 'http2Error')) report.at('http2Error').error('HTTP/2 abort fault injection not supported yet')
  if (http !== undefined) report.at('httpStatus').error(statusProblem(http))
}

export function checkRedirect(route: Json, report: Report): void {
  if (has(route, 'redirect'))
    report.at('redirect').error(redirectProblem(at(route, 'redirect'), listAt(route, 'match')))
}

function redirectProblem(redirect: Json | undefined, matches: Json[]): string | undefined {
  const text = (field: string): string => textOf(redirect, field)
  if (text('uri') !== '' && text('prefixRewrite') !== '')
    return 'redirect may only specify one of uri or prefix_rewrite'
  const others = matches.some((match) => has(match, 'uri') && textAt(match, 'uri', 'prefix') === undefined)
  if (text('prefixRewrite') !== '' && others) {
    return 'redirect prefix_rewrite requires all URI matches to use prefix match type'
  }
  const named = ['uri', 'prefixRewrite', 'authority', 'scheme'].some((field) => text(field) !== '')
  if (!named && !has(redirect, 'port') && !has(redirect, 'derivePort')) {
    return 'redirect must specify URI, authority, scheme, or port'
  }
  return redirectDetailProblem(redirect)
}

function redirectDetailProblem(redirect: Json | undefined): string | undefined {
  const code = numberOf(redirect, 'redirectCode')
  if (code !== 0 && (code < 300 || code > 399)) return `${code} is not a valid redirect code, must be 3xx`
  const scheme = textOf(redirect, 'scheme')
  if (!['', 'http', 'https'].includes(scheme)) return 'invalid redirect scheme, must be "http" or "https"'
  const port = numberOf(redirect, 'port')
  return port > 0 ? portProblem(port) : undefined
}

export function checkDirectResponse(response: Json | undefined, report: Report): void {
  if (response === undefined || response === null) return
  const size = bodySize(at(response, 'body'))
  if (size > 1024 * 1024) {
    report.at('body').error('large direct_responses may impact control plane performance, must be less than 1MB')
  } else if (size > 100 * 1024) report.at('body').warn('large direct_responses may impact control plane performance')
  report.at('status').error(statusProblem(numberOf(response, 'status')))
}

/** Bytes of a body that is given as text or in base64. */
function bodySize(body: Json | undefined): number {
  const text = textAt(body, 'string')
  if (text !== undefined) return new TextEncoder().encode(text).length
  const coded = textOf(body, 'bytes')
  return Math.floor((coded.replace(/=+$/, '').length * 3) / 4)
}

/** Go's net/http StatusText knows these. */
const STATUSES = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
]

const isStatus = (text: string): boolean =>
  /^[+-]?\d+$/.test(text) && STATUSES.some(([from = 0, to = 0]) => from <= Number(text) && Number(text) <= to)

const RETRY_ON = new Set(
  (
    '5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream ' +
    'retriable-status-codes retriable-headers envoy-ratelimited http3-post-connect-failure cancelled ' +
    'deadline-exceeded internal resource-exhausted unavailable'
  ).split(' '),
)

export function checkRetries(retries: Json | undefined, report: Report): void {
  if (retries === undefined || retries === null) return
  const attempts = numberOf(retries, 'attempts')
  if (attempts < 0) report.at('attempts').listed('attempts cannot be negative')
  const retryOn = textOf(retries, 'retryOn')
  if (attempts === 0 && (has(retries, 'perTryTimeout') || retryOn !== '' || has(retries, 'retryRemoteLocalities'))) {
    report.at('attempts').error('http retry policy configured when attempts are set to 0 (disabled)')
  }
  report.at('perTryTimeout').error(durationProblem(textAt(retries, 'perTryTimeout')))
  const unknown = (retryOn === '' ? [] : retryOn.split(',')).filter(
    (policy) => !RETRY_ON.has(policy) && !isStatus(policy),
  )
  report.at('retryOn').error(...unknown.map((policy) => `${quoted(policy)} is not a valid retryOn policy`))
  report.at('backoff').error(durationProblem(textAt(retries, 'backoff')))
}

export function checkRewrite(rewrite: Json | undefined, report: Report): void {
  if (rewrite === undefined || rewrite === null) return
  const [uri, regex] = [textOf(rewrite, 'uri'), has(rewrite, 'uriRegexRewrite')]
  if (uri !== '' && regex) return report.error('rewrite may only contain one of URI or UriRegexRewrite')
  if (uri === '' && !regex && textOf(rewrite, 'authority') === '') {
    return report.error(
      'rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified',
    )
  }
  if (regex) report.at('uriRegexRewrite').error(regexRewriteProblem(at(rewrite, 'uriRegexRewrite')))
}

function regexRewriteProblem(rewrite: Json | undefined): string | undefined {
  const match = textOf(rewrite, 'match')
  const problem =
    match === '' || textOf(rewrite, 'rewrite') === ''
      ? 'UriRegexRewrite requires both Rewrite and Match fields to be specified'
      : regexProblem(match, 'HTTPRewrite.UriRegexRewrite.Match')
  return problem === undefined ? undefined : `UriRegexRewrite has errors\n${problem}`
}
